package dev.ast.shell.completion;

import dev.ast.command.ArgumentSpec;
import dev.ast.command.CommandSpec;
import dev.ast.command.GlobalOptions;
import dev.ast.command.OptionSpec;
import dev.ast.command.OptionSpec.Takes;
import dev.ast.command.Values;
import dev.ast.shell.grammar.Catalog;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Writes the completion script for bash. Commands, options and fixed values are written into it; only for the
 * user's own names (profiles, contexts, providers) it starts the program, because a start takes longer than a key press
 * should.
 */
public final class BashCompletion {
    private BashCompletion() {}

    /** The script: tables made from the catalog, and the code that reads them, for bash 3.2 and later. */
    public static String script(Catalog catalog) {
        return "# Completion of ast for bash, written by: ast completion bash\n\n"
                + words(catalog)
                + options(catalog)
                + values(catalog)
                + letters(catalog)
                + CompletionCode.of("ast.bash");
    }

    /** The words that can follow those of a command's name. */
    private static String words(Catalog catalog) {
        Map<String, String> cases = new TreeMap<>();
        for (String path : paths(catalog)) {
            String words =
                    join(catalog.next(path).stream().map(Catalog.Word::text).toList());
            if (!words.isEmpty()) {
                cases.put(path, words);
            }
        }
        return function("_ast_words", cases, "");
    }

    /** The options of a command and, after a bar, its options that may be repeated. */
    private static String options(Catalog catalog) {
        Map<String, String> cases = new TreeMap<>();
        for (Map.Entry<String, CommandSpec> named : named(catalog).entrySet()) {
            List<OptionSpec> own = named.getValue().options();
            if (!own.isEmpty()) {
                List<OptionSpec> many =
                        own.stream().filter(OptionSpec::repeatable).toList();
                cases.put(named.getKey(), names(own) + " | " + names(many));
            }
        }
        String ofAll = names(GlobalOptions.SPECS.stream()
                .filter(option -> !option.name().equals("version"))
                .toList());
        return function("_ast_options", cases, " | ") + "_ast_global=" + quote(ofAll) + "\n\n";
    }

    /** The values of an option or an argument (by its number from 0); flags have no entry. */
    private static String values(Catalog catalog) {
        Map<String, String> cases = new TreeMap<>();
        named(catalog).forEach((name, command) -> {
            command.options().forEach(option -> put(cases, name + " --" + option.name(), option));
            int number = 0;
            for (ArgumentSpec argument : command.arguments()) {
                String key = argument.isLast() ? "*" : String.valueOf(number++);
                cases.put(name + " " + key, describe(argument.values()));
            }
        });
        GlobalOptions.SPECS.forEach(option -> put(cases, "* --" + option.name(), option));
        return function("_ast_values", cases, "");
    }

    private static void put(Map<String, String> cases, String key, OptionSpec option) {
        if (option.takes() != Takes.NOTHING) {
            String maybe = option.takes() == Takes.MAYBE ? "maybe " : "";
            cases.put(key, maybe + describe(option.values()));
        }
    }

    /** The long names of the letters. */
    private static String letters(Catalog catalog) {
        Map<String, String> cases = new TreeMap<>();
        named(catalog)
                .forEach((name, command) -> command.options()
                        .forEach(option ->
                                option.letter().ifPresent(c -> cases.put(name + " -" + c, "--" + option.name()))));
        GlobalOptions.SPECS.forEach(option ->
                option.letter().ifPresent(c -> cases.put("* -" + c, "--" + option.name())));
        return function("_ast_letter", cases, "");
    }

    private static String describe(Values values) {
        return switch (values.kind()) {
            case FREE, TEXT_OR_FILE, SCOPE, REQUEST -> "free";
            case WORDS, SUGGESTED -> "words " + join(values.words());
            case FILE -> "file";
            case COMMAND -> "command";
            case PROFILE, CONTEXT, PROVIDER -> "ask";
        };
    }

    /** A function that sets REPLY by the first pattern that matches; own entries come before those with an asterisk. */
    private static String function(String name, Map<String, String> cases, String otherwise) {
        StringBuilder text = new StringBuilder(name + "() {\n    case $1 in\n");
        for (boolean general : new boolean[] {false, true}) {
            cases.forEach((key, value) -> {
                if (key.startsWith("* ") == general && !key.endsWith(" *")) {
                    String pattern = general ? "*" + quote(key.substring(1)) : quote(key);
                    answer(text, pattern, value);
                }
            });
        }
        cases.forEach((key, value) -> {
            if (key.endsWith(" *")) { // every further word of a rest argument
                String pattern = quote(key.substring(0, key.length() - 1)) + "[0-9]*";
                answer(text, pattern, value);
            }
        });
        return text + "        *) REPLY=" + quote(otherwise) + " ;;\n    esac\n}\n\n";
    }

    // Without a format, which would take a tenth of the whole command's time.
    private static void answer(StringBuilder text, String pattern, String value) {
        text.append("        ")
                .append(pattern)
                .append(") REPLY=")
                .append(quote(value))
                .append(" ;;\n");
    }

    private static Map<String, CommandSpec> named(Catalog catalog) {
        Map<String, CommandSpec> named = new TreeMap<>();
        for (CommandSpec command : catalog.visible()) {
            named.put(command.name(), command);
            command.aliases().forEach(alias -> named.put(alias, command));
        }
        return named;
    }

    /** The beginnings of all names, the empty one included. */
    private static List<String> paths(Catalog catalog) {
        List<String> paths = new ArrayList<>(List.of(""));
        for (String name : named(catalog).keySet()) {
            for (int space = name.indexOf(' '); space >= 0; space = name.indexOf(' ', space + 1)) {
                String path = name.substring(0, space);
                if (!paths.contains(path)) {
                    paths.add(path);
                }
            }
        }
        return paths;
    }

    private static String names(List<OptionSpec> options) {
        return options.stream().map(option -> "--" + option.name()).sorted().collect(Collectors.joining(" "));
    }

    private static String join(List<String> words) {
        return String.join(" ", words);
    }

    private static String quote(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }
}
