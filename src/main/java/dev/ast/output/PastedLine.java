package dev.ast.output;

import dev.ast.domain.Exit;
import dev.ast.domain.Failure;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Optional;
import org.jline.terminal.Attributes;
import org.jline.terminal.Terminal;
import org.jline.utils.NonBlockingReader;

/**
 * Reads a pasted line from the terminal, key by key: a terminal that collects lines itself takes 4095 bytes at most, which
 * an address can exceed. Nothing typed is shown, also on a terminal without abilities. Text that was copied from a narrow
 * window has line ends in it: one that is followed by more at once does not end the line.
 */
final class PastedLine {
    private static final int CTRL_C = 3;
    private static final int CTRL_D = 4;
    private static final int CTRL_U = 0x15;
    private static final int BACKSPACE = 8;
    private static final int DELETE = 0x7f;
    private static final long AT_ONCE_MILLIS = 100;
    private static final long LOOK_MILLIS = 200;

    private PastedLine() {}

    /** The keys of a terminal. */
    @FunctionalInterface
    interface Keys {
        /**
         * The next one.
         *
         * @param millis how long to wait; 0 for as long as it takes
         * @return negative at the end of the input, or when none came in time
         * @throws InterruptedIOException when the thread was interrupted
         */
        int next(long millis) throws IOException;
    }

    /**
     * Reads the line from the terminal of this process, which is as before afterwards.
     *
     * @param question asks for it; run once nothing typed is shown any more
     * @return empty at the end of the input, and when the thread was interrupted
     */
    static Optional<char[]> read(Runnable question) {
        try (Terminal terminal = KeyWatch.open()) {
            Attributes before = terminal.enterRawMode();
            try {
                question.run();
                NonBlockingReader reader = terminal.reader();
                return line(millis -> millis == 0 ? patiently(reader) : reader.read(millis));
            } finally {
                terminal.setAttributes(before);
            }
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    // A read without an end holds what JLine's shutdown hook waits for, and so would keep the process from ending.
    private static int patiently(NonBlockingReader reader) throws IOException {
        int key;
        do {
            key = reader.read(LOOK_MILLIS);
            if (Thread.interrupted()) {
                throw new InterruptedIOException();
            }
        } while (key == NonBlockingReader.READ_EXPIRED);
        return key;
    }

    /**
     * The line that the keys make.
     *
     * @return empty at the end of the input
     * @throws dev.ast.domain.FailureException (interrupted) at Ctrl-C, where that is typed as a character
     */
    static Optional<char[]> line(Keys keys) throws IOException {
        StringBuilder line = new StringBuilder();
        int key = keys.next(0);
        while (key >= 0 && !(key == CTRL_D && line.isEmpty())) {
            if (key == '\r' || key == '\n') {
                int more = keys.next(AT_ONCE_MILLIS);
                if (more < 0) {
                    return Optional.of(line.toString().toCharArray());
                }
                key = more;
                continue;
            }
            if (key == CTRL_C) {
                throw new Failure.Interrupted(Exit.INTERRUPTED).asException();
            } else if (key == BACKSPACE || key == DELETE) {
                line.setLength(Math.max(0, line.length() - 1));
            } else if (key == CTRL_U) {
                line.setLength(0);
            } else if (line.length() < StandardInput.LONGEST) {
                line.append((char) key);
            }
            key = keys.next(0);
        }
        return Optional.empty();
    }
}
