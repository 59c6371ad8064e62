package dev.ast.host;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.ExecutionException;

/**
 * Standard input and the files that the user names, read so that a signal ends the wait at once: for a terminal or pipe
 * where nothing comes, for a named pipe that nobody opens, and in the middle of a line without an end. The read then
 * throws {@code Interrupted}; what had not been read stays where it is.
 */
public final class Input {
    private static final List<String> TERMINALS = List.of("/dev/stdin", "/dev/tty");

    private final Interrupts interrupts;
    private final boolean terminal;

    /**
     * The input of this process.
     *
     * @param terminal whether standard input is a terminal
     */
    public Input(Interrupts interrupts, boolean terminal) {
        this.interrupts = interrupts;
        this.terminal = terminal;
    }

    /** The bytes of standard input, nothing of them taken in advance. Closing it closes nothing. */
    public InputStream standard() {
        return new InterruptibleStream(terminal ? ofTerminal() : InterruptibleStream.standardInput(), interrupts) {
            @Override
            public void close() throws IOException {
                if (terminal) {
                    super.close();
                }
            }
        };
    }

    /**
     * Opens a file for reading; a named pipe is waited for.
     *
     * @throws IOException when it cannot be opened
     * @throws dev.ast.domain.FailureException (interrupted) when a signal came first
     */
    public InputStream file(Path file) throws IOException {
        interrupts.check();
        FileChannel channel =
                Files.isRegularFile(file) ? FileChannel.open(file, StandardOpenOption.READ) : opened(file);
        return new InterruptibleStream(channel, interrupts);
    }

    // A read that is broken off closes its descriptor. The shell goes on reading the terminal, so it gets one of its
    // own.
    private static FileChannel ofTerminal() {
        for (String name : TERMINALS) {
            try {
                return FileChannel.open(Path.of(name), StandardOpenOption.READ);
            } catch (IOException | InvalidPathException e) {
                // It belongs to another user, as after su, or the system has no such name: the next may do.
            }
        }
        return InterruptibleStream.standardInput();
    }

    // Opening a named pipe waits for a writer.
    private FileChannel opened(Path file) throws IOException {
        try {
            return interrupts.call(() -> FileChannel.open(file, StandardOpenOption.READ));
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException cause ? cause : new IOException(e.getCause());
        }
    }
}
