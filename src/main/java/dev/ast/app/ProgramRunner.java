package dev.ast.app;

import dev.ast.host.Sleeper;
import dev.ast.oauth.OAuthTokens;
import dev.ast.session.OAuthRenewal;
import dev.ast.session.RenewalProcess;
import dev.ast.session.RenewalTask;
import dev.ast.shell.CommandRunner;
import dev.ast.shell.script.Script;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
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
    private final StoreParts store;
    private final LaunchRequest request;
    private final Ending ending;
    private final ObjectProvider<CommandRunner> runner;
    private final ObjectProvider<OAuthTokens> tokens;
    private int code;

    /** Runs what is requested with these parts; those that it may not need are made when it does. */
    ProgramRunner(
            Foundation base,
            StoreParts store,
            LaunchRequest request,
            Ending ending,
            ObjectProvider<CommandRunner> runner,
            ObjectProvider<OAuthTokens> tokens) {
        this.base = base;
        this.store = store;
        this.request = request;
        this.ending = ending;
        this.runner = runner;
        this.tokens = tokens;
    }

    @Override
    public void run(ApplicationArguments arguments) throws IOException {
        switch (request.mode()) {
            case COMMAND ->
                code = request.words().equals(List.of(RenewalProcess.WORD)) ? renewal() : command(runner.getObject());
            case SCRIPT -> code = script(runner.getObject());
            case SHELL -> code = 0;
        }
    }

    private int command(CommandRunner commands) {
        ending.started();
        return commands.run(request.words());
    }

    private int script(CommandRunner commands) throws IOException {
        String name = request.script().orElse("-");
        try (InputStream source = Script.open(name, base.input())) {
            ending.started();
            return Script.run(name, source, request.keepGoing(), ending.noting(commands.with(request::withDefaults)));
        }
    }

    private int renewal() {
        ending.started();
        return new RenewalTask(new OAuthRenewal(tokens::getObject), store.sessions(), Sleeper.plain())
                .run(base.input().standard(), base.screen().bytes())
                .code();
    }

    @Override
    public int getExitCode() {
        return code;
    }
}
