package dev.ast.support;

import dev.ast.app.CommandParts;
import dev.ast.app.Foundation;
import dev.ast.app.OnlineParts;
import dev.ast.app.SessionParts;
import dev.ast.app.StoreParts;
import dev.ast.host.Environment;
import dev.ast.host.Interrupts;
import dev.ast.host.Signals;
import dev.ast.host.Sleeper;
import dev.ast.provider.Provider;
import dev.ast.provider.Providers;
import dev.ast.shell.grammar.Catalog;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** The commands of the program as it is wired, for tests that run none of them. */
public final class ProgramCatalog {
    private ProgramCatalog() {}

    /** The catalog; its home does not exist. */
    public static Catalog create() {
        Environment environment = Environment.of(Map.of("AST_HOME", "/nonexistent/ast", "AST_STORAGE", "file"));
        Interrupts interrupts = new Interrupts();
        InstantSource clock = InstantSource.system();
        Foundation base = new Foundation(
                environment,
                RecordedScreen.piped().screen(),
                clock,
                Sleeper.real(interrupts),
                interrupts,
                new Signals(interrupts, clock, code -> {}));
        StoreParts store = new StoreParts(base);
        Supplier<OnlineParts> online = () -> {
            throw new IllegalStateException("no command is run here");
        };
        return new CommandParts(
                        base, store, new SessionParts(base, store, new Providers(List.<Provider>of()), online), online)
                .catalog();
    }
}
