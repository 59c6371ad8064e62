package dev.ast.shell.grammar;

import dev.ast.command.CommandSpec;
import dev.ast.command.OptionSpec;
import dev.ast.command.OptionSpec.Takes;
import dev.ast.domain.FailureException;
import dev.ast.shell.grammar.CommandLine.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Classifies the words of a {@link CommandLine} from left to right, and keeps the first error. */
final class LineReading {
    final List<String> words;
    final Role[] roles;
    final List<GivenOption> given = new ArrayList<>();
    final List<String> positional = new ArrayList<>();
    /** The words' indexes of the positional ones. */
    final List<Integer> positions = new ArrayList<>();

    String path = "";
    Optional<CommandSpec> named = Optional.empty();
    boolean pathEnded;
    boolean optionsEnded;
    /** The index of the first {@code --}; -1 for none. */
    int separator = -1;

    Optional<OptionSpec> awaited = Optional.empty();

    @Nullable
    Supplier<FailureException> failure;

    int failedAt = -1;
    boolean unknownCommand;

    private final Catalog catalog;
    private final List<OptionSpec> common;
    private Optional<String> secret = Optional.empty();
    private boolean prefixed;
    private int next;

    LineReading(Catalog catalog, List<OptionSpec> common, List<String> words) {
        this.catalog = catalog;
        this.common = common;
        this.words = words;
        this.roles = new Role[words.size()];
        while (next < words.size()) {
            read(next++);
        }
    }

    private void read(int at) {
        String word = words.get(at);
        if (optionsEnded || !word.startsWith("-") || word.equals("-")) {
            readWord(at, word);
        } else if (word.equals("--")) {
            roles[at] = Role.SEPARATOR;
            separator = at;
            optionsEnded = true;
            pathEnded = true;
        } else {
            roles[at] = Role.OPTION;
            if (word.startsWith("--")) {
                readLong(at, word);
            } else {
                readLetters(at, word);
            }
        }
    }

    private void readWord(int at, String word) {
        if (isProgram(word)) {
            roles[at] = Role.COMMAND;
            prefixed = true;
            return;
        }
        if (!pathEnded) {
            String longer = path.isEmpty() ? word : path + " " + word;
            boolean plain = !word.isEmpty() && word.indexOf(' ') < 0;
            Optional<CommandSpec> found = plain ? catalog.find(longer) : Optional.empty();
            if (found.isPresent() || (plain && catalog.leadsOn(longer))) {
                path = longer;
                named = found;
                roles[at] = Role.COMMAND;
                return;
            }
            pathEnded = true;
            if (named.isEmpty()) {
                unknownCommand = failure == null;
                refuse(at, errors -> errors.unknownCommand(word));
                return;
            }
        }
        roles[at] = Role.ARGUMENT;
        positional.add(word);
        positions.add(at);
    }

    /** Whether a word only repeats the program's name, as in a line that was copied from a page. */
    private boolean isProgram(String word) {
        return word.equals("ast") && !prefixed && path.isEmpty() && !pathEnded && next < words.size();
    }

    private void readLong(int at, String word) {
        int equals = word.indexOf('=');
        String written = equals < 0 ? word : word.substring(0, equals);
        Optional<OptionSpec> option = option(written.substring(2), '\0');
        if (option.isEmpty()) {
            refuse(at, errors -> errors.unknownOption(written));
            return;
        }
        take(at, option.get(), written, equals < 0 ? Optional.empty() : Optional.of(word.substring(equals + 1)));
    }

    private void readLetters(int at, String word) {
        for (int i = 1; i < word.length(); i++) {
            char letter = word.charAt(i);
            Optional<OptionSpec> option = option("", letter);
            if (option.isEmpty()) {
                refuse(at, errors -> errors.unknownOption("-" + letter));
                return;
            }
            String attached = word.substring(i + 1);
            if (option.get().takes() == Takes.NOTHING && !attached.startsWith("=")) {
                take(at, option.get(), "-" + letter, Optional.empty());
                continue;
            }
            String value = attached.startsWith("=") ? attached.substring(1) : attached;
            take(at, option.get(), "-" + letter, attached.isEmpty() ? Optional.empty() : Optional.of(value));
            return;
        }
    }

    private void take(int at, OptionSpec option, String written, Optional<String> attached) {
        boolean own = named.isPresent() && named.get().option(option.name()).isPresent();
        pathEnded |= own;
        Optional<String> value = attached;
        int in = at;
        if (option.takes() == Takes.NOTHING) {
            if (attached.isPresent()) {
                refuse(at, errors -> errors.takesNoValue(written));
                return;
            }
            value = Optional.of("");
        } else if (attached.isEmpty()) {
            if (valueFollows(option)) {
                in = next++;
                roles[in] = Role.VALUE;
                value = Optional.of(words.get(in));
            } else {
                awaited = next == words.size() ? Optional.of(option) : Optional.empty();
                if (option.takes() == Takes.VALUE) {
                    refuse(at, errors -> errors.needsValue(option, written));
                }
            }
        }
        if (!option.repeatable() && !option.name().equals("help") && isGiven(option, own)) {
            refuse(at, errors -> errors.twice(written));
        }
        if (value.isPresent() && UsageErrors.outside(option.values(), value.get())) {
            String wrong = value.get();
            refuse(in, errors -> errors.badValue(option, written, wrong));
        }
        GivenOption taken = new GivenOption(option, own, value, in);
        given.add(taken);
        if (secret.isEmpty() && taken.isLiteralSecret()) {
            secret = Optional.of("--" + option.name());
        }
    }

    /** Whether the next word is the value: never an option, so that a forgotten value does not hide what follows. */
    private boolean valueFollows(OptionSpec option) {
        if (next >= words.size()) {
            return false;
        }
        String word = words.get(next);
        if (option.takes() == Takes.MAYBE) {
            return !word.startsWith("-") || word.equals("-");
        }
        boolean letter = word.length() == 2
                && word.charAt(0) == '-'
                && option("", word.charAt(1)).isPresent();
        return !letter && !word.startsWith("--");
    }

    private Optional<OptionSpec> option(String name, char letter) {
        if (named.isPresent()) {
            Optional<OptionSpec> own = option(named.get().options(), name, letter);
            if (own.isPresent()) {
                return own;
            }
        }
        return option(common, name, letter);
    }

    private static Optional<OptionSpec> option(List<OptionSpec> options, String name, char letter) {
        for (OptionSpec option : options) {
            if (option.name().equals(name)
                    || (option.letter().isPresent() && option.letter().get() == letter)) {
                return Optional.of(option);
            }
        }
        return Optional.empty();
    }

    /** Keeps an error, unless there is one already; the index is the number of words for an error at the end. */
    void refuse(int at, Function<UsageErrors, FailureException> error) {
        if (at < roles.length) {
            roles[at] = Role.REFUSED;
        }
        if (failure == null) {
            // The message is made when it is needed, from what was known at this word.
            UsageErrors errors = new UsageErrors(catalog, common, path, secret);
            failure = () -> error.apply(errors);
            failedAt = at;
        }
    }

    private boolean isGiven(OptionSpec option, boolean own) {
        for (GivenOption one : given) {
            if (one.own() == own && one.option().name().equals(option.name())) {
                return true;
            }
        }
        return false;
    }
}
