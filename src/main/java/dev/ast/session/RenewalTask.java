package dev.ast.session;

import dev.ast.credential.file.LockFiles;
import dev.ast.domain.Exit;
import dev.ast.domain.Failure;
import dev.ast.domain.FailureException;
import dev.ast.domain.ProfileName;
import dev.ast.domain.Renewed;
import dev.ast.host.Sleeper;
import dev.ast.profile.StoredSessions;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Optional;

/**
 * What a renewal process does: reads a {@link RenewalRequest}, renews under the profile's lock, answers. Where the new
 * tokens cannot be stored it hands them to the command and keeps trying for a while, still holding the lock: the tokens
 * that are stored have been spent.
 */
public final class RenewalTask {
    /** How long it goes on trying to store tokens after the first failure. */
    public static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final Duration STEP = Duration.ofSeconds(1);
    private static final int LONGEST_REQUEST = 1024 * 1024;

    private final TokenRenewal renewal;
    private final StoredSessions sessions;
    private final Sleeper sleeper;

    /**
     * A task over the given parts.
     *
     * @param renewal renews in this process
     */
    public RenewalTask(TokenRenewal renewal, StoredSessions sessions, Sleeper sleeper) {
        this.renewal = renewal;
        this.sessions = sessions;
        this.sleeper = sleeper;
    }

    /** Does what is asked on the one stream and answers on the other. */
    public Exit run(InputStream in, OutputStream out) {
        Optional<RenewalRequest> read;
        try {
            read = RenewalRequest.read(in.readNBytes(LONGEST_REQUEST));
        } catch (IOException e) {
            read = Optional.empty();
        }
        if (read.isEmpty()) {
            return Exit.USAGE;
        }
        RenewalRequest request = read.get();
        try (LockFiles.Held held = sessions.lock(request.profile())) {
            RenewalAnswer answer = answer(request);
            try {
                send(answer, out);
            } finally {
                if (answer.tokens().isPresent() && answer.failure().isPresent()) {
                    keepTrying(request.profile(), answer);
                }
            }
            return answer.failure().map(Failure::exit).orElse(Exit.OK);
        } catch (FailureException e) {
            send(new RenewalAnswer(Optional.empty(), Optional.of(e.failure())), out);
            return e.failure().exit();
        }
    }

    private RenewalAnswer answer(RenewalRequest request) {
        Optional<Renewed> renewed = request.organization().isPresent()
                ? renewal.renewFor(request.profile(), request.organization().get(), request::concerns)
                : renewal.renew(request.profile(), request::concerns);
        return new RenewalAnswer(
                renewed.map(Renewed::tokens),
                renewed.flatMap(Renewed::unsaved).map(why -> unsaved(request.profile(), why)));
    }

    private static Failure unsaved(ProfileName profile, Failure why) {
        return new Failure.Storage(
                "the renewed session of " + profile + " is not stored yet: " + why.message()
                        + "; it is lost unless that is fixed within " + PATIENCE.toSeconds() + " s",
                why.hint().or(() -> Optional.of(profile.loginCommand())));
    }

    private void keepTrying(ProfileName profile, RenewalAnswer answer) {
        for (Duration waited = Duration.ZERO; waited.compareTo(PATIENCE) < 0; waited = waited.plus(STEP)) {
            sleeper.pause(STEP);
            try {
                if (sessions.renew(profile, answer.tokens().orElseThrow())) {
                    return;
                }
                break; // signed out meanwhile
            } catch (FailureException e) {
                // Tried again until the time is over; the command has reported it.
            }
        }
    }

    // A command that was killed does not read its answer, which changes nothing.
    private static void send(RenewalAnswer answer, OutputStream out) {
        try {
            out.write(answer.written());
            out.flush();
        } catch (IOException e) {
            return;
        }
    }
}
