package dev.ast.shell;

import dev.ast.output.Screen;
import dev.ast.shell.grammar.CommandLine;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.springframework.shell.core.command.CommandContext;
import org.springframework.shell.core.command.CommandExecutionException;
import org.springframework.shell.core.command.CommandExecutor;
import org.springframework.shell.core.command.CommandRegistry;

/**
 * Runs commands by Spring Shell's executor. It takes the place of Spring Shell's runners, which join argv and split it
 * again, end with 0 after failures, and show stack traces (issues 1278, 1339, 1376).
 */
public final class SpringShellExecution implements CommandRunner.Execution {
    private final AstCommandParser parser;
    private final CommandRegistry registry;
    private final CommandExecutor executor;
    private final PrintWriter writer;

    /** Runs the registry's commands. */
    public SpringShellExecution(AstCommandParser parser, CommandRegistry registry, Screen screen) {
        this.parser = parser;
        this.registry = registry;
        this.executor = new CommandExecutor(registry);
        this.writer = new PrintWriter(new OutputStreamWriter(screen.bytes(), StandardCharsets.UTF_8));
    }

    @Override
    public int run(List<String> words) {
        return run(parser.read(words));
    }

    @Override
    public int run(CommandLine line) {
        try {
            return executor.execute(new CommandContext(
                            parser.input(line, line.typed()), registry, writer, new CalledLine(line)))
                    .code();
        } catch (CommandExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw e;
        }
    }
}
