package dev.ast.shell.interactive;

import dev.ast.output.Conversation.Choice;
import dev.ast.output.Visible;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;
import org.jline.utils.Display;
import org.jline.utils.InfoCmp.Capability;

/** Draws a {@link Selector}: the question with what was typed, the choices, and what the keys do. */
final class SelectorScreen {
    private static final int FRAME = 2; // the question, and the line below the choices
    private static final int MARKS = 4; // the selected one, and the active one

    private final ShellTerminal shell;
    private final Terminal terminal;
    private final String question;
    private final Narrowed list;
    private final Looks looks;
    private final boolean apart;
    private final Display display;
    private Size drawn = Size.of(0, 0);
    private int top;
    private boolean ended;

    SelectorScreen(ShellTerminal shell, String question, Narrowed list) {
        this.shell = shell;
        this.terminal = shell.jline();
        this.question = question;
        this.list = list;
        this.looks = Looks.of(shell);
        this.apart = terminal.getStringCapability(Capability.enter_ca_mode) != null
                && terminal.getStringCapability(Capability.exit_ca_mode) != null;
        this.display = new Display(terminal, apart);
    }

    /** Changes to a screen of its own where there is one: after a change of size only that can be drawn anew. */
    void begin() {
        if (apart) {
            terminal.puts(Capability.enter_ca_mode);
            terminal.puts(Capability.clear_screen);
        }
    }

    /** Goes back, and leaves one line with what was chosen. */
    void end(Optional<Integer> chosen) {
        synchronized (list) {
            ended = true;
            if (apart) {
                terminal.puts(Capability.clear_screen); // or tmux mixes it with the other screen after a change of size
                terminal.puts(Capability.exit_ca_mode);
            } else {
                display.update(List.of(), 0);
            }
            chosen.ifPresent(index -> terminal.writer()
                    .println(question + ": " + list.choice(list.at()).name()));
        }
    }

    /** How many choices are shown at once. */
    int page() {
        return Math.max(1, shell.height() - FRAME - (apart ? 0 : 1));
    }

    /** Draws until the end; called after each key, and by another thread after a change of size. */
    void draw() {
        synchronized (list) {
            if (ended) {
                return; // the signal came with the key that ended it: the screen is the line editor's again
            }
            Size size = Size.of(shell.width(), shell.height());
            if (!size.equals(drawn)) {
                if (drawn.getColumns() > 0) {
                    terminal.puts(Capability.clear_screen);
                    display.reset();
                }
                display.resize(size);
                drawn = size;
            }
            int width = Math.max(1, size.getColumns() - 1);
            int rows = Math.min(page(), Math.max(1, list.size()));
            top = Math.max(0, Math.min(Math.min(top, list.at()), list.size() - rows));
            top = Math.max(top, list.at() - rows + 1);
            List<AttributedString> lines = new ArrayList<>();
            AttributedString first = first(width);
            lines.add(first);
            for (int row = top; row < Math.min(top + rows, list.size()); row++) {
                lines.add(row(row, width));
            }
            if (size.getRows() > FRAME) {
                lines.add(new AttributedString(Shortened.end(legend(), width), looks.dim()));
            }
            display.update(lines, size.cursorPos(0, Math.min(first.columnLength(), width - 1)));
            terminal.flush();
        }
    }

    private AttributedString first(int width) {
        String typed = Visible.typed(list.typed());
        String asked = Shortened.end(question, Math.max(1, width / 2));
        AttributedString text = new AttributedString(asked + ": " + typed);
        int length = text.columnLength();
        // Of a long text the end is shown, where the cursor is.
        return length < width ? text : text.columnSubSequence(length - width + 1, length);
    }

    private String legend() {
        String count = list.size() == list.total() ? String.valueOf(list.total()) : list.size() + " of " + list.total();
        return count + " - type to filter, Enter takes, Esc leaves";
    }

    private AttributedString row(int row, int width) {
        Choice choice = list.choice(row);
        boolean selected = row == list.at();
        AttributedStringBuilder text = new AttributedStringBuilder();
        text.append(selected ? "> " : "  ").append(choice.active() ? "* " : "  ");
        int column = column(width);
        String name = Shortened.middle(choice.name(), column);
        text.append(looks.marked(name, name.equals(choice.name()) ? list.typed().strip() : ""));
        if (!choice.detail().isEmpty()) {
            text.append(" ".repeat(Math.max(2, MARKS + column + 2 - text.columnLength())));
            text.append(new AttributedString(choice.detail(), looks.dim()));
        }
        AttributedString fitting = text.toAttributedString().columnSubSequence(0, width);
        if (!selected) {
            return fitting;
        }
        return new AttributedString(
                fitting.toString(), looks.plain() ? AttributedStyle.DEFAULT : AttributedStyle.INVERSE);
    }

    /** How wide the names are: as the longest shown, but not more than leaves columns for what stands beside them. */
    private int column(int width) {
        int longest = 1;
        boolean details = false;
        for (int row = top; row < Math.min(top + page(), list.size()); row++) {
            longest = Math.max(longest, new AttributedString(list.choice(row).name()).columnLength());
            details |= !list.choice(row).detail().isEmpty();
        }
        int available = Math.max(1, width - MARKS);
        return Math.min(longest, details ? Math.max(1, available * 3 / 5) : available);
    }
}
