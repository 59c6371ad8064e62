package dev.ast.session;

import dev.ast.credential.file.LockFiles;
import dev.ast.domain.Failure;
import dev.ast.domain.ProfileName;
import dev.ast.domain.Renewed;
import dev.ast.domain.TokenSet;
import dev.ast.host.Interrupts;
import dev.ast.host.Launcher;
import dev.ast.host.Programs;
import dev.ast.profile.StoredSessions;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Renews in a process of its own, which the end of this one does not end: a server that rotates refresh tokens has
 * spent the old one as soon as it answers, so the answer has to be stored whatever happens to the command. The process
 * is started by the launcher in a session of its own, unaffected by the terminal's signals, and takes the profile's
 * lock; see {@link RenewalTask}. One command at a time starts one, the others find its tokens.
 */
public final class RenewalProcess implements TokenRenewal {
    /** The word that the program is started with to renew a session; no command of the user's. */
    public static final String WORD = "__renew";

    /** Longer than the process waits for the profile's lock and the server together. */
    private static final Duration DEADLINE = LockFiles.PROFILE_WAIT.plusSeconds(40);

    private static final int LONGEST_ANSWER = 4 * 1024 * 1024;

    private final Launcher launcher;
    private final Supplier<Programs> programs;
    private final StoredSessions sessions;
    private final LockFiles locks;
    private final Interrupts interrupts;

    /** Renews by processes of the given launcher. */
    public RenewalProcess(
            Launcher launcher,
            Supplier<Programs> programs,
            StoredSessions sessions,
            LockFiles locks,
            Interrupts interrupts) {
        this.launcher = launcher;
        this.programs = programs;
        this.sessions = sessions;
        this.locks = locks;
        this.interrupts = interrupts;
    }

    @Override
    public Optional<Renewed> renew(ProfileName profile, Predicate<TokenSet> stale) {
        return renew(profile, Optional.empty(), stale);
    }

    @Override
    public Optional<Renewed> renewFor(ProfileName profile, String organization, Predicate<TokenSet> stale) {
        return renew(profile, Optional.of(organization), stale);
    }

    private Optional<Renewed> renew(ProfileName profile, Optional<String> organization, Predicate<TokenSet> stale) {
        try (LockFiles.Held turn = locks.renewal(profile)) {
            Optional<TokenSet> stored = sessions.tokens(profile);
            if (stored.isEmpty() || !stored.get().renewable() || !stale.test(stored.get())) {
                return stored.map(tokens -> new Renewed(tokens, Optional.empty()));
            }
            RenewalAnswer answer = ask(RenewalRequest.of(profile, organization, stored.get()));
            if (answer.tokens().isEmpty() && answer.failure().isPresent()) {
                throw answer.failure().get().asException();
            }
            return answer.tokens().map(tokens -> new Renewed(tokens, answer.failure()));
        }
    }

    private RenewalAnswer ask(RenewalRequest request) {
        byte[] answer;
        try (Interrupts.Registration section = interrupts.protect("waiting for the renewal of the session of "
                + request.profile() + " to be stored; Ctrl-C again leaves that to the background")) {
            answer = exchange(request);
        }
        interrupts.check();
        return RenewalAnswer.read(answer, request.profile())
                .orElseThrow(() -> Failure.failed(
                        "the process that renews the session of " + request.profile() + " ended without an answer",
                        "try again"));
    }

    private byte[] exchange(RenewalRequest request) {
        Process process = programs.get().ask(List.of(launcher.program().toString(), WORD));
        try {
            return interrupts.call(() -> answer(process, request), DEADLINE);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof TimeoutException) {
                throw Failure.unreachable(
                        "the session of " + request.profile() + " was not renewed within " + DEADLINE.toSeconds()
                                + " s",
                        "try again later");
            }
            throw new IllegalStateException(e);
        }
    }

    // The process may go on after its answer, see RenewalTask.
    private static byte[] line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        InputStream buffered = new BufferedInputStream(in);
        int next = buffered.read();
        while (next >= 0 && next != '\n' && line.size() < LONGEST_ANSWER) {
            line.write(next);
            next = buffered.read();
        }
        return line.toByteArray();
    }

    private static byte[] answer(Process process, RenewalRequest request) {
        try {
            try (OutputStream to = process.getOutputStream()) {
                to.write(request.written());
            }
            return line(process.getInputStream());
        } catch (IOException e) {
            return new byte[0]; // the process has ended, which is seen by its answer
        }
    }
}
