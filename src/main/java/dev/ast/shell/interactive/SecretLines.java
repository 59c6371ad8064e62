package dev.ast.shell.interactive;

import dev.ast.command.CommandSpec;
import dev.ast.command.GlobalOptions;
import dev.ast.command.OptionSpec;
import dev.ast.command.OptionSpec.Takes;
import dev.ast.domain.SecretShape;
import dev.ast.shell.grammar.Catalog;
import dev.ast.shell.grammar.Nearest;
import dev.ast.shell.grammar.Tokenizer;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Tells which lines history must not keep: those with an option for a secret, also a mistyped one, those with a word
 * that looks like a token or names a password, and those that begin with a blank. When in doubt a line is forgotten.
 */
final class SecretLines {
    private static final Set<String> ALWAYS = Set.of("token", "with-token", "token-login");
    private static final Pattern NAMED = Pattern.compile(
            "(?i)(^|[^a-z])(password|passwd|pwd|secret|token|api[-_]?key|authorization)[\"']?\\s*[=:]\\s*.+",
            Pattern.DOTALL);

    private final Catalog catalog;
    private final Set<String> secret;
    private final Set<String> open;

    SecretLines(Catalog catalog) {
        this.catalog = catalog;
        this.secret = Stream.concat(
                        ALWAYS.stream(),
                        options(catalog).filter(OptionSpec::secret).map(OptionSpec::name))
                .collect(Collectors.toUnmodifiableSet());
        this.open = options(catalog)
                .map(OptionSpec::name)
                .filter(name -> !secret.contains(name))
                .collect(Collectors.toUnmodifiableSet());
    }

    private static Stream<OptionSpec> options(Catalog catalog) {
        return Stream.concat(
                GlobalOptions.SPECS.stream(), catalog.all().stream().flatMap(command -> command.options().stream()));
    }

    /** Whether the line must be forgotten. */
    boolean holds(String line) {
        if (line.isEmpty() || Character.isWhitespace(line.charAt(0))) {
            return true;
        }
        List<String> words = Tokenizer.parse(line, line.length()).words();
        return words.stream()
                .anyMatch(word -> SecretShape.matches(word)
                        || NAMED.matcher(word).find()
                        || secretName(word)
                        || secretLetter(word, words));
    }

    private boolean secretName(String word) {
        if (!word.startsWith("--")) {
            return false;
        }
        int equals = word.indexOf('=');
        String name = word.substring(2, equals < 0 ? word.length() : equals);
        return secret.contains(name)
                || (!open.contains(name) && Nearest.to(name, secret).isPresent());
    }

    private boolean secretLetter(String word, List<String> words) {
        if (word.length() < 2 || word.charAt(0) != '-' || word.charAt(1) == '-') {
            return false;
        }
        for (int i = 1; i < word.length(); i++) {
            char letter = word.charAt(i);
            List<OptionSpec> meant = candidates(words)
                    .filter(option ->
                            option.letter().filter(own -> own == letter).isPresent())
                    .toList();
            if (meant.stream().anyMatch(OptionSpec::secret)) {
                return true;
            }
            if (meant.stream().anyMatch(option -> option.takes() != Takes.NOTHING)) {
                return false; // what follows is its value
            }
        }
        return false;
    }

    /** The options of the line's command; where it is not known, those of all commands. */
    private Stream<OptionSpec> candidates(List<String> words) {
        Optional<CommandSpec> command = Optional.empty();
        String path = "";
        for (String word : words) {
            path = path.isEmpty() ? word : path + " " + word;
            if (!catalog.leadsOn(path)) {
                break;
            }
            command = catalog.find(path);
        }
        return command.map(found -> Stream.concat(found.options().stream(), GlobalOptions.SPECS.stream()))
                .orElseGet(() -> options(catalog));
    }
}
