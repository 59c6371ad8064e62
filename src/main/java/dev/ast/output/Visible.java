package dev.ast.output;

/**
 * Makes text of unknown origin safe to look at: control characters, escape sequences, C1, bidirectional and zero-width
 * characters and line separators are written as escapes of two, four or more hexadecimal digits, so that a server, a
 * file or a variable can neither move the cursor nor reorder or hide what the user reads. Everything else, accents and
 * wide characters included, stays as it is.
 */
public final class Visible {
    private Visible() {}

    /** The text on one line: a line break becomes {@code \n}, a tab {@code \t}. */
    public static String field(String text) {
        return filter(text, Integer.MAX_VALUE, false);
    }

    /**
     * The same, ended by {@code …} where it is longer.
     *
     * @param limit the longest result, in UTF-16 units; an escape is never cut in two
     */
    public static String field(String text, int limit) {
        return filter(text, limit, false);
    }

    /** The text with its line breaks and tabs kept, everything else as in {@link #field(String)}. */
    public static String lines(String text) {
        return filter(text.replace("\r\n", "\n"), Integer.MAX_VALUE, true);
    }

    /**
     * The text as a line editor shows what was typed: {@code ^[} for a control character that has such a name, the rest
     * as in {@link #lines}.
     */
    public static String typed(String text) {
        if (clean(text, true)) {
            return text;
        }
        StringBuilder shown = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(c -> {
            if (!hidden(c) || c == '\n' || c == '\t') {
                shown.appendCodePoint(c);
            } else if (c < 0x20 || c == 0x7f) {
                shown.append('^').append((char) (c ^ 0x40));
            } else {
                shown.append(escape(c));
            }
        });
        return shown.toString();
    }

    /**
     * A JSON text with every such character inside its strings written as a JSON escape: the same value, but harmless
     * on a terminal. JSON has none of them outside of strings.
     */
    static String json(String json) {
        return escapeInside(json, false);
    }

    /** The same for a YAML text whose affected strings stand in double quotes. */
    static String yaml(String yaml) {
        return escapeInside(yaml, true);
    }

    /** Whether a character must not reach a terminal as it is. Line break and tab are among them. */
    static boolean hidden(int c) {
        if (c < 0x7f) {
            return c < 0x20;
        }
        if (c < 0xad) {
            return c < 0xa0;
        }
        return switch (c) {
            // Letters and marks by category, but not visible: grapheme joiner, fillers, inherent vowels.
            case 0x034f, 0x115f, 0x1160, 0x17b4, 0x17b5, 0x180b, 0x180c, 0x180d, 0x2800, 0x3164, 0xffa0 -> true;
            default ->
                switch (Character.getType(c)) {
                    case Character.CONTROL,
                            Character.FORMAT,
                            Character.LINE_SEPARATOR,
                            Character.PARAGRAPH_SEPARATOR,
                            Character.SURROGATE -> true;
                    // Noncharacters, tags and the variation selectors that can carry hidden bytes.
                    default -> (c & 0xfffe) == 0xfffe || (c >= 0xfdd0 && c <= 0xfdef) || (c >= 0xe0000 && c <= 0xe0fff);
                };
        };
    }

    private static String filter(String text, int limit, boolean keepLines) {
        if (text.length() <= limit && clean(text, keepLines)) {
            return text;
        }
        StringBuilder result = new StringBuilder(Math.min(text.length() + 16, Math.max(limit, 16)));
        int i = 0;
        while (i < text.length()) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            String piece = hidden(c) && !(keepLines && (c == '\n' || c == '\t')) ? escape(c) : Character.toString(c);
            int space = limit - (i < text.length() ? 1 : 0);
            if (result.length() + piece.length() > space) {
                return result.append('…').toString();
            }
            result.append(piece);
        }
        return result.toString();
    }

    private static boolean clean(String text, boolean keepLines) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if ((c >= 0x20 && c < 0x7f) || (keepLines && (c == '\n' || c == '\t'))) {
                continue;
            }
            int point = text.codePointAt(i);
            if (hidden(point)) {
                return false;
            }
            i += Character.charCount(point) - 1;
        }
        return true;
    }

    private static String escape(int c) {
        return switch (c) {
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case '\t' -> "\\t";
            default ->
                c < 0x100 ? "\\x" + hex(c, 2) : c < 0x10000 ? "\\u" + hex(c, 4) : "\\u{" + Integer.toHexString(c) + "}";
        };
    }

    private static String escapeInside(String text, boolean yaml) {
        if (clean(text, true)) {
            return text;
        }
        StringBuilder result = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            if (!hidden(c) || c == '\n' || c == '\t') {
                result.appendCodePoint(c);
            } else if (c < 0x10000) {
                result.append("\\u").append(hex(c, 4));
            } else if (yaml) {
                result.append("\\U").append(hex(c, 8));
            } else {
                result.append("\\u").append(hex(Character.highSurrogate(c), 4));
                result.append("\\u").append(hex(Character.lowSurrogate(c), 4));
            }
        }
        return result.toString();
    }

    private static String hex(int c, int digits) {
        String hex = Integer.toHexString(c);
        return "0".repeat(digits - hex.length()) + hex;
    }
}
