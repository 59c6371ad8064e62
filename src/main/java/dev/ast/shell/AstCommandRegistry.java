package dev.ast.shell;

import dev.ast.command.CommandSpec;
import dev.ast.shell.grammar.Catalog;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.shell.core.command.Command;
import org.springframework.shell.core.command.CommandRegistry;

/**
 * Replaces the look-up of Spring Shell's registry, which cannot find hidden commands, searches linearly, and collects
 * commands by making every bean of the application (issue 1351).
 */
public final class AstCommandRegistry extends CommandRegistry {
    private final Map<String, Command> byName = new LinkedHashMap<>();
    private final Map<String, Command> byAlias = new LinkedHashMap<>();

    /** Holds the commands of the catalog, run by the given execution. */
    public AstCommandRegistry(Catalog catalog, CommandRunner.Execution execution) {
        for (CommandSpec spec : catalog.all()) {
            registerCommand(new AstCommand(spec, execution));
        }
    }

    @Override
    public Set<Command> getCommands() {
        return Set.copyOf(byName.values());
    }

    @Override
    public @Nullable Command getCommandByName(String name) {
        Command command = byName.get(name);
        return command == null ? getCommandByAlias(name) : command;
    }

    @Override
    public @Nullable Command getCommandByAlias(String name) {
        return byAlias.get(name);
    }

    @Override
    public List<Command> getCommandsByPrefix(String prefix) {
        return byName.values().stream()
                .filter(command -> !command.isHidden())
                .filter(command -> command.getName().startsWith(prefix)
                        || command.getAliases().stream().anyMatch(alias -> alias.startsWith(prefix)))
                .toList();
    }

    @Override
    public void registerCommand(Command command) {
        byName.put(command.getName(), command);
        command.getAliases().forEach(alias -> byAlias.put(alias, command));
    }

    @Override
    public void unregisterCommand(Command command) {
        byName.remove(command.getName(), command);
        byAlias.values().removeIf(command::equals);
    }

    @Override
    public void clearCommands() {
        byName.clear();
        byAlias.clear();
    }

    /** Collects nothing: the catalog is complete. */
    @Override
    public void afterSingletonsInstantiated() {}
}
