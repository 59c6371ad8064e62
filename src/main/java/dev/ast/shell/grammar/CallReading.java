package dev.ast.shell.grammar;

import dev.ast.command.ArgumentSpec;
import dev.ast.command.ArgumentSpec.Count;
import dev.ast.command.CommandSpec;
import dev.ast.command.GlobalOptions;
import dev.ast.command.OptionSpec;
import dev.ast.command.OptionSpec.Takes;
import dev.ast.domain.FailureException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** The reading of one list of words, from left to right. */
final class CallReading {
    private final Catalog catalog;
    private final List<String> words;
    private final Wording wording;
    private int next;

    private String path = "";
    private boolean pathEnded;
    private boolean optionsEnded;
    private final List<String> positional = new ArrayList<>();
    private final Map<String, List<String>> own = new LinkedHashMap<>();
    private final Map<String, List<String>> global = new LinkedHashMap<>();

    CallReading(Catalog catalog, List<String> words) {
        this.catalog = catalog;
        this.words = words;
        this.wording = new Wording(catalog);
    }

    ParsedCall call() {
        if (words.isEmpty()) {
            throw wording.noCommand();
        }
        try {
            while (next < words.size()) {
                read(words.get(next++));
            }
            return asksForHelp() ? help() : checked();
        } catch (FailureException e) {
            if (asksForHelp() && !wording.unknownCommand()) {
                return help();
            }
            throw e;
        }
    }

    private void read(String word) {
        if (optionsEnded || !word.startsWith("-") || word.equals("-")) {
            readWord(word);
        } else if (word.equals("--")) {
            optionsEnded = true;
            pathEnded = true;
        } else if (word.startsWith("--")) {
            readLong(word);
        } else {
            readLetters(word);
        }
    }

    private void readWord(String word) {
        if (!pathEnded) {
            String longer = path.isEmpty() ? word : path + " " + word;
            if (!word.isEmpty() && word.indexOf(' ') < 0 && catalog.leadsOn(longer)) {
                path = longer;
                return;
            }
            if (command().isEmpty()) {
                throw wording.unknownCommand(path, word);
            }
            pathEnded = true;
        }
        positional.add(word);
    }

    private void readLong(String word) {
        int equals = word.indexOf('=');
        String name = word.substring(2, equals < 0 ? word.length() : equals);
        OptionSpec option = option(candidate -> candidate.name().equals(name))
                .orElseThrow(() -> wording.unknownOption("--" + name, path));
        take(option, "--" + name, equals < 0 ? Optional.empty() : Optional.of(word.substring(equals + 1)));
    }

    private void readLetters(String word) {
        for (int i = 1; i < word.length(); i++) {
            char letter = word.charAt(i);
            OptionSpec option = option(candidate -> hasLetter(candidate, letter))
                    .orElseThrow(() -> wording.unknownOption("-" + letter, path));
            String attached = word.substring(i + 1);
            if (option.takes() == Takes.NOTHING && !attached.startsWith("=")) {
                take(option, "-" + letter, Optional.empty());
                continue;
            }
            String value = attached.startsWith("=") ? attached.substring(1) : attached;
            take(option, "-" + letter, attached.isEmpty() ? Optional.empty() : Optional.of(value));
            return;
        }
    }

    private void take(OptionSpec option, String written, Optional<String> attached) {
        boolean isOwn =
                command().flatMap(command -> command.option(option.name())).isPresent();
        Map<String, List<String>> taken = isOwn ? own : global;
        pathEnded |= isOwn;
        Optional<String> value = switch (option.takes()) {
            case NOTHING -> {
                if (attached.isPresent()) {
                    throw wording.takesNoValue(written, path);
                }
                yield Optional.of("");
            }
            case VALUE ->
                Optional.of(attached.or(this::nextValue).orElseThrow(() -> wording.needsValue(option, written)));
            case MAYBE -> attached.or(this::nextPlainWord);
        };
        if (taken.containsKey(option.name()) && !option.repeatable() && !isHelp(option)) {
            throw wording.twice(written);
        }
        List<String> values = taken.computeIfAbsent(option.name(), name -> new ArrayList<>());
        value.ifPresent(text -> {
            wording.checkValue(option, written, text);
            values.add(text);
        });
        wording.seen(option, value);
    }

    /** The next word, unless it is an option itself: a forgotten value must not swallow what follows. */
    private Optional<String> nextValue() {
        if (next >= words.size() || looksLikeOption(words.get(next))) {
            return Optional.empty();
        }
        return Optional.of(words.get(next++));
    }

