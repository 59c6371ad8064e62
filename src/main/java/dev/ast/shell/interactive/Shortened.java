package dev.ast.shell.interactive;

import org.jline.utils.AttributedString;

/** Names that are too long for their place. */
final class Shortened {
    private Shortened() {}

    /** The text, or its beginning. */
    static String end(String text, int columns) {
        AttributedString whole = new AttributedString(text);
        return whole.columnLength() <= columns ? text : whole.columnSubSequence(0, columns - 1) + "…";
    }

    /**
     * The text, or those of its first words that fit; at least a part of the first one.
     *
     * @param columns the most columns; nothing is left for less than 1
     */
    static String words(String text, int columns) {
        if (columns < 1) {
            return "";
        }
        String beginning = end(text, columns);
        int word = beginning.lastIndexOf(' ');
        return beginning.equals(text) || word < 1 ? beginning : beginning.substring(0, word) + "…";
    }

    /**
     * The name, or its beginning and end: the end often tells names apart.
     *
     * @param columns the most columns; at least 1
     */
    static String middle(String name, int columns) {
        AttributedString whole = new AttributedString(name);
        int length = whole.columnLength();
        if (length <= columns) {
            return name;
        }
        int head = columns / 2;
        int tail = columns - head - 1;
        return whole.columnSubSequence(0, head) + "…" + whole.columnSubSequence(length - tail, length);
    }
}
