package dev.ast.shell.interactive;

import dev.ast.host.Environment;
import dev.ast.host.Interrupts;
import dev.ast.host.Signals;
import dev.ast.output.Screen;
import dev.ast.shell.grammar.Catalog;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Runs the {@link DemoShell} in the terminal of this process. Its commands are ready only after a while. */
final class DemoMain {
    private DemoMain() {}

    /** Arguments: the home, and how many milliseconds the commands take to be ready. */
    public static void main(String[] args) {
        Environment environment = Environment.ofProcess();
        Interrupts interrupts = new Interrupts();
        Signals signals =
                Signals.ofProcess(interrupts, code -> Runtime.getRuntime().halt(code));
        Screen screen = Screen.ofProcess(environment);
        CompletableFuture<Catalog> catalog = new CompletableFuture<>();
        int code;
        try (ShellTerminal terminal = ShellTerminal.open(environment)) {
            DemoShell shell = new DemoShell(environment, terminal, screen, interrupts, Path.of(args[0]), catalog);
            CompletableFuture.delayedExecutor(
                            Duration.ofMillis(Long.parseLong(args[1])).toMillis(), TimeUnit.MILLISECONDS)
                    .execute(() -> catalog.complete(shell.commands()));
            code = shell.loop(signals).run();
        }
        System.exit(code);
    }
}
