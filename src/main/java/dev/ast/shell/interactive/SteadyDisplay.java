package dev.ast.shell.interactive;

import java.io.PrintWriter;
import java.util.List;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.utils.AttributedString;
import org.jline.utils.Display;
import org.jline.utils.InfoCmp.Capability;

/**
 * JLine's drawing, which moves the cursor by rows that it counts itself. A window that gets narrower has its new width
 * before the program can know of it: a row that is drawn then would wrap, the count would be wrong, and the next drawing
 * would be in other rows than the line. Rows that need no wrapping are therefore drawn without it.
 */
final class SteadyDisplay extends Display {
    // DECAWM; terminals know it whose descriptions do not, as those of screen and tmux.
    private static final String NO_WRAP = "\u001b[?7l";
    private static final String WRAP = "\u001b[?7h";

    private final boolean able;

    /** A display for a screen of this size, on which nothing is drawn yet. */
    SteadyDisplay(Terminal terminal, Size size) {
        super(terminal, false);
        resize(size);
        able = terminal.getStringCapability(Capability.clr_eos) != null;
    }

    @Override
    public void update(List<AttributedString> rows, int cursor, boolean flush) {
        if (!able || rows.size() < 2 || rows.stream().anyMatch(row -> row.columnLength(terminal) >= columns)) {
            super.update(rows, cursor, flush);
            return;
        }
        PrintWriter writer = terminal.writer();
        writer.write(NO_WRAP);
        super.update(rows, cursor, false);
        writer.write(WRAP);
        if (flush) {
            terminal.flush();
        }
    }
}
