package dev.ast.shell.interactive;

import dev.ast.credential.file.HistoryFile;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the commands {@code exit}, {@code clear} and {@code history} use of the shell they run in. Outside of a shell
 * there is nothing to leave or clear, and history is the content of its file.
 */
public final class ShellControls {
    private final HistoryFile file;
    private volatile @Nullable SecretFreeHistory history;
    private volatile @Nullable ShellTerminal terminal;
    private volatile boolean leaving;
    private volatile int code;

    /** @param file the file of the history */
    public ShellControls(HistoryFile file) {
        this.file = file;
    }

    void shellRuns(SecretFreeHistory shellHistory, ShellTerminal shellTerminal) {
        this.history = shellHistory;
        this.terminal = shellTerminal;
    }

    /** Ends the shell after this command. */
    public void leave() {
        leaving = true;
    }

    /** Ends the shell after this command, with an exit code. */
    public void leave(int with) {
        code = with;
        leaving = true;
    }

    /** The exit code of a shell that the user has left. */
    int code() {
        return code;
    }

    boolean leaving() {
        return leaving;
    }

    /** The terminal of the shell, if one runs. */
    Optional<ShellTerminal> terminal() {
        return Optional.ofNullable(terminal);
    }

    /** Clears the screen. */
    public void clear() {
        ShellTerminal shown = terminal;
        if (shown != null) {
            shown.clear();
        }
    }

    /**
     * The lines that were entered, the oldest first.
     *
     * @throws dev.ast.domain.FailureException (storage) when the file is needed and cannot be used
     */
    public List<String> history() {
        SecretFreeHistory remembered = history;
        return remembered != null ? remembered.lines() : file.read();
    }
}
