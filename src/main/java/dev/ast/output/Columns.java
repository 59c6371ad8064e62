package dev.ast.output;

import java.util.regex.Pattern;
import org.jline.utils.WCWidth;

/** How many terminal columns a text takes. The text has gone through {@link Visible} before. */
public final class Columns {
    private Columns() {}

    /** The width of a text: 2 for wide characters, 0 for combining ones. */
    public static int of(String text) {
        int width = 0;
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            width += of(c);
        }
        return width;
    }

    /** The width of a text in which escape sequences set colours. */
    static int ofStyled(String text) {
        return of(text.indexOf('\u001b') < 0 ? text : Style.SET.matcher(text).replaceAll(""));
    }

    /**
     * The text, shortened in the middle by {@code …} where it is wider than {@code width}: the ends of names differ more
     * often than their middles.
     */
    public static String middle(String text, int width) {
        int over = of(text) - width;
        if (over <= 0) {
            return text;
        }
        String head = cut(text, Math.max(1, (width + 1) / 2));
        int tail = text.length();
        for (int used = of(head); tail > 0; ) {
            int c = text.codePointBefore(tail);
            used += of(c);
            if (used > width) {
                break;
            }
            tail -= Character.charCount(c);
        }
        return head + text.substring(tail);
    }

    /** The text with spaces behind it, up to a width. A longer text stays as it is. */
    static String pad(String text, int width) {
        return text + " ".repeat(Math.max(0, width - of(text)));
    }

    /** The text, ended by {@code …} where it is wider than {@code width}. */
    static String cut(String text, int width) {
        if (of(text) <= width) {
            return text;
        }
        StringBuilder result = new StringBuilder();
        int used = 0;
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            used += of(c);
            if (used > width - 1) {
                break;
            }
            result.appendCodePoint(c);
        }
        return result.append('…').toString();
    }

    // ASCII is answered here, so that the tables of wide characters are loaded only for texts that need them.
    private static int of(int c) {
        return c < 0x7f ? 1 : Math.max(0, WCWidth.wcwidth(c));
    }

    /** Apart, since a short command has no use for it. */
    private static final class Style {
        static final Pattern SET = Pattern.compile("\u001b\\[[0-9;]*m");
    }
}
