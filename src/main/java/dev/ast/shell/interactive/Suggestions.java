package dev.ast.shell.interactive;

import dev.ast.shell.completion.LineCompleter;
import dev.ast.shell.completion.Proposal;
import dev.ast.shell.grammar.Tokenizer;
import dev.ast.shell.grammar.Tokenizer.Tokens;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jline.reader.Candidate;
import org.jline.terminal.Size;
import org.jline.utils.AttributedString;

/**
 * The short list below the line while a word is typed: the first of what Tab would propose, files left out. It takes no
 * key, and is not there on small screens.
 */
final class Suggestions {
    private static final int MOST_ROWS = 5;

    private final BooleanSupplier wanted;
    private final Supplier<LineCompleter> completer;
    private final Looks looks;
    private final CandidateList list;

    /**
     * Suggestions for the lines of a shell.
     *
     * @param wanted whether there is a list now: the user wants it, and the completer is there; must not wait
     * @param completer asked only then
     */
    Suggestions(BooleanSupplier wanted, Supplier<LineCompleter> completer, Looks looks) {
        this.wanted = wanted;
        this.completer = completer;
        this.looks = looks;
        this.list = new CandidateList(looks);
    }

    /**
     * The rows for a line.
     *
     * @param screen the size of the screen
     * @param taken how many of its rows have something else
     * @return empty where nothing is to be shown
     */
    Optional<AttributedString> under(String line, int cursor, Size screen, int taken) {
        int rows = Math.min(MOST_ROWS, screen.getRows() - taken);
        if (rows < 1 || !Bar.hasPlace(screen) || !wanted.getAsBoolean()) {
            return Optional.empty();
        }
        Tokens tokens = Tokenizer.parse(line, cursor);
        String typed = tokens.before();
        if (typed.isEmpty() || tokens.inComment() || tokens.operator().isPresent()) {
            return Optional.empty();
        }
        List<Proposal> all =
                TabCompleter.proposals(completer.get().withoutFiles(), new WordParser.Line(line, cursor, tokens));
        boolean whole = all.size() == 1 && all.get(0).value().equals(typed);
        if (all.isEmpty() || whole) {
            return Optional.empty();
        }
        boolean more = all.size() > rows;
        List<Candidate> first = new ArrayList<>();
        for (Proposal one : all.subList(0, more ? rows - 1 : all.size())) {
            first.add(TabCompleter.candidate(one, first.size()));
        }
        List<AttributedString> shown = new ArrayList<>();
        if (!first.isEmpty()) {
            shown.add(list.show(first, null, typed, screen.getColumns(), rows));
        }
        if (more) {
            String rest = "  " + (all.size() - first.size()) + " more, Tab lists them";
            shown.add(new AttributedString(rest, looks.dim()));
        }
        return Optional.of(AttributedString.join(new AttributedString("\n"), shown));
    }
}
