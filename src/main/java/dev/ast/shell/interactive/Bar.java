package dev.ast.shell.interactive;

import dev.ast.output.Columns;
import dev.ast.output.Visible;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jline.terminal.Size;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStyle;

/** The line below the one that is typed: profile, identity, time left, storage. Left out on small screens. */
final class Bar {
    private static final int LEAST_COLUMNS = 60;
    private static final int LEAST_ROWS = 12;
    private static final String KEYS = "? help  ^R find ";

    private Bar() {}

    /** The line for a screen of this size; empty where there is no place. */
    static Optional<AttributedString> on(Size screen, Standing standing, boolean unicode) {
        return hasPlace(screen)
                // One column stays free: a full line would wrap on some terminals.
                ? Optional.of(line(standing, screen.getColumns() - 1, unicode))
                : Optional.empty();
    }

    /** Whether a screen has place for more than the line. */
    static boolean hasPlace(Size screen) {
        return screen.getColumns() >= LEAST_COLUMNS && screen.getRows() >= LEAST_ROWS;
    }

    static AttributedString line(Standing standing, int columns, boolean unicode) {
        List<String> parts = new ArrayList<>();
        String place =
                standing.profile() + standing.context().map(name -> "/" + name).orElse("");
        parts.add(Columns.middle(Visible.field(place), columns / 3));
        standing.identity()
                .map(Visible::field)
                .map(who -> Columns.middle(who, columns / 3))
                .ifPresent(parts::add);
        if (standing.state() != Standing.State.SIGNED_IN) {
            parts.add(standing.state().words());
        }
        standing.left().ifPresent(parts::add);
        standing.storage().ifPresent(parts::add);
        if (standing.guarded()) {
            parts.add("protected");
        }
        String text = " " + String.join(unicode ? " · " : " | ", parts);
        int free = columns - Columns.of(text) - KEYS.length();
        String all = free < 1 ? Columns.middle(text, columns) : text + " ".repeat(free) + KEYS;
        return new AttributedString(all, AttributedStyle.INVERSE);
    }
}
