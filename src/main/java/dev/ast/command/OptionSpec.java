package dev.ast.command;

import java.util.Optional;

/**
 * One option of a command, or a global one.
 *
 * @param name the long name without hyphens
 * @param letter the short name, where there is one
 * @param takes whether a value follows
 * @param valueName how help names the value, for example {@code URL}
 * @param description one line for help and completion
 * @param values what can be proposed
 * @param repeatable whether it may be given more than once; otherwise a second one is a usage error
 * @param secret whether the value must never enter history or a message
 */
public record OptionSpec(
        String name,
        Optional<Character> letter,
        Takes takes,
        String valueName,
        String description,
        Values values,
        boolean repeatable,
        boolean secret) {

    /** Whether an option has a value. */
    public enum Takes {
        /** None: {@code --all}. */
        NOTHING,
        /** Always: {@code --profile NAME} or {@code --profile=NAME}. */
        VALUE,
        /** Optionally: a following word that is not an option is the value. */
        MAYBE
    }

    /** An option without a value. */
    public static OptionSpec flag(String name, String description) {
        return new OptionSpec(name, Optional.empty(), Takes.NOTHING, "", description, Values.FREE, false, false);
    }

    /** An option with a value. */
    public static OptionSpec value(String name, String valueName, String description) {
        return new OptionSpec(name, Optional.empty(), Takes.VALUE, valueName, description, Values.FREE, false, false);
    }

    /** The same with a short name. */
    public OptionSpec letter(char c) {
        return new OptionSpec(name, Optional.of(c), takes, valueName, description, values, repeatable, secret);
    }

    /** The same with proposals. */
    public OptionSpec from(Values proposals) {
        return new OptionSpec(name, letter, takes, valueName, description, proposals, repeatable, secret);
    }

    /** The same, allowed more than once. */
    public OptionSpec many() {
        return new OptionSpec(name, letter, takes, valueName, description, values, true, secret);
    }

    /** The same with a value that must not be shown or remembered. */
    public OptionSpec asSecret() {
        return new OptionSpec(name, letter, takes, valueName, description, values, repeatable, true);
    }

    /** The same with a value that may be left out. */
    public OptionSpec maybe() {
        return new OptionSpec(name, letter, Takes.MAYBE, valueName, description, values, repeatable, secret);
    }
}
