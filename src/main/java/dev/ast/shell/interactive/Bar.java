package dev.ast.shell.interactive;

import dev.ast.output.Columns;
import dev.ast.output.Visible;
import java.util.ArrayList;
import java.util.List;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;
import org.jline.utils.Status;
import org.jspecify.annotations.Nullable;

/** The last line of the screen while a line is typed: profile, identity, time left, storage. Hidden on small screens. */
final class Bar {
    private static final int LEAST_COLUMNS = 60;
    private static final int LEAST_ROWS = 12;
    private static final String KEYS = "? help  ^R find ";

    private final ShellTerminal terminal;
    private final boolean unicode;
    private @Nullable Status shown;

    /** A bar that is not shown yet. */
    Bar(ShellTerminal terminal, boolean unicode) {
        this.terminal = terminal;
        this.unicode = unicode;
    }

    /** Shows it, or nothing where there is no place. */
    void show(Standing standing) {
        if (terminal.dumb() || terminal.columns() < LEAST_COLUMNS || terminal.rows() < LEAST_ROWS) {
            hide();
            return;
        }
        Status status = Status.getStatus(terminal.jline(), true);
        if (status == null) {
            return;
        }
        shown = status;
        status.update(List.of(line(standing, terminal.columns(), unicode)));
    }

    /** Takes it away, for a command or the end. */
    void hide() {
        Status status = shown;
        if (status != null) {
            shown = null;
            status.hide();
        }
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
        AttributedStyle style = AttributedStyle.INVERSE;
        int free = columns - Columns.of(text) - KEYS.length();
        AttributedStringBuilder line = new AttributedStringBuilder();
        line.styled(style, free < 1 ? Columns.middle(text, columns) : text + " ".repeat(free) + KEYS);
        return line.toAttributedString();
    }
}
