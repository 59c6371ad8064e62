package dev.ast.shell.completion;

import dev.ast.command.ArgumentSpec;
import dev.ast.command.OptionSpec;
import dev.ast.command.Values;
import dev.ast.shell.grammar.CommandLine;
import java.util.Optional;

/** The name of what a word after a line would be, for example {@code PATH} after {@code api GET}. */
public final class ArgumentHint {
    private ArgumentHint() {}

    /** The name; absent where no further word is expected, or its kind is not known. */
    public static Optional<String> of(CommandLine line) {
        Optional<OptionSpec> awaited = line.awaited();
        if (awaited.isPresent() && awaited.get().takes() == OptionSpec.Takes.VALUE) {
            return awaited.map(OptionSpec::valueName);
        }
        if (line.failedAt() >= 0 && line.failedAt() < line.typed().size()) {
            return Optional.empty();
        }
        return line.nextArgument().flatMap(argument -> named(argument, line));
    }

    private static Optional<String> named(ArgumentSpec argument, CommandLine line) {
        if (argument.values().kind() == Values.Kind.REQUEST) {
            boolean path = line.positional().stream().anyMatch(word -> word.startsWith("/"));
            int words = line.positional().size();
            return path || words > 1 ? Optional.empty() : Optional.of(words == 0 ? argument.name() : "PATH");
        }
        return Optional.of(
                switch (argument.count()) {
                    case ONE -> argument.name();
                    case MAYBE -> "[" + argument.name() + "]";
                    case REST -> "[" + argument.name() + "...]";
                    case PROGRAM -> (line.isOptionsEnded() ? "" : "-- ") + argument.name();
                });
    }
}
