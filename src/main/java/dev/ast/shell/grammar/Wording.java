package dev.ast.shell.grammar;

import dev.ast.command.ArgumentSpec;
import dev.ast.command.CommandSpec;
import dev.ast.command.GlobalOptions;
import dev.ast.command.OptionSpec;
import dev.ast.command.Values;
import dev.ast.domain.Failure;
import dev.ast.domain.FailureException;
import dev.ast.domain.SecretShape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The usage failures of one line. It knows whether a secret has stood in the line already: from there on nothing is
 * repeated, for a secret with a blank in it goes on in the next word.
 */
final class Wording {
    private static final int LONGEST_ECHO = 40;
    private static final int CUT = 20;

    private final Catalog catalog;
    private Optional<String> secret = Optional.empty();
    private boolean unknownCommand;

    Wording(Catalog catalog) {
        this.catalog = catalog;
    }

    /** Takes note of a value; one that only names a place, as {@code -} and {@code @FILE} do, is no secret. */
    void seen(OptionSpec option, Optional<String> value) {
        boolean literal =
                value.filter(text -> !text.equals("-") && !text.startsWith("@")).isPresent();
        if (option.secret() && literal && secret.isEmpty()) {
            secret = Optional.of("--" + option.name());
        }
    }

    /** Whether the failure was about a word that names no command. */
    boolean unknownCommand() {
        return unknownCommand;
    }

    FailureException noCommand() {
        return Failure.usage("no command is given", "ast help");
    }

    FailureException unknownCommand(String path, String word) {
        unknownCommand = true;
        List<String> known = catalog.next(path).stream().map(Catalog.Word::text).toList();
        Optional<String> near = Nearest.to(word, known).map(found -> join(path, found));
        boolean whole = secret.isEmpty() && isShort(word);
        String what = whole ? "'" + join(path, word) + "'" : echo(word);
        return Failure.usage(
                "unknown command " + what + suggestion(near),
                near.map(name -> catalog.find(name).isPresent() ? "ast " + name : "ast help " + name)
                        .orElse(helpFor(path)));
    }

    FailureException groupAlone(String path) {
        List<String> words = catalog.next(path).stream().map(Catalog.Word::text).toList();
        return Failure.usage(path + " needs one of: " + String.join(", ", words), helpFor(path));
    }

    FailureException unknownOption(String written, String path) {
        Optional<CommandSpec> command = catalog.find(path);
        List<String> known = new ArrayList<>();
        command.ifPresent(found -> found.options().forEach(option -> known.add("--" + option.name())));
        GlobalOptions.SPECS.forEach(option -> known.add("--" + option.name()));
        Optional<String> near = written.length() > 3 ? Nearest.to(written, known) : Optional.empty();
        String where = command.map(found -> " of " + path).orElse("");
        String hint = command.flatMap(found -> restOf(found).map(rest -> "ast " + path + " -- " + rest))
                .orElse(helpFor(path));
        return Failure.usage("unknown option " + echo(written) + where + suggestion(near), hint);
    }

    FailureException takesNoValue(String written, String path) {
        return Failure.usage(written + " takes no value", helpFor(path));
    }

    FailureException needsValue(OptionSpec option, String written) {
        return Failure.usage("%s needs a value: %s".formatted(written, option.valueName()));
    }

    FailureException twice(String written) {
        return Failure.usage(written + " is given twice");
    }

    FailureException missing(String path, ArgumentSpec argument) {
        return Failure.usage(path + " needs " + argument.name(), helpFor(path));
    }

    FailureException surplus(String path, String word) {
        return Failure.usage("surplus word " + echo(word) + " after " + path, helpFor(path));
    }

    /** Refuses a value outside the option's fixed list. */
    void checkValue(OptionSpec option, String written, String value) {
        if (outside(option.values(), value)) {
            String got = option.secret() ? "" : ", not " + echo(value);
            throw Failure.usage(written + " must be " + oneOf(option.values()) + got);
        }
    }

    /** Refuses a word outside the argument's fixed list. */
    void checkWord(ArgumentSpec argument, String word) {
        if (outside(argument.values(), word)) {
            throw Failure.usage(argument.name() + " must be " + oneOf(argument.values()) + ", not " + echo(word));
        }
    }

    /** Reads the global options; after a secret a failure only says which option is meant. */
    GlobalOptions guard(Map<String, List<String>> options) {
        if (secret.isEmpty()) {
            return GlobalOptions.from(options);
        }
        options.forEach((name, values) -> {
            try {
                GlobalOptions.from(Map.of(name, values));
            } catch (FailureException e) {
                throw Failure.usage("the value of --" + name + " is not valid");
            }
        });
        return GlobalOptions.from(options);
    }

    private String echo(String word) {
        if (secret.isPresent()) {
            return "(a word after " + secret.get() + ")";
        }
        if (SecretShape.matches(word)) {
            return "(a word that looks like a token)";
        }
        return isShort(word) ? "'" + word + "'" : "'" + word.substring(0, word.offsetByCodePoints(0, CUT)) + "…'";
    }

    private static boolean isShort(String word) {
        return word.length() <= LONGEST_ECHO && !SecretShape.matches(word);
    }

    private static String suggestion(Optional<String> near) {
        return near.map(found -> "; did you mean '" + found + "'?").orElse("");
    }

    private static Optional<String> restOf(CommandSpec command) {
        return command.arguments().stream()
                .filter(argument -> argument.count() == ArgumentSpec.Count.REST)
                .map(ArgumentSpec::name)
                .findFirst();
    }

    private static boolean outside(Values values, String word) {
        return values.kind() == Values.Kind.WORDS && !values.words().contains(word);
    }

    private static String oneOf(Values values) {
        List<String> words = values.words();
        if (words.size() == 1) {
            return words.get(0);
        }
        return String.join(", ", words.subList(0, words.size() - 1)) + " or " + words.get(words.size() - 1);
    }

    private static String helpFor(String path) {
        return path.isEmpty() ? "ast help" : "ast help " + path;
    }

    private static String join(String path, String word) {
        return path.isEmpty() ? word : path + " " + word;
    }
}
