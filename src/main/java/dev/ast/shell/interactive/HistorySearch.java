package dev.ast.shell.interactive;

import dev.ast.output.Conversation.Choice;
import dev.ast.output.Visible;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import org.jline.reader.UserInterruptException;

/** Ctrl-R: the earlier lines as a list, the newest first. The chosen one comes into the line and is not run. */
final class HistorySearch {
    private HistorySearch() {}

    /** Lets the user choose; the line stays as it was where none is chosen. @return whether there are any */
    static boolean run(TypedLineReader reader, ShellTerminal terminal, SecretFreeHistory history) {
        List<String> lines = new ArrayList<>(history.lines());
        Collections.reverse(lines);
        List<String> newest = List.copyOf(new LinkedHashSet<>(lines));
        if (newest.isEmpty()) {
            return false;
        }
        List<Choice> choices = newest.stream()
                .map(line -> new Choice(Visible.field(line), "", false))
                .toList();
        try {
            Optional<Integer> chosen = new Selector(terminal, "History", choices, name -> 0)
                    .typed(reader.getBuffer().toString().strip())
                    .withoutTrace()
                    .choose();
            chosen.ifPresent(index -> {
                reader.getBuffer().clear();
                reader.getBuffer().write(newest.get(index));
            });
        } catch (UserInterruptException e) {
            // As Escape: the line is what it was.
            Thread.interrupted();
        } finally {
            reader.refresh();
        }
        return true;
    }
}