    private Optional<String> nextPlainWord() {
        // A dash alone is standard input, and no option.
        if (next >= words.size()
                || (words.get(next).startsWith("-") && !words.get(next).equals("-"))) {
            return Optional.empty();
        }
        return Optional.of(words.get(next++));
    }

    private boolean looksLikeOption(String word) {
        if (word.startsWith("--")) {
            return true;
        }
        return word.length() == 2
                && word.charAt(0) == '-'
                && option(candidate -> hasLetter(candidate, word.charAt(1))).isPresent();
    }

    private Optional<OptionSpec> option(Predicate<OptionSpec> wanted) {
        Optional<OptionSpec> found = command().flatMap(command -> first(command.options(), wanted));
        return found.isPresent() ? found : first(GlobalOptions.SPECS, wanted);
    }

    private static Optional<OptionSpec> first(List<OptionSpec> options, Predicate<OptionSpec> wanted) {
        for (OptionSpec option : options) {
            if (wanted.test(option)) {
                return Optional.of(option);
            }
        }
        return Optional.empty();
    }

    private static boolean hasLetter(OptionSpec option, char letter) {
        return option.letter().filter(own -> own == letter).isPresent();
    }

    private static boolean isHelp(OptionSpec option) {
        return option.name().equals("help");
    }

    private Optional<CommandSpec> command() {
        return path.isEmpty() ? Optional.empty() : catalog.find(path);
    }

    private boolean asksForHelp() {
        for (String word : words) {
            if (word.equals("--")) {
                return false;
            }
            if (word.equals("--help") || word.equals("-h")) {
                return true;
            }
        }
        return global.containsKey("help");
    }

    private ParsedCall help() {
        CommandSpec command = command().orElseGet(() -> ParsedCall.groupNamed(path));
        GlobalOptions options;
        try {
            options = globalOptions();
        } catch (FailureException e) {
            options = GlobalOptions.NONE; // help is given in spite of a bad value
        }
        return new ParsedCall(command, options, Map.of(), Map.of(), List.of(), true);
    }

    private ParsedCall checked() {
        Optional<CommandSpec> version = catalog.find("version");
        if (version.isPresent() && global.containsKey("version")) {
            return new ParsedCall(version.get(), globalOptions(), Map.of(), Map.of(), List.of(), false);
        }
        if (path.isEmpty()) {
            throw wording.noCommand();
        }
        Optional<CommandSpec> named = command();
        if (named.isEmpty()) {
            throw wording.groupAlone(path);
        }
        CommandSpec command = named.get();
        Map<String, String> arguments = new LinkedHashMap<>();
        List<String> rest = new ArrayList<>();
        assign(command, arguments, rest);
        return new ParsedCall(command, globalOptions(), frozen(own), Map.copyOf(arguments), List.copyOf(rest), false);
    }

    /** Gives each argument its word; an optional one gets a word only when the required ones have theirs. */
    private void assign(CommandSpec command, Map<String, String> arguments, List<String> rest) {
        int spare = positional.size();
        for (ArgumentSpec argument : command.arguments()) {
            spare -= argument.count() == Count.ONE ? 1 : 0;
        }
        int at = 0;
        for (ArgumentSpec argument : command.arguments()) {
            if (argument.count() == Count.REST) {
                List<String> left = positional.subList(at, positional.size());
                for (String word : left) {
                    wording.checkWord(argument, word);
                }
                rest.addAll(left);
                at = positional.size();
            } else if (argument.count() == Count.ONE || spare-- > 0) {
                if (at >= positional.size()) {
                    throw wording.missing(path, argument);
                }
                String word = positional.get(at++);
                wording.checkWord(argument, word);
                arguments.put(argument.name(), word);
            }
        }
        if (at < positional.size()) {
            throw wording.surplus(path, positional.get(at));
        }
    }

    private GlobalOptions globalOptions() {
        Map<String, List<String>> plain = new LinkedHashMap<>(global);
        plain.remove("help");
        plain.remove("version");
        return wording.guard(plain);
    }

    private static Map<String, List<String>> frozen(Map<String, List<String>> options) {
        Map<String, List<String>> copy = new LinkedHashMap<>();
        for (Map.Entry<String, List<String>> option : options.entrySet()) {
            copy.put(option.getKey(), List.copyOf(option.getValue()));
        }
        return Collections.unmodifiableMap(copy);
    }
}
