package dev.ast.shell.interactive;

import java.util.List;
import org.jline.reader.Candidate;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;
import org.jspecify.annotations.Nullable;

/**
 * The list of completions below the line: one in a row, with its description beside it. It has no more rows than the
 * screen, and moves with the selected one.
 */
final class CandidateList {
    private static final String MARGIN = "  ";
    private static final int LONG_LIST = 200;

    private final Looks looks;
    private int top;

    CandidateList(Looks looks) {
        this.looks = looks;
    }

    /**
     * The rows.
     *
     * @param candidates in their order
     * @param selected the one that stands in the line now; null for none
     * @param typed what was typed, whose letters are marked
     * @param width the columns of the screen
     * @param rows the most rows; at least 1
     */
    AttributedString show(List<Candidate> candidates, @Nullable Candidate selected, String typed, int width, int rows) {
        boolean whole = candidates.size() <= rows;
        int shown = whole ? candidates.size() : Math.max(1, rows - 1);
        int at = selected == null ? 0 : candidates.indexOf(selected);
        top = Math.max(0, Math.min(Math.min(top, at), candidates.size() - shown));
        top = Math.max(top, at - shown + 1);
        List<Candidate> visible = candidates.subList(top, top + shown);
        int column = column(candidates.size() <= LONG_LIST ? candidates : visible, width);
        AttributedStringBuilder text = new AttributedStringBuilder();
        for (Candidate candidate : visible) {
            text.append(row(candidate, candidate.equals(selected), typed, column, width))
                    .append("\n");
        }
        if (!whole && rows > 1) {
            String place = MARGIN + (top + 1) + "-" + (top + shown) + " of " + candidates.size();
            text.append(new AttributedString(place, looks.dim())).append("\n");
        }
        text.setLength(text.length() - 1);
        return text.toAttributedString();
    }

    /** How wide the names are: as the longest, but a half of the screen where descriptions follow. */
    private static int column(List<Candidate> candidates, int width) {
        int longest = 0;
        boolean described = false;
        for (Candidate candidate : candidates) {
            longest = Math.max(longest, new AttributedString(candidate.displ()).columnLength());
            described |= candidate.descr() != null;
        }
        int available = width - MARGIN.length() - 1;
        return Math.max(1, Math.min(longest, described ? Math.max(available / 2, 1) : available));
    }

    private AttributedString row(Candidate candidate, boolean selected, String typed, int column, int width) {
        String name = Shortened.middle(candidate.displ(), column);
        AttributedStringBuilder row = new AttributedStringBuilder();
        row.append(selected && looks.plain() ? "> " : MARGIN);
        row.append(looks.marked(name, name.equals(candidate.value()) ? typed : ""));
        if (candidate.descr() != null) {
            int gap = MARGIN.length() + column + MARGIN.length() - row.columnLength();
            row.append(" ".repeat(Math.max(gap, 1)));
            String meaning = Shortened.words(candidate.descr(), width - 1 - row.columnLength());
            row.append(new AttributedString(meaning, looks.dim()));
        }
        AttributedString fitting = row.toAttributedString().columnSubSequence(0, width - 1);
        return selected ? new AttributedString(fitting.toString(), AttributedStyle.INVERSE) : fitting;
    }
}
