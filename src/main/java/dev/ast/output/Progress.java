package dev.ast.output;

import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The one line on standard error that is renewed while something runs. Other lines go through {@link #print}, which
 * takes it away first.
 */
final class Progress {
    /** What takes less is not worth a line that comes and goes. */
    private static final Duration DELAY = Duration.ofMillis(300);

    /** After how long a transfer shows its progress. */
    static final Duration LONG_WORK = Duration.ofSeconds(1);

    private static final Duration PERIOD = Duration.ofMillis(100);
    private static final String ROUND = "⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏";
    private static final String ASCII = "|/-\\";
    private static final String ERASE = "\r\u001b[K";

    private final Screen screen;
    private final boolean colors;
    private @Nullable Supplier<String> line;
    private int turn;
    private boolean shown;

    Progress(Screen screen, Coloring coloring) {
        this.screen = screen;
        this.colors = screen.colors(coloring, Screen.Stream.ERR);
    }

    /** Whether a line can be renewed here at all. */
    boolean possible() {
        return screen.isTerminal(Screen.Stream.ERR) && screen.controllable();
    }

    /** Renews the line in a thread of its own until the work is done, which runs in the calling thread. */
    <T> T during(Supplier<String> text, Supplier<T> work) {
        synchronized (this) {
            if (line != null) {
                return work.get();
            }
            begin(text, Duration.ZERO);
        }
        try {
            return work.get();
        } finally {
            end();
        }
    }

    /** Begins to renew a line after a while, in place of another one. */
    void beginSoon(Supplier<String> text) {
        begin(text, DELAY);
    }

    /** The same after another while. */
    void beginAfter(Duration delay, Supplier<String> text) {
        begin(text, delay);
    }

    private synchronized void begin(Supplier<String> text, Duration delay) {
        end();
        line = text;
        Thread renewing = new Thread(() -> renew(text, delay), "progress");
        renewing.setDaemon(true);
        renewing.start();
    }

    /** Takes the line away, if there is one. */
    synchronized void end() {
        line = null;
        erase();
        notifyAll();
    }

    /** Prints lines above the renewed one. */
    synchronized void print(String text) {
        boolean again = shown;
        erase();
        screen.err(text);
        if (again) {
            draw();
        }
    }

    private synchronized void renew(Supplier<String> text, Duration delay) {
        try {
            long begin = System.nanoTime();
            while (line == text) {
                long early = delay.toMillis() - (System.nanoTime() - begin) / 1_000_000;
                if (early > 0) {
                    wait(early);
                } else {
                    draw();
                    wait(PERIOD.toMillis());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void draw() {
        Supplier<String> current = line;
        if (current == null) {
            return;
        }
        String frames = screen.unicode() ? ROUND : ASCII;
        String frame = String.valueOf(frames.charAt(turn++ % frames.length()));
        // One column stays free: a full line would wrap and could not be erased.
        String text = Columns.cut(Visible.field(current.get()), screen.width() - 3);
        screen.errBeside((shown ? ERASE : "") + (colors ? Tone.DIM.paint(frame) : frame) + " " + text);
        shown = true;
    }

    private void erase() {
        if (shown) {
            screen.errBeside(ERASE);
            shown = false;
        }
    }
}
