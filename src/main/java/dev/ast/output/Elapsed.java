package dev.ast.output;

import java.time.Duration;
import java.util.Locale;

/** How long a command took, on standard error, where a person waits for it. */
public final class Elapsed {
    private static final Duration LONG = Duration.ofSeconds(1);

    private Elapsed() {}

    /** Prints a time of a second or more. */
    public static void print(Screen screen, Duration time) {
        if (time.compareTo(LONG) < 0 || !screen.isTerminal(Screen.Stream.ERR)) {
            return;
        }
        String text = String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1000.0);
        screen.err((screen.colors(Coloring.AUTO, Screen.Stream.ERR) ? Tone.DIM.paint(text) : text) + "\n");
    }
}
