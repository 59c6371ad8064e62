package dev.ast.output;

import org.jline.utils.WCWidth;

/** How many terminal columns a text takes. The text has gone through {@link Visible} before. */
final class Columns {
    private Columns() {}

    /** The width of a text: 2 for wide characters, 0 for combining ones. */
    static int of(String text) {
        int width = 0;
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            width += of(c);
        }
        return width;
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
}
