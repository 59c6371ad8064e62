package dev.ast.shell.interactive;

import dev.ast.shell.completion.Match;
import java.util.HashSet;
import java.util.Set;
import org.jline.terminal.Terminal;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;
import org.jline.utils.InfoCmp.Capability;

/**
 * What the line editor may use to set text apart.
 *
 * @param colors whether colours and bold may be used
 * @param faint whether the terminal can show dim text, so that a suggestion is not taken for typed text
 */
record Looks(boolean colors, boolean faint) {

    /** Nothing but plain text. */
    static final Looks PLAIN = new Looks(false, false);

    /** Terminals of which JLine has a description of its own that lacks this. */
    private static final Set<String> DESCRIBED_WITHOUT_DIM =
            Set.of("xterm", "xterm-256color", "screen", "screen-256color", "windows-vtp");

    /** What this terminal and the user's settings allow. */
    static Looks of(ShellTerminal terminal) {
        Terminal jline = terminal.jline();
        boolean faint = DESCRIBED_WITHOUT_DIM.contains(jline.getType())
                || jline.getStringCapability(Capability.enter_dim_mode) != null;
        return new Looks(terminal.colors(), !terminal.dumb() && faint);
    }

    /** Whether nothing but reversed text may be used. */
    boolean plain() {
        return !colors;
    }

    /** A name with the letters that were typed in another style. */
    AttributedString marked(String name, String typed) {
        if (typed.isEmpty() || plain()) {
            return new AttributedString(name);
        }
        Set<Integer> at = new HashSet<>(Match.positions(typed, name));
        AttributedStringBuilder marked = new AttributedStringBuilder();
        for (int i = 0; i < name.length(); i++) {
            AttributedStyle style = at.contains(i) ? AttributedStyle.BOLD : AttributedStyle.DEFAULT;
            marked.styled(style, name.substring(i, i + 1));
        }
        return marked.toAttributedString();
    }

    /** The style of what is beside the matter. */
    AttributedStyle dim() {
        return colors && faint ? AttributedStyle.DEFAULT.faint() : AttributedStyle.DEFAULT;
    }
}
