package dev.ast.shell.grammar;

import dev.ast.command.CommandSpec;
import dev.ast.command.GlobalOptions;
import java.util.List;
import java.util.Map;

/**
 * A line that the grammar has accepted.
 *
 * @param command what is called. With {@code help} it may be a stand-in that cannot be run: a group such as {@code
 *     profile}, or with an empty name the program itself; see {@link #isGroup()}
 * @param global the options that every command has
 * @param options the command's own options: values by long name, one empty value for a flag, no value for an option
 *     whose optional value was left out
 * @param arguments positional words by the argument's name
 * @param rest the words of a rest argument
 * @param help whether help is asked for instead of a run; then nothing else was checked
 */
public record ParsedCall(
        CommandSpec command,
        GlobalOptions global,
        Map<String, List<String>> options,
        Map<String, String> arguments,
        List<String> rest,
        boolean help) {

    private static final String GROUP = "(group)";

    /** Whether {@link #command} only stands for the words that commands of a group, or all, begin with. */
    public boolean isGroup() {
        return command.group().equals(GROUP);
    }

    static CommandSpec groupNamed(String words) {
        return CommandSpec.named(words, GROUP, "").hide().does(call -> {
            throw new IllegalStateException("a group of commands cannot be run");
        });
    }
}
