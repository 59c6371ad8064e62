package dev.ast.shell;

import dev.ast.command.CommandSpec;
import dev.ast.domain.Failure;
import dev.ast.domain.Nearest;
import dev.ast.domain.SecretShape;
import dev.ast.shell.grammar.Catalog;
import java.util.List;
import java.util.Optional;

/**
 * What {@code help} answers. Replaces Spring Shell's help, which fails for subcommands and shows neither positional
 * words nor global options.
 *
 * @param topic the command that is asked about; absent for a list
 * @param path the words that the listed commands begin with, empty for all
 * @param commands the listed commands
 */
public record HelpPage(Optional<CommandSpec> topic, String path, List<CommandSpec> commands) {

    /**
     * The page for the words behind {@code help}.
     *
     * @throws dev.ast.domain.FailureException (usage) when they name nothing
     */
    public static HelpPage about(List<String> words, Catalog catalog) {
        String path = String.join(" ", words);
        if (path.isEmpty()) {
            return new HelpPage(Optional.empty(), "", catalog.visible());
        }
        Optional<CommandSpec> topic = catalog.find(path);
        List<CommandSpec> under = catalog.under(path);
        if (topic.isEmpty() && under.isEmpty()) {
            List<String> names =
                    catalog.visible().stream().map(CommandSpec::name).toList();
            Optional<String> near = Nearest.to(path, names);
            throw Failure.usage(
                    "unknown command " + SecretShape.quoted(path, 40)
                            + near.map(name -> "; did you mean '" + name + "'?").orElse(""),
                    near.map(name -> "ast help " + name).orElse("ast help"));
        }
        return new HelpPage(topic, path, under);
    }
}
