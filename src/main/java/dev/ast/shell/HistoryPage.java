package dev.ast.shell;

import dev.ast.output.Page;
import dev.ast.output.View;
import java.util.List;

/** The lines typed so far, the oldest first. */
public record HistoryPage(List<String> lines) {

    /** How they look: numbered, as in other shells. */
    public static final class Look implements View<HistoryPage> {
        @Override
        public Object document(HistoryPage result) {
            return result.lines;
        }

        @Override
        public void text(HistoryPage result, Page page) {
            int number = 1;
            for (String line : result.lines) {
                page.line(String.format("%5d  ", number++), line);
            }
        }
    }
}
