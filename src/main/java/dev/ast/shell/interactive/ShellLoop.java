package dev.ast.shell.interactive;

import dev.ast.credential.file.HistoryFile;
import dev.ast.domain.Exit;
import dev.ast.domain.FailureException;
import dev.ast.host.Interrupts;
import dev.ast.host.Signals;
import dev.ast.output.Screen;
import dev.ast.shell.completion.LineCompleter;
import dev.ast.shell.grammar.Catalog;
import dev.ast.shell.grammar.Tokenizer;
import java.io.IOError;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal.Signal;
import org.jspecify.annotations.Nullable;

/**
 * Reads lines and runs them until the user leaves. The first prompt needs nothing that takes long to make: that is
 * requested when the first line is entered or Tab is pressed.
 */
public final class ShellLoop {
    private final ShellTerminal terminal;
    private final Parts parts;
    private final SecretFreeHistory history;
    private @Nullable SecretLines secrets;
    private volatile Standing shown = Standing.UNKNOWN;
    private volatile int failed;
    private ShellLook look = ShellLook.USUAL;
    private boolean running;
    private volatile boolean ending;
    private volatile @Nullable Thread reading;

    /**
     * What the shell needs.
     *
     * @param standing what prompt and bar show; called for every line, and must not wait
     * @param news what happened behind the shell, told before the next prompt; must not wait
     * @param greeting the lines that it begins with
     * @param tell prints a line for the user
     * @param unicode whether signs beyond ASCII can be shown
     * @param idle called before each prompt; must not wait
     * @param ready whether {@code catalog} would answer at once
     * @param catalog the commands; may wait
     * @param completer for Tab; may wait
     * @param runner runs lines; may wait
     * @param historyFile where lines are kept
     * @param controls what commands use of the shell
     * @param warning prints what is wrong with the history file, once
     * @param interrupts interrupts what a command waits for
     * @param signals the signals of the process
     * @param editing what editing a line needs
     * @param look how the user wants prompt and window title; asked once
     */
    public record Parts(
            Supplier<Standing> standing,
            Supplier<List<String>> news,
            List<String> greeting,
            Consumer<String> tell,
            boolean unicode,
            Runnable idle,
            Supplier<Boolean> ready,
            Supplier<Catalog> catalog,
            Supplier<LineCompleter> completer,
            Supplier<LineRunner> runner,
            HistoryFile historyFile,
            ShellControls controls,
            Consumer<String> warning,
            Interrupts interrupts,
            Signals signals,
            Editing editing,
            Supplier<ShellLook> look) {}

    /** A shell in a terminal, which the caller closes. */
    public ShellLoop(ShellTerminal terminal, Parts parts) {
        this.terminal = terminal;
        this.parts = parts;
        this.history = new SecretFreeHistory(parts.historyFile());
    }

    /** Runs the shell. @return 0 or the code that the user named when leaving, 143 when the process was terminated */
    public int run() {
        LineReader reader =
                new ShellEditor(terminal, parts, history).reader(() -> shown, () -> look.suggest(), this::editOutside);
        parts.controls().shellRuns(history, terminal);
        look = parts.look().get();
        Thread thread = Thread.currentThread();
        reading = thread;
        terminal.jline().handle(Signal.INT, signal -> received(Exit.INTERRUPTED));
        try (Interrupts.Registration attending = parts.signals().attend(this::received);
                Interrupts.Registration restoring = parts.signals().beforeHalt(terminal::restore)) {
            assert attending != null && restoring != null;
            parts.greeting().forEach(parts.tell());
            while (!ending && !parts.controls().leaving()) {
                Optional<String> line = read(reader);
                if (line.isEmpty()) {
                    break;
                }
                if (!line.get().isBlank()) {
                    run(line.get());
                }
            }
        } finally {
            reading = null;
            terminal.restore();
        }
        history.end();
        return ending ? Exit.TERMINATED.code() : parts.controls().code();
    }

