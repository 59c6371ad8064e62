package dev.ast.shell.interactive;

import dev.ast.output.Visible;
import org.jline.utils.AttributedString;

/** The prompt: profile and context, then {@code ast> }. Names in it are text and never read as a pattern. */
final class Prompt {
    /** The most columns that the place takes. */
    static final int WIDEST = 40;

    private static final String NAME = "ast> ";

    private Prompt() {}

    /**
     * The prompt as JLine takes it.
     *
     * @param place for example {@code prod/acme}; empty for none
     */
    static String of(String place) {
        String shown = cut(Visible.field(place));
        return escape(shown.isEmpty() ? NAME : shown + " " + NAME);
    }

    /** A text in which JLine finds no pattern. */
    static String escape(String text) {
        return text.replace("%", "%%");
    }

    private static String cut(String text) {
        AttributedString whole = new AttributedString(text);
        if (whole.columnLength() <= WIDEST) {
            return text;
        }
        return whole.columnSubSequence(0, WIDEST - 1) + "…";
    }
}
