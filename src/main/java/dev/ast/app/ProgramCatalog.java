package dev.ast.app;

import dev.ast.host.Environment;
import dev.ast.host.Interrupts;
import dev.ast.host.Signals;
import dev.ast.host.Sleeper;
import dev.ast.output.Screen;
import dev.ast.provider.Providers;
import dev.ast.shell.grammar.Catalog;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** The commands of the program as it is wired, for what describes them and runs none: pages, completion files, tests. */
public final class ProgramCatalog {
    private ProgramCatalog() {}

    /** The catalog; its home does not exist. */
    public static Catalog create() {
        Environment environment = Environment.of(Map.of("AST_HOME", "/nonexistent/ast", "AST_STORAGE", "file"));
        Interrupts interrupts = new Interrupts();
        InstantSource clock = InstantSource.system();
        Foundation base = new Foundation(
                environment,
                Screen.ofProcess(environment),
                clock,
                Sleeper.real(interrupts),
                interrupts,
                new Signals(interrupts, clock, code -> {}));
        StoreParts store = new StoreParts(base);
        Supplier<OnlineParts> online = () -> {
            throw new IllegalStateException("no command is run here");
        };
        return new CommandParts(base, store, new SessionParts(base, store, new Providers(List.of()), online), online)
                .catalog();
    }
}