    /** The next line, empty after Ctrl-C; nothing when there will be no more. */
    private Optional<String> read(LineReader reader) {
        try {
            parts.idle().run();
            history.follow();
            parts.news().get().forEach(parts.tell());
            Standing standing = parts.standing().get();
            shown = standing;
            int columns = terminal.columns() > 0 ? terminal.columns() : Screen.DEFAULT_WIDTH;
            int code = failed == Exit.INTERRUPTED.code() ? 0 : failed;
            String prompt = Prompt.of(standing, code, look.prompt(), columns, parts.unicode());
            if (look.title()) {
                terminal.title("ast " + standing.profile()
                        + standing.context().map(name -> "/" + name).orElse(""));
            }
            if (!terminal.colors()) {
                prompt = Prompt.escape(Prompt.plain(prompt));
            }
            // On a dumb terminal the system turns Ctrl-D into the end of input.
            String line = terminal.dumb() ? reader.readLine(prompt) : PatientReader.read(reader, prompt, null);
            return Optional.of(line);
        } catch (UserInterruptException e) {
            return interrupted();
        } catch (EndOfFileException e) {
            endLine();
            terminal.clearBelow();
            return Optional.empty();
        } catch (IOError | RuntimeException e) {
            // Ctrl-C came while the line editor was setting up or restoring the terminal.
            if (!ShellTerminal.isInterruption(e)) {
                throw e;
            }
            terminal.restore();
            return interrupted();
        }
    }

    private Optional<String> interrupted() {
        endLine();
        if (ending) {
            terminal.clearBelow();
        }
        return ending ? Optional.empty() : Optional.of("");
    }

    /** On other terminals the line editor has ended the line itself. */
    private void endLine() {
        if (terminal.dumb()) {
            terminal.jline().writer().println();
            terminal.jline().flush();
        }
    }

    private void run(String line) {
        begin();
        try {
            LineRunner runner = parts.runner().get();
            for (String one : Tokenizer.lines(line)) {
                if (!one.isBlank()) {
                    history.remember(one, secrets());
                    history.newTrouble()
                            .ifPresent(e -> parts.warning().accept(e.failure().message()));
                    failed = runner.run(one);
                    history.ended(one, failed);
                }
                // Ctrl-C ends all that was pasted; a failure ends nothing.
                if (parts.interrupts().pending() || parts.controls().leaving()) {
                    break;
                }
            }
        } finally {
            end();
        }
    }

    // Atomic for a signal: it interrupts the prompt or the command, and is never lost between the two.
    private synchronized void begin() {
        parts.interrupts().clear();
        running = true;
        if (Thread.interrupted()) {
            parts.interrupts().interrupt(ending ? Exit.TERMINATED : Exit.INTERRUPTED);
        }
    }

    private synchronized void end() {
        running = false;
        Thread.interrupted(); // Ctrl-C was meant for the command that has just ended
        if (!ending) {
            parts.interrupts().clear();
        }
    }

    private SecretLines secrets() {
        SecretLines known = secrets;
        if (known == null) {
            known = new SecretLines(parts.catalog().get());
            secrets = known;
        }
        return known;
    }

    /** Called by a signal, in another thread: interrupts the running command, or the reading of a line. */
    private synchronized void received(Exit how) {
        ending |= how == Exit.TERMINATED;
        if (running) {
            parts.interrupts().interrupt(how);
            return;
        }
        Thread thread = reading;
        if (thread != null) {
            thread.interrupt();
        }
    }

    /** Edits the line in the user's own editor. A line with a secret is not written to a file. */
    private boolean editOutside(TypedLineReader reader) {
        String line = reader.getBuffer().toString();
        if (!line.isBlank() && secrets().holds(line)) {
            reader.note("this line may contain a secret, so it is not written to a file");
            return false;
        }
        Editing editing = parts.editing();
        OuterEditor editor = new OuterEditor(editing.environment(), editing.programs(), editing.home(), () -> ending);
        try {
            String edited = editor.edit(line, terminal);
            reader.getBuffer().clear();
            reader.getBuffer().write(edited);
        } catch (FailureException e) {
            reader.note(e.failure().message());
        } finally {
            reader.redrawLine();
        }
        return true;
    }
}
