package dev.ast.app;

import dev.ast.shell.CommandRunner;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.ExitCodeGenerator;

/**
 * Runs the one command that the command line asks for, and knows the exit code. The interactive shell is there before the
 * beans are and uses them from its own thread; for it nothing is run here. A script needs no beans, see {@link ScriptRun}.
 */
final class ProgramRunner implements ApplicationRunner, ExitCodeGenerator {
    private final LaunchRequest request;
    private final Ending ending;
    private final ObjectProvider<CommandRunner> runner;
    private int code;

    /** Runs what is requested with this runner, which is made when it is needed. */
    ProgramRunner(LaunchRequest request, Ending ending, ObjectProvider<CommandRunner> runner) {
        this.request = request;
        this.ending = ending;
        this.runner = runner;
    }

    @Override
    public void run(ApplicationArguments arguments) {
        if (request.mode() == LaunchRequest.Mode.COMMAND) {
            CommandRunner commands = runner.getObject();
            ending.started();
            code = commands.run(request.words());
        }
    }

    @Override
    public int getExitCode() {
        return code;
    }
}
