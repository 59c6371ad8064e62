package dev.ast.output;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a user who waited for a command is told at its end, on standard error: what came, and how long it took. */
public final class Elapsed {
    private static final Duration LONG = Duration.ofSeconds(1);

    private Elapsed() {}

    /** What stands between two parts of the line. */
    public static String separator(Screen screen) {
        return screen.unicode() ? " · " : ", ";
    }

    /** Prints what came, if that is known, and a time of a second or more; nothing where there is neither. */
    public static void print(Screen screen, Optional<String> what, Duration time) {
        List<String> parts = new ArrayList<>();
        what.ifPresent(parts::add);
        if (time.compareTo(LONG) >= 0) {
            parts.add(String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1000.0));
        }
        if (parts.isEmpty() || !screen.isTerminal(Screen.Stream.ERR)) {
            return;
        }
        String text = String.join(separator(screen), parts);
        screen.err((screen.colors(Coloring.AUTO, Screen.Stream.ERR) ? Tone.DIM.paint(text) : text) + "\n");
    }
}
