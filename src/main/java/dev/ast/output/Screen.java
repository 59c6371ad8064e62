package dev.ast.output;

import dev.ast.host.Environment;
import dev.ast.host.TerminalSize;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.IntSupplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Standard output and standard error, both always UTF-8. Unlike {@code System.out} it notices when output is lost.
 * Results are collected in 64 KiB and leave at {@link #flush}, before anything is printed on standard error, or when
 * the buffer is full. Safe for several threads.
 */
public final class Screen {
    /** The default width, in columns. */
    public static final int DEFAULT_WIDTH = 80;

    /** The variable with which the user asks for lines only. */
    public static final String ACCESSIBLE = "ACCESSIBLE";

    private static final int BUFFER_SIZE = 64 * 1024;

    /** The three standard streams, by descriptor. */
    public enum Stream {
        IN('0'),
        OUT('1'),
        ERR('2');

        private final char descriptor;

        Stream(char descriptor) {
            this.descriptor = descriptor;
        }
    }

    private OutputStream out;
    private final OutputStream err;
    private final Environment environment;
    private final String terminals;
    private final IntSupplier width;
    private volatile @Nullable IntSupplier shellWidth;
    private @Nullable LostOutput lost;
    private volatile @Nullable Redirection redirection;

    /**
     * Makes a screen.
     *
     * @param terminals holds the digits 0, 1, 2 of the standard streams that are terminals
     * @param width the width in columns, 0 for unknown; asked each time
     */
    public Screen(OutputStream out, OutputStream err, Environment environment, String terminals, IntSupplier width) {
        this.out = new BufferedOutputStream(out, BUFFER_SIZE);
        this.err = err;
        this.environment = environment;
        this.terminals = terminals;
        this.width = width;
    }

    /**
     * The screen of this process. The launcher reports which streams are terminals in the system property
     * {@code ast.tty}, because Java 17 has no API for that; without it none is.
     */
    public static Screen ofProcess(Environment environment) {
        TerminalSize size = TerminalSize.ofProcess();
        return new Screen(
                new FileOutputStream(FileDescriptor.out),
                new FileOutputStream(FileDescriptor.err),
                environment,
                System.getProperty("ast.tty", ""),
                () -> {
                    size.follow();
                    int columns = size.columns();
                    return columns > 0 ? columns : columns(environment);
                });
    }

    /**
     * From now on the interactive shell is around all commands: what is printed for the user to type stands without
     * {@code ast}, and the width is that of the shell's terminal.
     */
    public void enterShell(IntSupplier columns) {
        shellWidth = columns;
    }

    /** The shell has ended, and its terminal with it. */
    public void leaveShell() {
        shellWidth = null;
    }

    /** A text that may name commands for the user to type, as they are typed here: in the shell without {@code ast}. */
    public String typed(String text) {
        return shellWidth == null ? text : FirstWord.OF_COMMAND.matcher(text).replaceAll("");
    }

    Environment environment() {
        return environment;
    }

    /** Whether a stream is a terminal. */
    public boolean isTerminal(Stream stream) {
        boolean elsewhere = stream == Stream.OUT && redirection != null && !redirection.onTerminal();
        return !elsewhere && terminals.indexOf(stream.descriptor) >= 0;
    }

    /** Ends a redirection. @throws LostOutput when the rest cannot be written */
    synchronized void end(Redirection elsewhere) {
        try {
            if (lost == null) {
                flush();
            }
        } finally {
            out = elsewhere.before();
            lost = elsewhere.lostBefore();
            redirection = null;
        }
    }

    /**
     * Sends standard output to a file, or to a program that reads it. It is no terminal then.
     *
     * @param target stays open
     * @param name of the file, for the message when it cannot be written
     * @param program whether a program reads, which may stop before the end
     */
    public synchronized Redirection redirect(OutputStream target, String name, boolean program) {
        if (redirection != null) {
            throw new IllegalStateException("redirected already");
        }
        flush();
        return begin(new Redirection(this, out, lost, name, program), target);
    }

    /** Holds back what goes to the terminal, until something goes to standard error. */
    public synchronized Redirection collect() {
        flush();
        CollectedOutput collected = new CollectedOutput(out);
        return begin(new Redirection(this, out, lost, collected), collected);
    }

    private Redirection begin(Redirection elsewhere, OutputStream target) {
        out = new BufferedOutputStream(target, BUFFER_SIZE);
        redirection = elsewhere;
        return elsewhere;
    }

    /** Whether colours are used on a stream: the option, then NO_COLOR, CLICOLOR_FORCE and TERM, then the terminal. */
    public boolean colors(Coloring coloring, Stream stream) {
        if (coloring != Coloring.AUTO) {
            return coloring == Coloring.ALWAYS;
        }
        if (environment.get("NO_COLOR").isPresent()) {
            return false;
        }
        if (environment
                .get("CLICOLOR_FORCE")
                .filter(value -> !value.equals("0"))
                .isPresent()) {
            return true;
        }
        return isTerminal(stream) && controllable();
    }

    /** Whether the user wants nothing but lines, as for a screen reader: {@code ACCESSIBLE} is set, and not to 0. */
    public static boolean isPlain(Environment environment) {
        return environment.get(ACCESSIBLE).filter(value -> !value.equals("0")).isPresent();
    }

    /** Whether a terminal here understands escape sequences. */
    boolean controllable() {
        if (isPlain(environment)) {
            return false;
        }
        return TerminalKind.controllable(environment);
    }

    /** Whether symbols beyond ASCII can be shown, by the locale. */
    public boolean unicode() {
        return TerminalKind.unicode(environment);
    }

    /** The width in columns, at least 20. */
    public int width() {
        IntSupplier shell = shellWidth;
        int known = shell == null ? 0 : shell.getAsInt();
        int columns = known > 0 ? known : width.getAsInt();
        return columns <= 0 ? DEFAULT_WIDTH : Math.max(20, columns);
    }

    /**
     * Writes to standard output as it is.
     *
     * @throws LostOutput when it cannot be written
     */
    public void out(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        outBytes(bytes, 0, bytes.length);
    }

    /** Standard output as a stream: its failures are {@link LostOutput}, closing it only flushes. */
    public OutputStream bytes() {
        return new OutputStream() {
            @Override
            public void write(int b) {
                write(new byte[] {(byte) b}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) {
                outBytes(bytes, offset, length);
            }

            @Override
            public void flush() {
                Screen.this.flush();
            }

            @Override
            public void close() {
                flush();
            }
        };
    }

    private synchronized void outBytes(byte[] bytes, int offset, int length) {
        checkLost();
        try {
            out.write(bytes, offset, length);
        } catch (IOException e) {
            throw lose(e);
        }
    }

    /** Standard output as a stream while it goes to a file or a program; empty while it goes to that of this process. */
    public Optional<OutputStream> elsewhere() {
        Redirection now = redirection;
        return now == null || now.onTerminal() ? Optional.empty() : Optional.of(bytes());
    }

    /** Sends out what was collected. @throws LostOutput when it cannot be written, now or earlier */
    public synchronized void flush() {
        checkLost();
        try {
            out.flush();
        } catch (IOException e) {
            throw lose(e);
        }
    }

    /** Whether standard output cannot be written any more. */
    public synchronized boolean lost() {
        return lost != null;
    }

    /**
     * Writes to standard error at once, after what was collected for standard output, so that both stand in order where
     * they go to the same place. A failure is ignored, because it cannot be reported.
     */
    public synchronized void err(String text) {
        if (lost == null) {
            try {
                out.flush();
                if (redirection != null) {
                    redirection.letThrough();
                }
            } catch (IOException e) {
                // Reported by the next write or flush, which the end of every command does.
                lose(e);
            }
        }
        errBeside(text);
    }

    /** The same for what comes and goes, which has no order among the results: those that are collected stay so. */
    synchronized void errBeside(String text) {
        try {
            err.write(text.getBytes(StandardCharsets.UTF_8));
            err.flush();
        } catch (IOException ignored) {
            // See above.
        }
    }

    private void checkLost() {
        LostOutput before = lost;
        if (before != null) {
            throw before;
        }
    }

    private LostOutput lose(IOException e) {
        Redirection elsewhere = redirection;
        LostOutput now = elsewhere == null ? LostOutput.ofStandardOutput(e) : elsewhere.lose(e);
        lost = now;
        return now;
    }

    private static int columns(Environment environment) {
        return environment
                .get("COLUMNS")
                .filter(text -> text.matches("[0-9]{1,5}"))
                .map(Integer::parseInt)
                .orElse(0);
    }

    /** Apart, since only the shell needs it. */
    private static final class FirstWord {
        /** Of a command, but not behind a pipe, where the user's shell needs it. */
        static final Pattern OF_COMMAND = Pattern.compile("(?<![^ (:])(?<!\\| )ast (?=[a-z])");
    }
}
