package dev.ast.output;

import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Standard output for people. Every text goes through {@link Visible}; a part of a line may be a {@link Tone.Styled}.
 * Consecutive fields are aligned with one another.
 */
public final class Page {
    private static final int NARROWEST_COLUMN = 10;
    private static final int WIDEST_TERM = 26;
    private static final String GAP = "  ";

    private final Screen screen;
    private final boolean colors;
    private final List<Field> fields = new ArrayList<>();

    private record Field(String label, String value) {}

    /** A page on standard output. */
    public Page(Screen screen, Coloring coloring) {
        this.screen = screen;
        this.colors = screen.colors(coloring, Screen.Stream.OUT);
    }

    /** Prints one line of texts and {@link Tone.Styled}s, joined without spaces. */
    public Page line(Object... parts) {
        endFields();
        screen.out(join(parts) + "\n");
        return this;
    }

    /** Prints an empty line. */
    public Page emptyLine() {
        return line();
    }

    /**
     * Prints what was done: {@code ✓ TEXT} where the terminal shows such signs, broken at spaces so that it fits; one line
     * in a pipe or file.
     */
    public Page done(String text) {
        if (!screen.isTerminal(Screen.Stream.OUT)) {
            return line(text);
        }
        boolean sign = screen.unicode();
        List<String> lines = Wrapping.lines(text, screen.width() - (sign ? 2 : 0));
        for (int i = 0; i < lines.size(); i++) {
            if (!sign) {
                line(lines.get(i));
            } else if (i == 0) {
                line(Tone.GOOD.of("✓"), " ", lines.get(i));
            } else {
                line("  ", lines.get(i));
            }
        }
        return this;
    }

    /** Prints {@code   LABEL:  VALUE}, values of neighbouring fields under one another. The label has no colon. */
    public Page field(String label, Object... value) {
        fields.add(new Field(Visible.field(label) + ":", join(value)));
        return this;
    }

    /** The same, or nothing when there is no value. */
    public Page field(String label, Optional<?> value) {
        value.ifPresent(present -> field(label, present instanceof Tone.Styled ? present : present.toString()));
        return this;
    }

    /**
     * Prints columns. On a terminal a row that is too long for it has its last column cut; in a pipe or file nothing is
     * ever cut.
     *
     * @param header the columns' names; may be empty for none
     * @param rows texts or {@link Tone.Styled}s
     */
    public Page table(List<String> header, List<? extends List<?>> rows) {
        endFields();
        int columns =
                Math.max(header.size(), rows.stream().mapToInt(List::size).max().orElse(0));
        int[] widths = new int[columns];
        measure(header, widths);
        rows.forEach(row -> measure(row, widths));
        int before = 0;
        for (int i = 0; i < columns - 1; i++) {
            before += widths[i] + GAP.length();
        }
        int last = screen.isTerminal(Screen.Stream.OUT)
                ? Math.max(NARROWEST_COLUMN, screen.width() - before)
                : Integer.MAX_VALUE;
        if (!header.isEmpty()) {
            row(header.stream().map(Tone.BOLD::of).toList(), widths, last);
        }
        rows.forEach(row -> row(row, widths, last));
        return this;
    }

    /** Prints prose, broken at spaces so that it fits. Line breaks in it stay. */
    public Page paragraph(String text) {
        Wrapping.lines(text, width()).forEach(this::line);
        return this;
    }

    /** Prints terms with their explanations beside them, broken so that they fit. */
    public Page terms(Map<String, String> terms) {
        endFields();
        int column = terms.keySet().stream()
                        .mapToInt(Columns::of)
                        .filter(width -> width <= WIDEST_TERM)
                        .max()
                        .orElse(0)
                + 2 * GAP.length();
        terms.forEach((term, explanation) -> {
            List<String> lines = Wrapping.lines(explanation, Math.max(WIDEST_TERM, width() - column));
            boolean beside = Columns.of(term) + 2 * GAP.length() <= column;
            if (beside) {
                line(Columns.pad(GAP + term, column), lines.get(0));
            } else {
                line(GAP, term);
            }
            lines.stream().skip(beside ? 1 : 0).forEach(more -> line(" ".repeat(column), more));
        });
        return this;
    }

    /** Prints our own text as it is, without a line end of its own. For a token and the like. */
    public Page exact(String text) {
        endFields();
        screen.out(text);
        return this;
    }

    /** Standard output for bytes, in order with the lines. */
    public OutputStream raw() {
        endFields();
        return screen.bytes();
    }

    /** How wide lines may be, in columns. In a pipe or file there is no limit to keep, and this is the usual 80. */
    public int width() {
        return screen.isTerminal(Screen.Stream.OUT) ? screen.width() : Screen.DEFAULT_WIDTH;
    }

    /** Ends the page: fields that wait for their neighbours are printed. */
    void end() {
        endFields();
    }

    private void endFields() {
        int width = 0;
        for (Field field : fields) {
            width = Math.max(width, Columns.of(field.label));
        }
        for (Field field : fields) {
            screen.out(GAP + Columns.pad(field.label, width) + GAP + field.value + "\n");
        }
        fields.clear();
    }

    private static void measure(List<?> row, int[] widths) {
        for (int i = 0; i < row.size(); i++) {
            widths[i] = Math.max(widths[i], Columns.of(Visible.field(text(row.get(i)))));
        }
    }

    private void row(List<?> row, int[] widths, int last) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < row.size(); i++) {
            String shown = Visible.field(text(row.get(i)));
            boolean end = i == widths.length - 1;
            String fitting = end ? Columns.cut(shown, last) : shown;
            line.append(
                    row.get(i) instanceof Tone.Styled styled && colors
                            ? styled.tone().paint(fitting)
                            : fitting);
            if (!end) {
                line.append(" ".repeat(widths[i] - Columns.of(shown))).append(GAP);
            }
        }
        screen.out(line.toString().stripTrailing() + "\n");
    }

    private static String text(Object part) {
        return part instanceof Tone.Styled styled ? styled.text() : part.toString();
    }

    private String join(Object... parts) {
        StringBuilder line = new StringBuilder();
        for (Object part : parts) {
            String shown = Visible.field(text(part));
            line.append(
                    part instanceof Tone.Styled styled && colors ? styled.tone().paint(shown) : shown);
        }
        return line.toString();
    }
}
