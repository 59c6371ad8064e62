package dev.ast.login;

import dev.ast.credential.file.LockFiles;
import dev.ast.domain.Failure;
import dev.ast.domain.FailureException;
import dev.ast.host.Sleeper;
import dev.ast.oauth.DeviceAuthorization;
import dev.ast.oauth.Granted;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;

/** One sign-in by code, together with all processes that want the same one: a single code, and one approval for all. */
final class SharedCode {
    // Shorter than what a user notices; fifty processes that look so often take no time that counts.
    private static final Duration STEP = Duration.ofMillis(80);
    private static final Duration MOMENT = Duration.ofSeconds(2);
    /** How long the process that leads may take to get a code. */
    private static final Duration LONGEST_REQUEST = Duration.ofSeconds(60);

    private final PendingSignIns pending;
    private final String key;
    private final Steps steps;
    private final InstantSource clock;
    private final Sleeper sleeper;
    private final Instant began;

    /** What a sign-in consists of. */
    interface Steps {
        /** The command that begins another sign-in. */
        String again();

        /** Asks the server for a code. */
        DeviceAuthorization request();

        /** Shows a code to the user, and opens its address unless another process has done that. */
        void show(DeviceAuthorization code, boolean open);

        /** When this process gives up, at the end of the code at the latest. */
        Instant until(DeviceAuthorization code);

        /** Waits for the approval. */
        Granted await(DeviceAuthorization code, Instant until);

        /** Waits for the process that leads. */
        Optional<LockFiles.Held> beside(Instant until, Supplier<Optional<LockFiles.Held>> lead);

        /** Stores what was granted. */
        SignedIn keep(Granted granted);

        /** The session that another process has stored since then. */
        Optional<SignedIn> stored(Instant since);
    }

    SharedCode(PendingSignIns pending, String key, Steps steps, InstantSource clock, Sleeper sleeper) {
        this.pending = pending;
        this.key = key;
        this.steps = steps;
        this.clock = clock;
        this.sleeper = sleeper;
        this.began = clock.instant();
    }

    /**
     * Signs in.
     *
     * @throws FailureException for every end but success
     */
    SignedIn run() {
        Optional<LockFiles.Held> lead = pending.lead(key);
        if (lead.isPresent()) {
            try (LockFiles.Held held = lead.get()) {
                assert held != null;
                return lead(pending.code(key), true);
            }
        }
        Optional<DeviceAuthorization> seen = Optional.empty();
        Instant last = clock.instant().plus(LONGEST_REQUEST);
        try (Place place = new Place()) {
            while (lead.isEmpty() && seen.isEmpty() && clock.instant().isBefore(last)) {
                sleeper.pause(STEP);
                // Before the code is looked for: who leads forgets it when interrupted, unless somebody has the place.
                place.take();
                lead = pending.lead(key);
                seen = lead.isEmpty() ? pending.code(key) : seen;
            }
            if (lead.isEmpty() && seen.isPresent()) {
                lead = beside(seen.get(), place);
            }
        }
        if (lead.isEmpty()) {
            throw seen.isPresent()
                    ? notApproved()
                    : Failure.timedOut("another ast process waits for this sign-in and has no code", "try again later");
        }
        try (LockFiles.Held held = lead.get()) {
            assert held != null;
            return after(seen);
        }
    }

    private Optional<LockFiles.Held> beside(DeviceAuthorization code, Place place) {
        steps.show(code, false);
        Instant until = steps.until(code);
        return steps.beside(until, () -> awaitLead(until, place));
    }

    private Optional<LockFiles.Held> awaitLead(Instant until, Place place) {
        while (true) {
            place.take();
            Optional<LockFiles.Held> lead = pending.lead(key);
            if (lead.isPresent() || !clock.instant().isBefore(until)) {
                return lead;
            }
            sleeper.pause(STEP);
        }
    }

    /** The place of the one who leads next, while nobody else has it. */
    private final class Place implements AutoCloseable {
        private Optional<LockFiles.Held> held = Optional.empty();

        void take() {
            held = held.isPresent() ? held : pending.heir(key);
        }

        @Override
        public void close() {
            held.ifPresent(LockFiles.Held::close);
        }
    }

    // With a code that another process has asked for, if there is one; one that the user here has seen is not shown
    // again.
    private SignedIn lead(Optional<DeviceAuthorization> left, boolean show) {
        DeviceAuthorization code = left.orElseGet(this::fresh);
        if (show) {
            steps.show(code, true);
        }
        Instant soon = clock.instant().plus(code.interval()).plus(MOMENT);
        Instant until = steps.until(code);
        Granted granted;
        try {
            granted = steps.await(code, until);
        } catch (FailureException e) {
            boolean codeLives = e.failure() instanceof Failure.Interrupted
                    || (e.failure() instanceof Failure.TimedOut && until.isBefore(code.expiresAt()));
            if (!codeLives || isAlone()) {
                pending.forget(key);
            }
            if (!codeLives && left.isPresent() && clock.instant().isBefore(soon)) {
                // What became of it was decided before this process asked: it may be used up.
                return lead(Optional.empty(), true);
            }
            throw e;
        }
        pending.forget(key); // it is used up
        return steps.keep(granted);
    }

    private DeviceAuthorization fresh() {
        DeviceAuthorization code = steps.request();
        pending.keep(key, code);
        return code;
    }

    private boolean isAlone() {
        Optional<LockFiles.Held> place = pending.heir(key);
        place.ifPresent(LockFiles.Held::close);
        return place.isPresent();
    }

    // The process that led has ended: with a session, without one, or in the middle.
    private SignedIn after(Optional<DeviceAuthorization> seen) {
        Optional<DeviceAuthorization> left = pending.code(key);
        if (left.isPresent()) {
            return lead(left, !left.map(DeviceAuthorization::userCode).equals(seen.map(DeviceAuthorization::userCode)));
        }
        Optional<SignedIn> stored = steps.stored(began);
        if (stored.isPresent()) {
            return stored.get();
        }
        if (seen.isEmpty()) {
            return lead(Optional.empty(), true);
        }
        throw clock.instant().isBefore(seen.get().expiresAt())
                ? Failure.denied("the sign-in with this code was refused or has failed", steps.again())
                : notApproved();
    }

    private FailureException notApproved() {
        return Failure.timedOut("the code was not approved in time", steps.again());
    }
}
