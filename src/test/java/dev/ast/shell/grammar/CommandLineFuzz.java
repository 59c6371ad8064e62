package dev.ast.shell.grammar;

import static dev.ast.support.Fuzzed.CANARY;
import static dev.ast.support.Fuzzed.reading;
import static dev.ast.support.Fuzzed.readingSecret;
import static dev.ast.support.Fuzzed.require;

import dev.ast.app.LaunchRequest;
import dev.ast.app.ProgramCatalog;
import dev.ast.support.Fuzzed;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Lines of the shell, and argv: split, quoted, and made into calls of the program's own commands. */
public final class CommandLineFuzz {
    private static final Catalog CATALOG = ProgramCatalog.create();

    private CommandLineFuzz() {}

    /** One input, a line. */
    public static void fuzzerTestOneInput(byte[] input) {
        String line = Fuzzed.text(input);
        for (int cursor : new int[] {0, line.length() / 2, line.length()}) {
            Tokenizer.Tokens tokens = Tokenizer.parse(line, cursor);
            require(tokens.index() < tokens.tokens().size(), "no word is at the cursor");
        }
        Optional<List<String>> words = reading(() -> Tokenizer.words(line));
        if (words.isEmpty()) {
            return;
        }
        List<String> quoted = words.get().stream()
                .map(word -> word.isEmpty() ? "''" : Tokenizer.escape(word, Tokenizer.Quote.NONE))
                .toList();
        require(Tokenizer.words(String.join(" ", quoted)).equals(words.get()), "quoting changes the words");
        reading(() -> LaunchRequest.of(words.get(), true))
                .ifPresent(request -> reading(() -> request.withDefaults(words.get())));
        reading(() -> CommandLine.of(CATALOG, words.get()).command());
        if (!words.get().contains("--") && !line.contains(CANARY)) {
            withSecret(words.get());
        }
    }

    // Wherever the secret option stands, and whatever is wrong with the line, the secret is not repeated.
    private static void withSecret(List<String> words) {
        for (int at = 0; at <= Math.min(words.size(), 4); at++) {
            List<String> line = new ArrayList<>(words);
            line.add(at, CANARY);
            line.add(at, "--token");
            readingSecret(() -> CommandLine.of(CATALOG, line).command());
        }
    }
}
