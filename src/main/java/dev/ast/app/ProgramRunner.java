package dev.ast.app;

import dev.ast.domain.Exit;
import dev.ast.shell.CommandRunner;
import dev.ast.shell.script.Script;
import dev.ast.shell.script.Summary;
import java.io.IOException;
import java.io.InputStream;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.ExitCodeGenerator;

/**
 * Runs the one command, or the script, that the command line asks for, and knows the exit code. The interactive shell is
 * there before the beans are and uses them from its own thread; for it nothing is run here.
 */
final class ProgramRunner implements ApplicationRunner, ExitCodeGenerator {
    private final Foundation base;
    private final LaunchRequest request;
    private final Ending ending;
    private final ObjectProvider<CommandRunner> runner;
    private final ObjectProvider<LineParts> parts;
    private int code;

    /** Runs what is requested with these parts; those that it may not need are made when it does. */
    ProgramRunner(
            Foundation base,
            LaunchRequest request,
            Ending ending,
            ObjectProvider<CommandRunner> runner,
            ObjectProvider<LineParts> parts) {
        this.base = base;
        this.request = request;
        this.ending = ending;
        this.runner = runner;
        this.parts = parts;
    }

    @Override
    public void run(ApplicationArguments arguments) throws IOException {
        switch (request.mode()) {
            case COMMAND -> code = command(runner.getObject());
            case SCRIPT -> code = script(runner.getObject());
            case SHELL -> code = 0;
        }
    }

    private int command(CommandRunner commands) {
        ending.started();
        return commands.run(request.words());
    }

    private int script(CommandRunner commands) throws IOException {
        CommandRunner lines = parts.getObject().runner(commands, request);
        String name = request.script().orElse("-");
        try (InputStream source = Script.open(name, base.input())) {
            ending.started();
            Summary summary = new Summary(ending.noting(lines), base.clock());
            int ended = Script.run(
                    name, source, request.keepGoing() || request.options().dryRun(), summary);
            boolean broken = ended == Exit.INTERRUPTED.code() || ended == Exit.TERMINATED.code();
            if (request.hasSummary() && !broken) {
                base.screen().err(summary.text() + "\n");
            }
            return ended;
        }
    }

    @Override
    public int getExitCode() {
        return code;
    }
}
