package dev.ast.shell;

import dev.ast.command.CommandSpec;
import dev.ast.shell.grammar.Catalog;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.shell.core.command.Command;
import org.springframework.shell.core.command.CommandRegistry;

/**
 * Replaces the look-up of Spring Shell's registry, which cannot find hidden commands, searches linearly, and collects
 * commands by making every bean of the application (issue 1351).
 */
public final class AstCommandRegistry extends CommandRegistry {
    private final Catalog catalog;
    private final PlainExecution execution;

    /** The commands of the catalog, run by the given execution; others can be registered beside them. */
    public AstCommandRegistry(Catalog catalog, PlainExecution execution) {
        this.catalog = catalog;
        this.execution = execution;
    }

    private Command command(CommandSpec spec) {
        return new AstCommand(spec, execution);
    }

    @Override
    public Set<Command> getCommands() {
        Set<Command> all = new LinkedHashSet<>(super.getCommands());
        catalog.all().forEach(spec -> all.add(command(spec)));
        return all;
    }

    /** A command by its name or an alias. */
    @Override
    public @Nullable Command getCommandByName(String name) {
        Optional<CommandSpec> spec = catalog.find(name);
        return spec.isPresent() ? command(spec.get()) : super.getCommandByName(name);
    }

    @Override
    public @Nullable Command getCommandByAlias(String name) {
        return catalog.find(name)
                .filter(spec -> spec.aliases().contains(name))
                .map(this::command)
                .orElseGet(() -> super.getCommandByAlias(name));
    }

    @Override
    public List<Command> getCommandsByPrefix(String prefix) {
        List<Command> found = new ArrayList<>(super.getCommandsByPrefix(prefix));
        for (CommandSpec spec : catalog.visible()) {
            if (spec.name().startsWith(prefix) || spec.aliases().stream().anyMatch(alias -> alias.startsWith(prefix))) {
                found.add(command(spec));
            }
        }
        return found;
    }

    /** Collects nothing: the catalog is complete. */
    @Override
    public void afterSingletonsInstantiated() {}
}
