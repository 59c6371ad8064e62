package dev.ast.output;

import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Standard output for people. Every text goes through {@link Visible}; a part of a line may be a {@link Tone.Styled}.
 * Consecutive fields are aligned with one another.
 */
public final class Page {
    private static final int NARROWEST_COLUMN = 10;
    private static final int WIDEST_TERM = 26;
    private static final int NARROWEST_TEXT = 24;
    private static final String GAP = "  ";

    private final Screen screen;
    private final boolean colors;
    private final boolean terminal;
    private final List<Field> fields = new ArrayList<>();

    private record Field(String label, String value) {}

    /** A page on standard output. */
    public Page(Screen screen, Coloring coloring) {
        this.screen = screen;
        this.colors = screen.colors(coloring, Screen.Stream.OUT);
        this.terminal = screen.isTerminal(Screen.Stream.OUT);
    }

    /** Prints one line of texts and {@link Tone.Styled}s, joined without spaces. */
    public Page line(Object... parts) {
        endFields();
        String line = join(parts);
        // What has to be broken goes on where it began.
        int begin = 0;
        while (begin < line.length() && line.charAt(begin) == ' ') {
            begin++;
        }
        fitting(line, begin);
        return this;
    }

    /** A command for the user to type, as it is typed here. */
    public String typed(String command) {
        return screen.typed(command);
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
        if (!terminal) {
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
     * Prints columns. On a terminal that is too narrow for them, long texts are shortened in the middle, and where that
     * is not enough each row becomes several lines; in a pipe or file nothing is ever shortened.
     *
     * @param header the columns' names; may be empty for none
     * @param rows texts or {@link Tone.Styled}s
     */
    public Page table(List<String> header, List<? extends List<?>> rows) {
        return table(0, header, rows);
    }

    /** The same; so many columns at the left, such as times, are never shortened. */
    public Page table(int whole, List<String> header, List<? extends List<?>> rows) {
        endFields();
        int columns =
                Math.max(header.size(), rows.stream().mapToInt(List::size).max().orElse(0));
        int[] widths = new int[columns];
        measure(header, widths);
        rows.forEach(row -> measure(row, widths));
        if (terminal && !narrow(widths, whole, screen.width() - 1)) {
            records(header, rows);
            return this;
        }
        if (!header.isEmpty()) {
            row(header.stream().map(Tone.BOLD::of).toList(), widths);
        }
        rows.forEach(row -> row(row, widths));
        return this;
    }

    /** Takes columns from the widest until the row fits. @return whether each is still wide enough to be read */
    private static boolean narrow(int[] widths, int whole, int width) {
        int total = Arrays.stream(widths).sum() + GAP.length() * (widths.length - 1);
        for (int over = total - width; over > 0; over--) {
            int widest = whole;
            for (int i = whole + 1; i < widths.length; i++) {
                widest = widths[i] > widths[widest] ? i : widest;
            }
            if (widths[widest] <= NARROWEST_COLUMN) {
                return false;
            }
            widths[widest]--;
        }
        return true;
    }

    /** Where columns have no place side by side: the first cells on a line, the others as fields below it. */
    private void records(List<String> header, List<? extends List<?>> rows) {
        for (List<?> row : rows) {
            int named = 0;
            while (named < row.size() - 1
                    && named < header.size()
                    && header.get(named).isEmpty()) {
                named++;
            }
            List<Object> title = new ArrayList<>();
            for (int i = 0; i <= named; i++) {
                title.add(i == 0 ? "" : " ");
                title.add(shortened(row.get(i)));
            }
            line(title.toArray());
            for (int i = named + 1; i < row.size(); i++) {
                field(i < header.size() ? header.get(i).toLowerCase(Locale.ROOT) : "", shortened(row.get(i)));
            }
        }
    }

    /** Prints prose, broken at spaces so that it fits. Line breaks in it stay. */
    public Page paragraph(String text) {
        Wrapping.lines(text, width()).forEach(this::line);
        return this;
    }

    /** Prints a text behind a head of a width, broken so that all of its lines begin below its first word. */
    public Page beside(List<?> head, int indent, String text) {
        boolean beside = !terminal || width() - indent >= NARROWEST_TEXT;
        int column = beside ? indent : 2 * GAP.length();
        return hanging(head, beside, column, terminal ? Wrapping.lines(text, width() - column) : List.of(text));
    }

    private Page hanging(List<?> head, boolean beside, int column, List<String> lines) {
        List<Object> first = new ArrayList<>(head);
        if (beside) {
            first.add(lines.get(0));
        }
        line(first.toArray());
        lines.stream().skip(beside ? 1 : 0).forEach(more -> line(" ".repeat(column), more));
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
            boolean beside = Columns.of(term) + 2 * GAP.length() <= column && width() - column >= NARROWEST_TEXT;
            int indent = width() - column >= NARROWEST_TEXT ? column : 2 * GAP.length();
            String head = beside ? Columns.pad(GAP + term, column) : GAP + term;
            hanging(List.of(head), beside, indent, Wrapping.lines(explanation, width() - indent));
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
        return terminal ? screen.width() : Screen.DEFAULT_WIDTH;
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
            int beside = GAP.length() + width + GAP.length();
            // What has no place beside its label stands below it.
            boolean fits = !terminal || beside + Wrapping.longestWord(field.value) <= width();
            fitting(GAP + Columns.pad(field.label, width) + GAP + field.value, fits ? beside : 2 * GAP.length());
        }
        fields.clear();
    }

    // In a pipe or file a line stays one line.
    private void fitting(String line, int indent) {
        if (!terminal) {
            screen.out(line + "\n");
            return;
        }
        for (String one : Wrapping.fit(line, screen.width(), indent)) {
            screen.out(one + "\n");
        }
    }

    private static void measure(List<?> row, int[] widths) {
        for (int i = 0; i < row.size(); i++) {
            widths[i] = Math.max(widths[i], Columns.of(Visible.field(text(row.get(i)))));
        }
    }

    /** A cell that has a line of its own, after an indentation. */
    private Object shortened(Object cell) {
        String shown = Columns.middle(Visible.field(text(cell)), width() - 2 * GAP.length());
        return cell instanceof Tone.Styled styled ? styled.tone().of(shown) : shown;
    }

    private void row(List<?> row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < row.size(); i++) {
            String shown = Columns.middle(Visible.field(text(row.get(i))), widths[i]);
            line.append(
                    row.get(i) instanceof Tone.Styled styled && colors
                            ? styled.tone().paint(shown)
                            : shown);
            if (i < widths.length - 1) {
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
