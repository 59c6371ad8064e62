package dev.ast.output;

import java.util.ArrayList;
import java.util.List;

/** Breaks our own prose into lines. */
final class Wrapping {
    private Wrapping() {}

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
