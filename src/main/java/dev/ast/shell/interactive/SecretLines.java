package dev.ast.shell.interactive;

import dev.ast.command.GlobalOptions;
import dev.ast.command.OptionSpec;
import dev.ast.domain.Nearest;
import dev.ast.domain.SecretShape;
import dev.ast.shell.grammar.Catalog;
import dev.ast.shell.grammar.CommandLine;
import dev.ast.shell.grammar.CommandLine.Role;
import dev.ast.shell.grammar.GivenOption;
import dev.ast.shell.grammar.Tokenizer;
import dev.ast.shell.grammar.Tokenizer.Token;
import dev.ast.shell.grammar.Tokenizer.Tokens;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Decides which lines history must not keep: those with an option for a secret, also a mistyped one, those with a word
 * that looks like a token or names a password, and those that begin with a space. When in doubt a line is not kept.
 */
final class SecretLines {
    private static final Pattern NAMED = Pattern.compile(
            "(?i)(^|[^a-z])(password|passwd|pwd|secret|token|api[-_]?key|authorization)[\"']?\\s*[=:]\\s*.+",
            Pattern.DOTALL);

    private static final Pattern SECRET_NAME =
            Pattern.compile("(?i)password|passwd|pwd|secret|token|key|authorization");

    private final Catalog catalog;
    private final Set<String> names = new HashSet<>(List.of("token", "with-token", "token-login"));
    private final Set<Character> letters = new HashSet<>();

    SecretLines(Catalog catalog) {
        this.catalog = catalog;
        Stream.concat(GlobalOptions.SPECS.stream(), catalog.all().stream().flatMap(spec -> spec.options().stream()))
                .filter(OptionSpec::secret)
                .forEach(option -> {
                    names.add(option.name());
                    option.letter().ifPresent(letters::add);
                });
    }

    /** Whether the line must not be kept. */
    boolean holds(String line) {
        if (line.isEmpty() || Character.isWhitespace(line.charAt(0))) {
            return true;
        }
        Tokens tokens = Tokenizer.parse(line, line.length());
        List<String> words = tokens.command().stream().map(Token::text).toList();
        CommandLine read = CommandLine.of(catalog, words);
        for (GivenOption given : read.given()) {
            if (names.contains(given.option().name())) {
                return true;
            }
        }
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            if (mayName(word, read.role(i))) {
                return true;
            }
        }
        boolean named = words.size() > 2
                && words.get(0).equals("set")
                && SECRET_NAME.matcher(words.get(1)).find();
        // The words of programs and files too, and those of a comment.
        return named
                || Stream.concat(tokens.words().stream(), Stream.of(line.split("\\s+", -1)))
                        .anyMatch(word ->
                                SecretShape.matches(word) || NAMED.matcher(word).find());
    }

    /** Whether a word that is not a known option is one for a secret: mistyped, or with a mistyped command or none. */
    private boolean mayName(String word, Role role) {
        if (word.startsWith("--") && role != Role.OPTION) {
            int equals = word.indexOf('=');
            String name = word.substring(2, equals < 0 ? word.length() : equals);
            return names.contains(name) || Nearest.to(name, names).isPresent();
        }
        return (role == Role.REFUSED || role == Role.VALUE)
                && word.startsWith("-")
                && word.chars().anyMatch(letter -> letters.contains((char) letter));
    }
}
