package dev.ast.shell;

import dev.ast.output.Page;
import dev.ast.output.View;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The lines typed so far, the oldest first. */
public record HistoryPage(List<Entry> entries) {

    /** A line and its number among all. */
    public record Entry(int number, String line) {}

    /**
     * Those that contain a text, capital and small letters being the same.
     *
     * @param most how many of the newest; all if absent
     */
    public static HistoryPage of(List<String> lines, Optional<String> text, Optional<Integer> most) {
        List<Entry> found = new ArrayList<>();
        String wanted = text.orElse("").toLowerCase(Locale.ROOT);
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).toLowerCase(Locale.ROOT).contains(wanted)) {
                found.add(new Entry(i + 1, lines.get(i)));
            }
        }
        return new HistoryPage(found.subList(Math.max(0, found.size() - most.orElse(found.size())), found.size()));
    }

    /** How they look: numbered, as in other shells. */
    public static final class Look implements View<HistoryPage> {
        @Override
        public Object document(HistoryPage result) {
            return result.entries.stream().map(Entry::line).toList();
        }

        @Override
        public void text(HistoryPage result, Page page) {
            for (Entry entry : result.entries) {
                page.line(String.format("%5d  ", entry.number()), entry.line());
            }
        }
    }
}
