package dev.ast.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A command as the grammar, the help and the completion see it.
 *
 * @param name its words joined by one space, for example {@code profile use}
 * @param aliases other names of the same form, for example {@code auth login}
 * @param group the heading in the list of commands
 * @param summary one line without a full stop
 * @param description more, for {@code help COMMAND}; may be empty
 * @param arguments positional words in order
 * @param options its own options, beside the global ones
 * @param hidden left out of help and completion, but runnable
 * @param local whether it rarely needs a server, and runs without Spring as long as it needs none
 * @param result what it gives
 * @param action what it does
 */
public record CommandSpec(
        String name,
        List<String> aliases,
        String group,
        String summary,
        String description,
        List<ArgumentSpec> arguments,
        List<OptionSpec> options,
        boolean hidden,
        boolean local,
        Result result,
        Action action) {

    /** What a command gives. */
    public enum Result {
        /** One document. */
        DOCUMENT,
        /** A list, which can be a table. */
        LIST,
        /** What a server answers: shown as it came, and a document where it is JSON. */
        ANSWER,
        /** Nothing of its own: another program has the terminal meanwhile. */
        PROGRAM,
        /** A secret, which is neither remembered nor left readable for others. */
        SECRET
    }

    /** Calls one use case and returns its result record, or {@link Silent#NOTHING} if all is printed already. */
    @FunctionalInterface
    public interface Action {
        Object run(Call call);
    }

    /** The result of a command that has nothing to show. */
    public enum Silent {
        NOTHING
    }

    /** Copies the lists. */
    public CommandSpec {
        aliases = List.copyOf(aliases);
        arguments = List.copyOf(arguments);
        options = List.copyOf(options);
    }

    /** One of its own options by the long name. */
    public Optional<OptionSpec> option(String longName) {
        for (OptionSpec option : options) {
            if (option.name().equals(longName)) {
                return Optional.of(option);
            }
        }
        return Optional.empty();
    }

    /** Starts the description of a command. */
    public static Draft named(String name, String group, String summary) {
        return new Draft(name, group, summary);
    }

    /** A command that is being described. */
    public static final class Draft {
        private final String name;
        private final String group;
        private final String summary;
        private String description = "";
        private final List<String> aliases = new ArrayList<>();
        private final List<ArgumentSpec> arguments = new ArrayList<>();
        private final List<OptionSpec> options = new ArrayList<>();
        private boolean hidden;
        private boolean local;
        private Result result = Result.DOCUMENT;

        private Draft(String name, String group, String summary) {
            this.name = name;
            this.group = group;
            this.summary = summary;
        }

        /** Adds other names. */
        public Draft alias(String... names) {
            aliases.addAll(List.of(names));
            return this;
        }

        /** Adds text for {@code help COMMAND}. */
        public Draft describe(String text) {
            description = text;
            return this;
        }

        /** Adds a positional word. */
        public Draft argument(ArgumentSpec argument) {
            arguments.add(argument);
            return this;
        }

        /** Adds options. */
        public Draft option(OptionSpec... added) {
            options.addAll(List.of(added));
            return this;
        }

        /** Leaves the command out of help and completion. */
        public Draft hide() {
            hidden = true;
            return this;
        }

        /** Lets the command run without Spring as long as it needs no server. */
        public Draft local() {
            local = true;
            return this;
        }

        /** Says what the command gives. */
        public Draft gives(Result given) {
            result = given;
            return this;
        }

        /** Ends the description with what the command does. */
        public CommandSpec does(Action action) {
            return new CommandSpec(
                    name, aliases, group, summary, description, arguments, options, hidden, local, result, action);
        }
    }
}
