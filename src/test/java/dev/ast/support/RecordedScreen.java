package dev.ast.support;

import dev.ast.host.Environment;
import dev.ast.output.Screen;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** A screen whose two streams are kept. */
public final class RecordedScreen {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Screen screen;

    private RecordedScreen(Map<String, String> environment, String terminals) {
        screen = new Screen(out, err, Environment.of(environment), terminals, () -> 80);
    }

    /** Nothing is a terminal. */
    public static RecordedScreen piped() {
        return new RecordedScreen(Map.of("LANG", "C.UTF-8"), "");
    }

    /** All three streams are a terminal of 80 columns that shows colours. */
    public static RecordedScreen terminal() {
        return new RecordedScreen(Map.of("LANG", "C.UTF-8", "TERM", "xterm"), "012");
    }

    /** A screen of other circumstances. */
    public static RecordedScreen with(Map<String, String> environment, String terminals) {
        return new RecordedScreen(environment, terminals);
    }

    /** The screen itself. */
    public Screen screen() {
        return screen;
    }

    /** Standard output so far, after a flush. */
    public String out() {
        screen.flush();
        return out.toString(StandardCharsets.UTF_8);
    }

    /** Standard error so far. */
    public String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    /** Forgets what was written. */
    public void clear() {
        screen.flush();
        out.reset();
        err.reset();
    }
}
