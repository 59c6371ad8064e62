package dev.ast.shell;

import dev.ast.command.GlobalOptions;
import dev.ast.command.OptionSpec;
import dev.ast.domain.Secret;
import dev.ast.output.Coloring;
import dev.ast.output.Conversation;
import dev.ast.output.Format;
import dev.ast.output.Redactor;
import dev.ast.output.Views;
import java.util.List;
import java.util.function.Function;

/**
 * What a command touches the person with: the views of its result, the conversation, and the redactor that learns the
 * secrets of its line before anything can be said.
 *
 * @param views show results
 * @param redactor learns secret option values
 * @param conversations makes the conversation of one command
 */
public record Surface(Views views, Redactor redactor, Function<GlobalOptions, Conversation> conversations) {

    void show(Object result, GlobalOptions global) {
        views.show(result, format(global), coloring(global));
    }

    Conversation conversation(GlobalOptions global) {
        return conversations.apply(global);
    }

    /** Keeps a literal secret of the line out of every message. */
    void guard(List<OptionSpec> options, String name, String value) {
        boolean secret = options.stream().anyMatch(option -> option.name().equals(name) && option.secret());
        if (secret && !value.isEmpty() && !value.equals("-") && !value.startsWith("@")) {
            redactor.register(Secret.of(value));
        }
    }

    /** The options' format as the output knows it. */
    public static Format format(GlobalOptions global) {
        return global.format().map(format -> Format.valueOf(format.name())).orElse(Format.TEXT);
    }

    /** The options' use of colours as the output knows it. */
    public static Coloring coloring(GlobalOptions global) {
        return Coloring.valueOf(global.color().name());
    }
}
