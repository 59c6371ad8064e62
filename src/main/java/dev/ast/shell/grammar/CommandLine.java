package dev.ast.shell.grammar;

import dev.ast.command.ArgumentSpec;
import dev.ast.command.ArgumentSpec.Count;
import dev.ast.command.Call;
import dev.ast.command.CommandSpec;
import dev.ast.command.GlobalOptions;
import dev.ast.command.OptionSpec;
import dev.ast.domain.FailureException;
import dev.ast.output.Conversation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The words of one command line, read from left to right, the same way for the shell, a single command, a script, help,
 * completion and history. Global options can be anywhere, a command's own options after its name; {@code --} ends
 * options. Reading never throws: the first error is kept, and the words after it are read as far as possible.
 */
public final class CommandLine {
    /** What a word is. */
    public enum Role {
        /** A word of the command's name. */
        COMMAND,
        /** One or more options, perhaps with a value attached. */
        OPTION,
        /** The value of the option before it. */
        VALUE,
        ARGUMENT,
        /** The first {@code --}. */
        SEPARATOR,
        /** A word that caused an error. */
        REFUSED
    }

    private final Catalog catalog;
    private final LineReading read;
    private Optional<CommandSpec> command = Optional.empty();
    private GlobalOptions global = GlobalOptions.NONE;
    private List<String> operands = List.of();
    private final Map<String, String> arguments = new LinkedHashMap<>();
    private List<String> rest = List.of();

    private CommandLine(Catalog catalog, List<OptionSpec> common, List<String> words) {
        this.catalog = catalog;
        this.read = new LineReading(catalog, common, words);
        finish();
    }

    /** Reads a line. A correct one only looks up the commands that its own words can name. */
    public static CommandLine of(Catalog catalog, List<String> words) {
        return new CommandLine(catalog, GlobalOptions.SPECS, words);
    }

    /** Reads a line for these options, where the commands are not known: the first command word is an error. */
    public static CommandLine withoutCommands(List<OptionSpec> options, List<String> words) {
        return new CommandLine(new Catalog(List.of()), options, words);
    }

    /** {@code NAME --help} is the same as {@code help NAME}, and {@code --version} as {@code version}. */
    private void finish() {
        if (has("help") && !read.unknownCommand) {
            String name = read.named.isPresent() ? read.named.get().name() : read.path;
            global = globalOptions();
            read.failure = null; // help is given in spite of any other error
            replace("help", name.isEmpty() ? List.of() : List.of(name.split(" ")));
        } else if (read.failure == null && has("version")) {
            replace("version", List.of());
            global = globalOptions();
        } else if (read.path.isEmpty()) {
            refuseAtEnd(UsageErrors::noCommand);
        } else if (read.named.isEmpty()) {
            refuseAtEnd(UsageErrors::groupAlone);
        } else {
            command = read.named;
            operands = read.positional;
            assign(read.named.get());
            global = globalOptions();
        }
    }

    private void replace(String name, List<String> replacement) {
        command = catalog.find(name);
        operands = replacement;
        rest = replacement;
        if (command.isEmpty()) {
            refuseAtEnd(UsageErrors::noCommand);
        }
    }

    /** Gives each argument its word; an optional one gets a word only when the required ones have theirs. */
    private void assign(CommandSpec called) {
        int spare = operands.size();
        for (ArgumentSpec argument : called.arguments()) {
            spare -= argument.count() == Count.ONE ? 1 : 0;
        }
        int at = 0;
        for (ArgumentSpec argument : called.arguments()) {
            if (argument.isLast()) {
                rest = operands.subList(at, operands.size());
                if (argument.count() == Count.PROGRAM && !behindSeparator(argument, at)) {
                    return;
                }
                while (at < operands.size()) {
                    check(argument, at++);
                }
            } else if (argument.count() == Count.ONE || spare-- > 0) {
                if (at == operands.size()) {
                    refuseAtEnd(errors -> errors.missing(argument));
                    return;
                }
                arguments.put(argument.name(), operands.get(at));
                check(argument, at++);
            }
        }
        if (at < operands.size()) {
            String word = operands.get(at);
            read.refuse(read.positions.get(at), errors -> errors.unexpected(word));
        }
    }

    /** Whether the words from an operand on are a program's; if not, that is the error of the line. */
    private boolean behindSeparator(ArgumentSpec argument, int at) {
        if (at == operands.size()) {
            refuseAtEnd(errors -> errors.missing(argument));
            return false;
        }
        int word = read.positions.get(at);
        boolean behind = read.separator >= 0 && read.separator < word;
        if (!behind) {
            read.refuse(word, UsageErrors::needsSeparator);
        }
        return behind;
    }

    private void check(ArgumentSpec argument, int at) {
        String word = operands.get(at);
        if (UsageErrors.outside(argument.values(), word)) {
            read.refuse(read.positions.get(at), errors -> errors.badArgument(argument, word));
        }
    }

