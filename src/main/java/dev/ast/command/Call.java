package dev.ast.command;

import dev.ast.output.Conversation;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A command with its options and arguments, all checked.
 *
 * @param command what is called
 * @param global the options that every command has
 * @param options the command's own options: values by long name, one empty value for a flag, none for
 *     an option whose optional value is missing
 * @param arguments positional words by the argument's name
 * @param rest the words of a rest argument
 * @param conversation prints messages and asks the user
 */
public record Call(
        CommandSpec command,
        GlobalOptions global,
        Map<String, List<String>> options,
        Map<String, String> arguments,
        List<String> rest,
        Conversation conversation) {

    /** Whether a flag, or an option with an optional value, was given. */
    public boolean has(String option) {
        return options.containsKey(option);
    }

    /** The value of an option. */
    public Optional<String> option(String name) {
        List<String> values = options.getOrDefault(name, List.of());
        return values.isEmpty() ? Optional.empty() : Optional.of(values.get(values.size() - 1));
    }

    /** All values of a repeatable option, in order. */
    public List<String> all(String option) {
        return options.getOrDefault(option, List.of());
    }

    /** A positional word. */
    public Optional<String> argument(String name) {
        return Optional.ofNullable(arguments.get(name));
    }
}
