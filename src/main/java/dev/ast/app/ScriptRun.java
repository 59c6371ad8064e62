package dev.ast.app;

import dev.ast.domain.Exit;
import dev.ast.shell.PlainExecution;
import dev.ast.shell.script.Script;
import dev.ast.shell.script.Summary;
import java.io.IOException;
import java.io.InputStream;

/**
 * Runs a script. Its lines need no beans, and starting these would take as long as thousands of lines (the rows of scripts
 * in {@code docs/performance.md}).
 */
public final class ScriptRun {
    private ScriptRun() {}

    /**
     * Runs the script that the command line names.
     *
     * @return its exit code
     * @throws dev.ast.domain.FailureException (usage) when there is no such script, or {@code config.yml} cannot be used
     * @throws IOException when the script cannot be closed
     */
    public static int run(Foundation base, LaunchRequest request, Ending ending) throws IOException {
        PlainParts parts = PlainParts.over(base);
        CommandParts commands = new CommandParts(base, parts.store(), parts.session(), parts::online);
        LineParts lines = new LineParts(base, parts.store(), parts.session(), commands);
        PlainExecution execution = lines.execution();
        String name = request.script().orElse("-");
        Script.Target target = lines.runner(commands.runner(execution), request);
        try (InputStream source = Script.open(name, base.input())) {
            ending.started();
            Summary summary = new Summary(ending.noting(target), base.clock());
            int ended = Script.run(
                    name, source, request.keepGoing() || request.options().dryRun(), summary);
            boolean broken = ended == Exit.INTERRUPTED.code() || ended == Exit.TERMINATED.code();
            if (request.hasSummary() && !broken) {
                base.screen().err(summary.text() + "\n");
            }
            return ended;
        }
    }
}