    private void refuseAtEnd(Function<UsageErrors, FailureException> error) {
        read.refuse(read.words.size(), error);
    }

    private GlobalOptions globalOptions() {
        try {
            return GlobalOptions.from(values(false));
        } catch (FailureException e) {
            for (GivenOption one : read.given) {
                checkGlobal(one);
            }
            return GlobalOptions.NONE;
        }
    }

    private void checkGlobal(GivenOption one) {
        try {
            GlobalOptions.from(one.own() ? Map.of() : values(List.of(one)));
        } catch (FailureException e) {
            read.refuse(one.word(), errors -> errors.badGlobal(one.option(), e));
        }
    }

    /** The words that were read. */
    public List<String> typed() {
        return Collections.unmodifiableList(read.words);
    }

    /** What the word at an index is. */
    public Role role(int word) {
        return read.roles[word];
    }

    /** All options in the order of the line, also those that caused an error. */
    public List<GivenOption> given() {
        return Collections.unmodifiableList(read.given);
    }

    /** Whether an option is given. */
    public boolean has(String option) {
        for (GivenOption one : read.given) {
            if (one.option().name().equals(option)) {
                return true;
            }
        }
        return false;
    }

    /** The values of an option in the order of the line, also wrong ones. */
    public List<String> values(String option) {
        List<String> found = new ArrayList<>();
        for (GivenOption one : read.given) {
            if (one.option().name().equals(option) && one.value().isPresent()) {
                found.add(one.value().get());
            }
        }
        return found;
    }

    /** The words of the command so far, separated by one space. */
    public String path() {
        return read.path;
    }

    /** The command that these words name; absent for a group such as {@code profile}. */
    public Optional<CommandSpec> named() {
        return read.named;
    }

    /** The arguments so far. */
    public List<String> positional() {
        return Collections.unmodifiableList(read.positional);
    }

    /** Whether a word after these can still belong to the command's name. */
    public boolean isPathOpen() {
        return !read.pathEnded;
    }

    /** Whether the words after these are no options. */
    public boolean isOptionsEnded() {
        return read.optionsEnded;
    }

    /** The option at the end of the line that has no value yet: a word after these is its value. */
    public Optional<OptionSpec> awaited() {
        return read.awaited;
    }

    /** The argument that a word after these is, if the command takes one more. */
    public Optional<ArgumentSpec> nextArgument() {
        if (read.named.isEmpty()) {
            return Optional.empty();
        }
        List<ArgumentSpec> all = read.named.get().arguments();
        if (read.positional.size() < all.size()) {
            return Optional.of(all.get(read.positional.size()));
        }
        Optional<ArgumentSpec> last = all.isEmpty() ? Optional.empty() : Optional.of(all.get(all.size() - 1));
        return last.filter(ArgumentSpec::isLast);
    }

    /** The index of the word that the first error is about, the number of words when one is missing; -1 for none. */
    public int failedAt() {
        return read.failure == null ? -1 : read.failedAt;
    }

    /** Whether the first error is a word that names no command. */
    public boolean isUnknownCommand() {
        return read.unknownCommand;
    }

    /** The first error (usage); it repeats no literal value of a secret option and no word after one. */
    public Optional<FailureException> failure() {
        Supplier<FailureException> failure = read.failure;
        return failure == null ? Optional.empty() : Optional.of(failure.get());
    }

    /** The command to run. @throws FailureException the first error of the line */
    public CommandSpec command() {
        Optional<FailureException> failure = failure();
        if (failure.isPresent()) {
            throw failure.get();
        }
        return command.orElseThrow();
    }

    /** The global options; none when one of them is wrong. */
    public GlobalOptions global() {
        return global;
    }

    /** The options of {@link #command()}: values by long name, see {@link Call#options()}. */
    public Map<String, List<String>> options() {
        return command.equals(read.named) ? values(true) : Map.of();
    }

    /** The words that {@link #command()} gets as its arguments. */
    public List<String> operands() {
        return Collections.unmodifiableList(operands);
    }

    /**
     * The call that the line makes.
     *
     * @param conversation makes the conversation for these options
     * @throws FailureException the first error of the line
     */
    public Call call(Function<GlobalOptions, Conversation> conversation) {
        return new Call(command(), global, options(), arguments, rest, conversation.apply(global));
    }

    private Map<String, List<String>> values(boolean own) {
        List<GivenOption> wanted = new ArrayList<>();
        for (GivenOption one : read.given) {
            if (one.own() == own) {
                wanted.add(one);
            }
        }
        return values(wanted);
    }

    private static Map<String, List<String>> values(List<GivenOption> given) {
        Map<String, List<String>> values = new LinkedHashMap<>();
        for (GivenOption one : given) {
            List<String> all = values.computeIfAbsent(one.option().name(), name -> new ArrayList<>());
            if (one.value().isPresent()
                    && !UsageErrors.outside(one.option().values(), one.value().get())) {
                all.add(one.value().get());
            }
        }
        return values;
    }
}
