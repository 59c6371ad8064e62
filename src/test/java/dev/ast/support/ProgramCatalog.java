package dev.ast.support;

import dev.ast.config.ProgramContext;
import dev.ast.credential.file.HistoryFile;
import dev.ast.host.AstHome;
import dev.ast.host.Environment;
import dev.ast.host.Interrupts;
import dev.ast.host.Signals;
import dev.ast.launch.Foundation;
import dev.ast.launch.SealedEnvironment;
import dev.ast.output.Redactor;
import dev.ast.output.Screen;
import dev.ast.shell.grammar.Catalog;
import dev.ast.shell.interactive.ShellControls;
import dev.ast.shell.interactive.ShellConversations;
import java.time.InstantSource;
import java.util.Map;

/** The commands of the program as it is wired, for tests that run none of them. */
public final class ProgramCatalog {
    private ProgramCatalog() {}

    /** The catalog; its home does not exist. */
    public static Catalog create() {
        Environment environment = Environment.of(Map.of("AST_HOME", "/nonexistent/ast", "AST_STORAGE", "file"));
        AstHome home = AstHome.of(environment);
        Screen screen = RecordedScreen.piped().screen();
        Interrupts interrupts = new Interrupts();
        Redactor redactor = new Redactor();
        HistoryFile history = new HistoryFile(home.historyFile());
        Foundation foundation = new Foundation(
                environment,
                home,
                InstantSource.system(),
                interrupts,
                new Signals(interrupts, InstantSource.system(), code -> {}),
                screen,
                redactor,
                history,
                new ShellControls(history),
                new ShellConversations(screen, interrupts, redactor));
        ProgramContext context = new ProgramContext(SealedEnvironment.of(home.configFile()), foundation.beans());
        context.refresh();
        return context.getBean(Catalog.class);
    }
}
