package dev.ast.host;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The width of the terminal of this process, as the launcher found it at the start; {@code stty} is asked again after the
 * window was resized. Java has no interface for it, and a native library costs more than the whole of a short command.
 */
public final class TerminalSize {
    private static final File TERMINAL = new File("/dev/tty");
    private static final long PATIENCE_MILLIS = 500;

    private volatile int columns;
    private volatile boolean resized;
    private final AtomicBoolean followed = new AtomicBoolean();

    /** @param text rows and columns, as {@code 24 80}; anything else is an unknown size */
    TerminalSize(String text) {
        read(text);
    }

    /** The size in the system property {@code ast.size}, which the launcher sets. */
    public static TerminalSize ofProcess() {
        return new TerminalSize(System.getProperty("ast.size", ""));
    }

    /** The width in columns, 0 for unknown. */
    public int columns() {
        ask();
        return columns;
    }

    /** Follows the terminal from now on: for what shows more than one screen. */
    public void follow() {
        if (columns == 0 || !followed.compareAndSet(false, true)) {
            return;
        }
        try {
            CaughtSignal.handle("WINCH", () -> resized = true);
        } catch (IllegalArgumentException e) {
            // This system has no such signal; the size of the start stays.
            return;
        }
    }

    private void ask() {
        if (!resized) {
            return;
        }
        resized = false;
        try {
            Process stty = new ProcessBuilder(
                            new File("/usr/bin/stty").exists() ? "/usr/bin/stty" : "/bin/stty", "size")
                    .redirectInput(TERMINAL)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (stty.waitFor(PATIENCE_MILLIS, TimeUnit.MILLISECONDS) && stty.exitValue() == 0) {
                read(new String(stty.getInputStream().readNBytes(40), StandardCharsets.US_ASCII));
            }
            stty.destroy();
        } catch (IOException e) {
            return; // the size before stays
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void read(String text) {
        String[] numbers = text.strip().split(" ", -1);
        if (numbers.length == 2 && numbers[0].matches("[0-9]{1,4}") && numbers[1].matches("[0-9]{1,4}")) {
            columns = Integer.parseInt(numbers[1]);
        }
    }
}
