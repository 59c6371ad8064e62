package dev.ast.shell.completion;

import dev.ast.command.CommandSpec;
import dev.ast.command.GlobalOptions;
import dev.ast.command.OptionSpec;
import dev.ast.command.OptionSpec.Takes;
import dev.ast.domain.FailureException;
import dev.ast.domain.ProfileName;
import dev.ast.shell.grammar.Catalog;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** What the words before the cursor say. Read as the grammar reads them, but what is wrong is passed over. */
final class TypedLine {
    private final Catalog catalog;
    private final Set<String> given = new HashSet<>();
    private final List<String> positional = new ArrayList<>();
    private String path = "";
    private boolean pathEnded;
    private boolean optionsEnded;
    private Optional<OptionSpec> waiting = Optional.empty();
    private Optional<String> profile = Optional.empty();

    TypedLine(Catalog catalog, List<String> words) {
        this.catalog = catalog;
        words.forEach(this::read);
    }

    private void read(String word) {
        boolean optional =
                waiting.filter(option -> option.takes() == Takes.MAYBE).isPresent();
        if (waiting.isPresent() && !(optional && word.startsWith("-"))) {
            take(waiting.get(), word);
            return;
        }
        waiting = Optional.empty();
        if (optionsEnded || !word.startsWith("-") || word.equals("-")) {
            readWord(word);
        } else if (word.equals("--")) {
            optionsEnded = true;
            pathEnded = true;
        } else if (word.startsWith("--")) {
            int equals = word.indexOf('=');
            String name = word.substring(2, equals < 0 ? word.length() : equals);
            option(candidate -> candidate.name().equals(name))
                    .ifPresent(option ->
                            seen(option, equals < 0 ? Optional.empty() : Optional.of(word.substring(equals + 1))));
        } else {
            readLetters(word);
        }
    }

    private void readWord(String word) {
        String longer = path.isEmpty() ? word : path + " " + word;
        if (!pathEnded && !word.isEmpty() && word.indexOf(' ') < 0 && catalog.leadsOn(longer)) {
            path = longer;
        } else {
            pathEnded = true;
            positional.add(word);
        }
    }

    private void readLetters(String word) {
        for (int i = 1; i < word.length(); i++) {
            char letter = word.charAt(i);
            Optional<OptionSpec> option = option(
                    candidate -> candidate.letter().filter(own -> own == letter).isPresent());
            if (option.isPresent()) {
                String attached = word.substring(i + 1);
                boolean flag = option.get().takes() == Takes.NOTHING;
                seen(option.get(), attached.isEmpty() || flag ? Optional.empty() : Optional.of(attached));
                if (!flag) {
                    return;
                }
            }
        }
    }

    private void seen(OptionSpec option, Optional<String> value) {
        given.add(option.name());
        pathEnded |= !GlobalOptions.SPECS.contains(option);
        if (value.isPresent()) {
            take(option, value.get());
        } else if (option.takes() != Takes.NOTHING) {
            waiting = Optional.of(option);
        }
    }

    private void take(OptionSpec option, String value) {
        waiting = Optional.empty();
        if (option.name().equals("profile")) {
            profile = Optional.of(value);
        }
    }

    /** The option of the command, or a global one, that fits. */
    Optional<OptionSpec> option(Predicate<OptionSpec> wanted) {
        return options().stream().filter(wanted).findFirst();
    }

    /** All options that the line knows: the command's first. */
    List<OptionSpec> options() {
        List<OptionSpec> known = new ArrayList<>();
        command().ifPresent(command -> known.addAll(command.options()));
        GlobalOptions.SPECS.stream()
                .filter(global -> known.stream().noneMatch(own -> own.name().equals(global.name())))
                .forEach(known::add);
        return known;
    }

    /** The command that the words name so far. */
    Optional<CommandSpec> command() {
        return path.isEmpty() ? Optional.empty() : catalog.find(path);
    }

    /** The words of the command so far, separated by one blank. */
    String path() {
        return path;
    }

    /** Whether the next word can still belong to the command's name. */
    boolean pathOpen() {
        return !pathEnded;
    }

    /** Whether {@code --} has come. */
    boolean optionsEnded() {
        return optionsEnded;
    }

    /** The option whose value the next word is. */
    Optional<OptionSpec> waiting() {
        return waiting;
    }

    /** Whether an option has been given. */
    boolean has(OptionSpec option) {
        return given.contains(option.name());
    }

    /** The positional words. */
    List<String> positional() {
        return positional;
    }

    /** The profile that the line names, if it is a name at all. */
    Optional<ProfileName> profile() {
        try {
            return profile.map(ProfileName::new);
        } catch (FailureException e) {
            return Optional.empty();
        }
    }
}
