package dev.ast.output;

import java.util.ArrayList;
import java.util.List;

/** Breaks text into lines between its words. */
final class Wrapping {
    private Wrapping() {}

    /**
     * One line as several of at most {@code width} columns, broken at spaces; the spaces that stay are as they were. A
     * word that is wider has a line of its own. Escape sequences take no columns.
     *
     * @param indent how far the lines after the first begin to the right, in columns
     */
    static List<String> fit(String text, int width, int indent) {
        if (text.length() <= width || Columns.ofStyled(text) <= width) {
            return List.of(text);
        }
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        int used = 0;
        int at = 0;
        while (at < text.length()) {
            int word = at;
            while (word < text.length() && text.charAt(word) == ' ') {
                word++;
            }
            int end = word;
            while (end < text.length() && text.charAt(end) != ' ') {
                end++;
            }
            int columns = Columns.ofStyled(text.substring(at, end));
            if (used > (lines.isEmpty() ? 0 : indent) && used + columns > width && end > word) {
                lines.add(line.toString());
                line.setLength(0);
                line.append(" ".repeat(indent));
                used = indent;
                columns -= word - at;
                at = word;
            }
            line.append(text, at, end);
            used += columns;
            at = end;
        }
        lines.add(line.toString());
        return lines;
    }

    /** How wide the longest word of a text is, in columns. */
    static int longestWord(String text) {
        int longest = 0;
        for (String word : text.split(" ", -1)) {
            longest = Math.max(longest, Columns.ofStyled(word));
        }
        return longest;
    }

    /** Lines of at most {@code width} columns, broken at spaces; a word that is wider has a line of its own. */
    static List<String> lines(String text, int width) {
        List<String> lines = new ArrayList<>();
        for (String paragraph : text.strip().split("\n", -1)) {
            StringBuilder line = new StringBuilder();
            for (String word : paragraph.strip().split(" +", -1)) {
                if (line.length() > 0 && Columns.of(line.toString()) + 1 + Columns.of(word) > width) {
                    lines.add(line.toString());
                    line.setLength(0);
                }
                line.append(line.length() > 0 ? " " : "").append(word);
            }
            lines.add(line.toString());
        }
        return lines;
    }
}
