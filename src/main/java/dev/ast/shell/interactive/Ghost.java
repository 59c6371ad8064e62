package dev.ast.shell.interactive;

import dev.ast.shell.completion.ArgumentHint;
import dev.ast.shell.grammar.Catalog;
import dev.ast.shell.grammar.CommandLine;
import dev.ast.shell.grammar.Tokenizer;
import dev.ast.shell.grammar.Tokenizer.Tokens;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What is shown dim after the cursor.
 *
 * @param text what
 * @param typable whether the keys that go to the right take it into the line
 */
record Ghost(String text, boolean typable) {
    static final Ghost NONE = new Ghost("", false);

    /**
     * The rest of an earlier line that succeeded, or else the name of the next argument.
     *
     * @param catalog absent while the commands are not known yet; it must not wait
     */
    static Ghost after(String typed, SecretFreeHistory history, Supplier<Optional<Catalog>> catalog) {
        Optional<Catalog> known = catalog.get();
        if (typed.isBlank() || known.isEmpty()) {
            return NONE;
        }
        Optional<String> earlier = history.suggestion(typed, line -> isCorrect(line, known.get()));
        if (earlier.isPresent()) {
            return new Ghost(earlier.get(), true);
        }
        Tokens tokens = Tokenizer.parse(typed, typed.length());
        if (!typed.endsWith(" ") || !tokens.finished() || tokens.before().length() > 0) {
            return NONE;
        }
        CommandLine line = CommandLine.of(known.get(), tokens.words().subList(0, tokens.index()));
        return ArgumentHint.of(line).map(name -> new Ghost(name, false)).orElse(NONE);
    }

    private static boolean isCorrect(String line, Catalog catalog) {
        Tokens tokens = Tokenizer.parse(line, line.length());
        return tokens.finished() && CommandLine.of(catalog, tokens.words()).failedAt() < 0;
    }
}
