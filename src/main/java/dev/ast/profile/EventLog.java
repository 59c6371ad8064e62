package dev.ast.profile;

import dev.ast.credential.file.EventFile;
import dev.ast.domain.Failure;
import dev.ast.domain.Identity;
import dev.ast.domain.Profile;
import dev.ast.domain.ProfileName;
import dev.ast.domain.SecretShape;
import dev.ast.domain.ServerOrigin;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * The log of what happened to the sessions of a home: who signed in and out, what was renewed, and which program was given
 * a token. An entry that cannot be written is lost, and the command goes on: the log is for people who look back.
 */
public final class EventLog {
    private static final int LONGEST_TEXT = 200;
    /** No token that a server gives is as short. */
    private static final int LONGEST_NAME = 31;

    private final EventFile file;
    private final BooleanSupplier enabled;
    private final InstantSource clock;
    private final UnaryOperator<String> redactor;
    private final Supplier<String> asking;

    /**
     * A log in a file.
     *
     * @param enabled whether entries are written; asked for each
     * @param redactor takes secrets out of a text
     * @param asking the name of the program that this process was started by
     */
    public EventLog(
            EventFile file,
            BooleanSupplier enabled,
            InstantSource clock,
            UnaryOperator<String> redactor,
            Supplier<String> asking) {
        this.file = file;
        this.enabled = enabled;
        this.clock = clock;
        this.redactor = redactor;
        this.asking = asking;
    }

    /** Adds what happened to the session of a profile. */
    public void add(SessionEvent.Kind kind, Profile profile) {
        if (enabled.getAsBoolean()) {
            append(new SessionEvent(
                    clock.instant(),
                    kind,
                    profile.name(),
                    profile.identity().flatMap(Identity::label).map(this::text),
                    profile.server().map(ServerOrigin::toString),
                    Optional.empty(),
                    Optional.empty()));
        }
    }

    /** Adds that a program was given a token of a profile. */
    public void answered(Profile profile, ServerOrigin asked, String protocol) {
        if (enabled.getAsBoolean()) {
            append(new SessionEvent(
                    clock.instant(),
                    SessionEvent.Kind.HELPER_ANSWER,
                    profile.name(),
                    profile.identity().flatMap(Identity::label).map(this::text),
                    Optional.of(asked.toString()),
                    Optional.of(protocol),
                    Optional.of(text(asking.get()))));
        }
    }

    // The names of users and programs, mostly: the patterns of secrets cost a helper more than all the rest of an
    // entry.
    private String text(String text) {
        return isShort(text) ? text : SecretShape.cut(redactor.apply(text), LONGEST_TEXT);
    }

    private static boolean isShort(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 128 || !(Character.isLetterOrDigit(c) || " ._@+-".indexOf(c) >= 0)) {
                return false;
            }
        }
        return text.length() <= LONGEST_NAME;
    }

    private void append(SessionEvent event) {
        try {
            file.append(event.line());
        } catch (IOException e) {
            return; // ast doctor says so
        }
    }

    /** Whether entries are written. */
    public boolean isEnabled() {
        return enabled.getAsBoolean();
    }

    /** Whether the file can be written, as far as that shows without a write. */
    public boolean isWritable() {
        return file.isWritable();
    }

    /**
     * The newest entries, the oldest of them first.
     *
     * @param only of this profile, if it is given
     * @param since not before this time, if it is given
     * @throws dev.ast.domain.FailureException (storage) when the file cannot be read
     */
    public List<SessionEvent> newest(int most, Optional<ProfileName> only, Optional<Instant> since) {
        List<SessionEvent> found = new ArrayList<>();
        try {
            for (String line : file.read()) {
                SessionEvent.of(line)
                        .filter(event -> only.isEmpty() || event.profile().equals(only.get()))
                        .filter(event -> since.isEmpty() || !event.time().isBefore(since.get()))
                        .ifPresent(found::add);
            }
        } catch (IOException e) {
            throw Failure.storage("the log cannot be read", "check its file: ast doctor");
        }
        return List.copyOf(found.subList(Math.max(0, found.size() - most), found.size()));
    }
}
