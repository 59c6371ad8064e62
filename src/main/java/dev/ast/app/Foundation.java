package dev.ast.app;

import dev.ast.credential.file.HistoryFile;
import dev.ast.credential.file.PrivateFiles;
import dev.ast.host.AstHome;
import dev.ast.host.Environment;
import dev.ast.host.Input;
import dev.ast.host.Interrupts;
import dev.ast.host.Signals;
import dev.ast.host.Sleeper;
import dev.ast.output.Redactor;
import dev.ast.output.Screen;
import dev.ast.shell.completion.Usage;
import dev.ast.shell.interactive.ShellControls;
import dev.ast.shell.interactive.ShellConversations;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import org.jspecify.annotations.Nullable;

/** The parts that exist before all others: signals, errors and the first prompt do not wait for the rest. */
public final class Foundation {
    private final Environment environment;
    private final AstHome home;
    private final Screen screen;
    private final InstantSource clock;
    private final Sleeper sleeper;
    private final Interrupts interrupts;
    private final Signals signals;
    private final Redactor redactor = new Redactor();
    private final HistoryFile history;
    private final Object usageLock = new Object();
    private final ShellControls controls;
    private final ShellConversations conversations;
    private @Nullable Usage usage;
    private @Nullable List<String> held;

    /**
     * Parts over the given ones.
     *
     * @param sleeper pauses, also between two questions to a server
     * @throws dev.ast.domain.FailureException (usage) when there is no usable home
     */
    public Foundation(
            Environment environment,
            Screen screen,
            InstantSource clock,
            Sleeper sleeper,
            Interrupts interrupts,
            Signals signals) {
        this.environment = environment;
        this.home = AstHome.of(environment);
        this.screen = screen;
        this.clock = clock;
        this.sleeper = sleeper;
        this.interrupts = interrupts;
        this.signals = signals;
        this.history = new HistoryFile(home.historyFile());
        this.controls = new ShellControls(history);
        this.conversations = new ShellConversations(screen, interrupts, redactor);
    }

    /**
     * The parts of this process.
     *
     * @param signals catches them
     * @throws dev.ast.domain.FailureException (usage) when there is no usable home
     */
    public static Foundation ofProcess(Environment environment, Screen screen, Interrupts interrupts, Signals signals) {
        interrupts.tell(line -> screen.err(line + "\n"));
        return new Foundation(
                environment, screen, InstantSource.system(), Sleeper.real(interrupts), interrupts, signals);
    }

    /** The environment variables. */
    public Environment environment() {
        return environment;
    }

    /** The directory of the program's files. */
    public AstHome home() {
        return home;
    }

    /** Standard output and standard error. */
    public Screen screen() {
        return screen;
    }

    /** The time. */
    public InstantSource clock() {
        return clock;
    }

    /** Pauses. */
    public Sleeper sleeper() {
        return sleeper;
    }

    /** What stops a wait. */
    public Interrupts interrupts() {
        return interrupts;
    }

    /** What the process does at a signal. */
    public Signals signals() {
        return signals;
    }

    /** Prints a warning, or keeps it for {@link #printWarnings}. */
    public void warn(String warning) {
        List<String> kept = held;
        if (kept != null) {
            kept.add(warning);
        } else {
            screen.err("warning: " + warning + "\n");
        }
    }

    /** Keeps warnings from now on: the start without Spring must print nothing before it hands over. */
    public void holdWarnings() {
        held = new ArrayList<>();
    }

    /** Prints what was kept, and keeps no more. */
    public void printWarnings() {
        List<String> kept = held;
        held = null;
        if (kept != null) {
            kept.forEach(this::warn);
        }
    }

    /** Standard input, and the files that the user names. */
    public Input input() {
        return new Input(interrupts, screen.isTerminal(Screen.Stream.IN));
    }

    /** Keeps secrets out of messages. */
    public Redactor redactor() {
        return redactor;
    }

    /** The lines that were typed into the shell. */
    public HistoryFile history() {
        return history;
    }

    /** How often names were used in shells. Only a shell reads and writes its file. */
    public Usage usage() {
        synchronized (usageLock) {
            Usage made = usage;
            if (made == null) {
                made = new Usage(
                        home.usageFile(), new PrivateFiles(home.directory()), clock, ForkJoinPool.commonPool());
                usage = made;
            }
            return made;
        }
    }

    /** What commands reach of the shell around them. */
    public ShellControls controls() {
        return controls;
    }

    /** What is asked and shown while a command runs. */
    public ShellConversations conversations() {
        return conversations;
    }
}
