package dev.ast.shell.line;

import dev.ast.shell.LastResult;
import dev.ast.shell.grammar.Catalog;
import dev.ast.shell.grammar.Tokenizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What one shell or script knows from line to line. */
public final class LineState {
    private final Variables variables = new Variables();
    private final LastResult last = new LastResult();
    private final Supplier<Aliases> aliases;
    private @Nullable Map<String, String> known;

    /** The variables. */
    public Variables variables() {
        return variables;
    }

    /** The last result. */
    public LastResult last() {
        return last;
    }

    /** What a new shell or script knows. */
    public LineState(Supplier<Aliases> aliases) {
        this.aliases = aliases;
    }

    /** The user's own words, to list and to change. */
    public Aliases aliases() {
        known = null;
        return aliases.get();
    }

    /** What the user's own words stand for, as it was read first. */
    public Map<String, String> words() {
        Map<String, String> all = known;
        if (all == null) {
            all = aliases.get().all();
            known = all;
        }
        return all;
    }

    /**
     * The words of a line, an alias at its beginning replaced once. A word of a command is no alias.
     *
     * @throws dev.ast.domain.FailureException (usage) when the words of the alias cannot be read
     */
    public List<String> expand(List<String> words, Catalog catalog) {
        if (words.isEmpty() || catalog.leadsOn(words.get(0))) {
            return words;
        }
        String replacement = words().get(words.get(0));
        if (replacement == null) {
            return words;
        }
        List<String> expanded = new ArrayList<>(Tokenizer.words(replacement));
        expanded.addAll(words.subList(1, words.size()));
        return expanded;
    }
}
