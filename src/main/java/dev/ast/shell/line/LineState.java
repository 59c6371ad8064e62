package dev.ast.shell.line;

import dev.ast.shell.LastResult;
import dev.ast.shell.grammar.Catalog;
import dev.ast.shell.grammar.Tokenizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What one shell or script knows from line to line. */
public final class LineState {
    private final Variables variables = new Variables();
    private final LastResult last = new LastResult();
    private Map<String, String> aliases = Map.of();

    /** The variables. */
    public Variables variables() {
        return variables;
    }

    /** The last result. */
    public LastResult last() {
        return last;
    }

    /** Uses these words of the user's own from now on: the words that each stands for, as they are written in a line. */
    public void useAliases(Map<String, String> words) {
        aliases = Map.copyOf(words);
    }

    /**
     * The words of a line, an alias at its beginning replaced once. A word of a command is no alias.
     *
     * @throws dev.ast.domain.FailureException (usage) when the words of the alias cannot be read
     */
    List<String> expand(List<String> words, Catalog catalog) {
        String replacement = aliases.get(words.get(0));
        if (replacement == null || catalog.leadsOn(words.get(0))) {
            return words;
        }
        List<String> expanded = new ArrayList<>(Tokenizer.words(replacement));
        expanded.addAll(words.subList(1, words.size()));
        return expanded;
    }
}
