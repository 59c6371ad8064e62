package dev.ast.output;

import java.io.File;
import java.io.IOError;
import java.io.IOException;
import org.jline.terminal.Attributes;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.utils.NonBlockingReader;

/**
 * Watches the keyboard for one key while something else runs, until that is pressed or the watch is closed; the terminal is
 * then as it was before. Ctrl-C stays a signal, and other keys are passed over.
 */
public final class KeyWatch implements AutoCloseable {
    private static final long LOOK_MILLIS = 100;
    // On a busy machine JLine may need seconds for its first terminal, and no question may be asked before it is left.
    private static final long PATIENCE_MILLIS = 10_000;

    private final Thread reading;
    private volatile boolean closed;

    KeyWatch(Source source, Conversation.Key key) {
        reading = new Thread(
                () -> {
                    try {
                        source.read(keys -> watch(keys, key));
                    } catch (IOException | IOError e) {
                        // The terminal has gone: nobody presses a key.
                        closed = true;
                    }
                },
                "keys");
        reading.setDaemon(true);
        reading.start();
    }

    /** Opens a terminal, and lets it be watched. */
    interface Source {
        void read(Watch watch) throws IOException;
    }

    /** What watches it. */
    interface Watch {
        void on(Terminal terminal) throws IOException;
    }

    /** Watches a terminal that the caller has open. */
    public static KeyWatch on(Terminal terminal, Conversation.Key key) {
        return new KeyWatch(watch -> watch.on(terminal), key);
    }

    /** Watches the terminal of this process. */
    static KeyWatch ofProcess(Conversation.Key key) {
        return new KeyWatch(
                watch -> {
                    try (Terminal terminal = open()) {
                        watch.on(terminal);
                    }
                },
                key);
    }

    /** The terminal of this process, of which JLine asks nothing and whose signals it leaves alone. */
    static Terminal open() throws IOException {
        TerminalBuilder builder = TerminalBuilder.builder()
                .system(true)
                .systemOutput(TerminalBuilder.SystemOutput.ForcedSysErr)
                .graphemeCluster(false) // its query loses what is typed meanwhile
                .nativeSignals(false); // they are caught already
        // JLine reads a "dumb" terminal by lines, with echo; nothing is written by this type.
        return (File.separatorChar == '/' ? builder.type("ansi") : builder).build();
    }

    private void watch(Terminal terminal, Conversation.Key key) throws IOException {
        if (closed) {
            return; // a change of the mode would break the line that somebody types by now
        }
        Attributes before = terminal.enterRawMode();
        try {
            read(terminal.reader(), key);
        } finally {
            terminal.setAttributes(before);
        }
    }

    // A read without an end could not be left.
    private void read(NonBlockingReader reader, Conversation.Key key) throws IOException {
        while (!closed) {
            int typed = reader.read(LOOK_MILLIS);
            if (typed == key.typed()) {
                key.pressed().run();
                return;
            }
            if (typed == NonBlockingReader.EOF) {
                return;
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        boolean interrupted = Thread.interrupted();
        try {
            reading.join(PATIENCE_MILLIS);
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
