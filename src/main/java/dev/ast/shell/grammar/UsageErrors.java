package dev.ast.shell.grammar;

import dev.ast.command.ArgumentSpec;
import dev.ast.command.CommandSpec;
import dev.ast.command.OptionSpec;
import dev.ast.command.Values;
import dev.ast.domain.Failure;
import dev.ast.domain.FailureException;
import dev.ast.domain.Nearest;
import dev.ast.domain.SecretShape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The usage errors about one word of a line. Once a secret has been read, no later word is repeated: a secret with a space
 * in it continues in the next word.
 */
final class UsageErrors {
    private static final int LONGEST_ECHO = 40;
    private static final int CUT = 20;

    private final Catalog catalog;
    private final List<OptionSpec> common;
    private final String path;
    private final Optional<String> secret;

    /**
     * Errors about a word.
     *
     * @param common the options of every command
     * @param path the command's words before it
     * @param secret the option before it whose literal value is a secret
     */
    UsageErrors(Catalog catalog, List<OptionSpec> common, String path, Optional<String> secret) {
        this.catalog = catalog;
        this.common = common;
        this.path = path;
        this.secret = secret;
    }

    FailureException noCommand() {
        return Failure.usage("no command is given", "ast help");
    }

    FailureException unknownCommand(String word) {
        List<String> known = catalog.next(path).stream().map(Catalog.Word::text).toList();
        Optional<String> near = Nearest.to(word, known).map(found -> join(found));
        boolean whole = secret.isEmpty() && isShort(word);
        String what = whole ? "'" + join(word) + "'" : echo(word);
        return Failure.usage(
                "unknown command " + what + suggestion(near),
                near.map(name -> catalog.find(name).isPresent() ? "ast " + name : "ast help " + name)
                        .orElse(help()));
    }

    FailureException groupAlone() {
        List<String> words = catalog.next(path).stream().map(Catalog.Word::text).toList();
        return Failure.usage(path + " needs one of: " + String.join(", ", words), help());
    }

    FailureException unknownOption(String written) {
        Optional<CommandSpec> command = catalog.find(path);
        List<String> known = new ArrayList<>();
        command.ifPresent(found -> found.options().forEach(option -> known.add("--" + option.name())));
        common.forEach(option -> known.add("--" + option.name()));
        Optional<String> near = written.length() > 3 ? Nearest.to(written, known) : Optional.empty();
        String where = command.map(found -> " of " + path).orElse("");
        String hint = command.flatMap(found -> restOf(found).map(rest -> "ast " + path + " -- " + rest))
                .orElse(help());
        return Failure.usage("unknown option " + echo(written) + where + suggestion(near), hint);
    }

    FailureException takesNoValue(String written) {
        return Failure.usage(written + " takes no value", help());
    }

    FailureException needsValue(OptionSpec option, String written) {
        return Failure.usage("%s needs a value: %s".formatted(written, option.valueName()));
    }

    FailureException twice(String written) {
        return Failure.usage(written + " is given twice");
    }

    FailureException missing(ArgumentSpec argument) {
        return Failure.usage(path + " needs " + argument.name(), help());
    }

    FailureException unexpected(String word) {
        return Failure.usage("unexpected argument " + echo(word) + " after " + path, help());
    }

    FailureException badValue(OptionSpec option, String written, String value) {
        String got = option.secret() ? "" : ", not " + echo(value);
        return Failure.usage(written + " must be " + oneOf(option.values()) + got);
    }

    FailureException needsSeparator() {
        return Failure.usage("a program and its words stand behind --", "ast " + path + " -- PROGRAM");
    }

    FailureException badArgument(ArgumentSpec argument, String word) {
        return Failure.usage(argument.name() + " must be " + oneOf(argument.values()) + ", not " + echo(word));
    }

    /** What is wrong with a global option's value; after a secret it only names the option. */
    FailureException badGlobal(OptionSpec option, FailureException cause) {
        return secret.isEmpty() ? cause : Failure.usage("the value of --" + option.name() + " is not valid");
    }

    /** Whether a word is not in a fixed list of values. */
    static boolean outside(Values values, String word) {
        return values.kind() == Values.Kind.WORDS && !values.words().contains(word);
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

    // Only words for another program can be options that this one does not know.
    private static Optional<String> restOf(CommandSpec command) {
        return command.arguments().stream()
                .filter(argument -> argument.count() == ArgumentSpec.Count.PROGRAM)
                .map(ArgumentSpec::name)
                .findFirst();
    }

    private static String oneOf(Values values) {
        List<String> words = values.words();
        if (words.size() == 1) {
            return words.get(0);
        }
        return String.join(", ", words.subList(0, words.size() - 1)) + " or " + words.get(words.size() - 1);
    }

    private String help() {
        return path.isEmpty() ? "ast help" : "ast help " + path;
    }

    private String join(String word) {
        return path.isEmpty() ? word : path + " " + word;
    }
}
