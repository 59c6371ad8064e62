package dev.ast.launch;

import dev.ast.credential.file.CredentialsFile;
import dev.ast.credential.file.HistoryFile;
import dev.ast.credential.file.LockFiles;
import dev.ast.credential.file.PrivateFiles;
import dev.ast.host.AstHome;
import dev.ast.host.Environment;
import dev.ast.host.Interrupts;
import dev.ast.host.Signals;
import dev.ast.host.Sleeper;
import dev.ast.output.Redactor;
import dev.ast.output.Screen;
import dev.ast.profile.Profiles;
import dev.ast.shell.interactive.ShellControls;
import dev.ast.shell.interactive.ShellConversations;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.IntConsumer;

/** The parts that are there before Spring, because signals, errors and the first prompt do not wait for it. */
public record Foundation(
        Environment environment,
        AstHome home,
        InstantSource clock,
        Interrupts interrupts,
        Signals signals,
        Screen screen,
        Redactor redactor,
        HistoryFile history,
        ShellControls controls,
        ShellConversations conversations) {

    /**
     * The parts of this process.
     *
     * @param halt ends the process with a code, without running shutdown hooks
     * @throws dev.ast.domain.FailureException (usage) when there is no usable home
     */
    public static Foundation ofProcess(Environment environment, Screen screen, IntConsumer halt) {
        AstHome home = AstHome.of(environment);
        Interrupts interrupts = new Interrupts();
        interrupts.tell(line -> screen.err(line + "\n"));
        Redactor redactor = new Redactor();
        HistoryFile history = new HistoryFile(home.historyFile());
        return new Foundation(
                environment,
                home,
                InstantSource.system(),
                interrupts,
                Signals.ofProcess(interrupts, halt),
                screen,
                redactor,
                history,
                new ShellControls(history),
                new ShellConversations(screen, interrupts, redactor));
    }

    /** What the full program's wiring starts from, by the types that its beans ask for. */
    public Map<Class<?>, Object> beans() {
        return Map.of(
                Environment.class, environment,
                AstHome.class, home,
                InstantSource.class, clock,
                Interrupts.class, interrupts,
                Signals.class, signals,
                Screen.class, screen,
                Redactor.class, redactor,
                HistoryFile.class, history,
                ShellControls.class, controls,
                ShellConversations.class, conversations);
    }

    /** The list of profiles, for the prompt. */
    public Profiles profiles() {
        PrivateFiles files = new PrivateFiles(home.directory());
        LockFiles locks = new LockFiles(home, files, clock, Sleeper.real(interrupts));
        return new Profiles(new CredentialsFile(home, files, locks));
    }
}
