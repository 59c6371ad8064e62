package dev.ast.app;

import dev.ast.domain.Failure;
import dev.ast.domain.SecretShape;
import dev.ast.shell.CommandRunner;
import dev.ast.shell.PlainExecution;
import dev.ast.shell.interactive.ScreenPager;
import dev.ast.shell.line.LineExecution;
import dev.ast.shell.line.LineState;
import dev.ast.shell.line.LineTrace;
import dev.ast.shell.line.Pager;
import java.util.Optional;

/** From the lines of a shell or script to commands. */
public final class LineParts {
    private final Foundation base;
    private final StoreParts store;
    private final SessionParts session;
    private final CommandParts commands;

    /** Parts over the given ones. */
    public LineParts(Foundation base, StoreParts store, SessionParts session, CommandParts commands) {
        this.base = base;
        this.store = store;
        this.session = session;
        this.commands = commands;
    }

    /** Runs the commands of a shell or script, whose results are kept. */
    PlainExecution execution() {
        PlainExecution execution = commands.execution();
        execution.keepIn(commands.lineState().last());
        return execution;
    }

    private Pager pager() {
        return new ScreenPager(
                base.controls(),
                base.interrupts(),
                base.environment(),
                () -> store.shellSettings().pager(),
                session::programs);
    }

    /**
     * The way from lines to exit codes.
     *
     * @throws dev.ast.domain.FailureException (usage) when a variable is asked for that the environment does not have
     */
    public CommandRunner runner(CommandRunner runner, LaunchRequest request) {
        LaunchRequest.ScriptOptions options = request.options();
        LineState state = commands.lineState();
        state.variables().setArguments(options.arguments());
        for (String name : options.variables()) {
            String value = base.environment()
                    .get(name)
                    .orElseThrow(() ->
                            Failure.usage("the environment variable " + SecretShape.quoted(name, 40) + " is not set"));
            state.variables().set(name, value);
        }
        if (request.mode() == LaunchRequest.Mode.SCRIPT) {
            session.shell().beginScript();
        }
        return runner.with(new LineExecution(
                runner,
                new LineExecution.Parts(
                        commands.catalog(),
                        state,
                        base.screen(),
                        session::programs,
                        () -> store.shellSettings().programs(),
                        base.environment(),
                        base.interrupts()),
                new LineExecution.Options(
                        request::withDefaults,
                        options.trace()
                                ? Optional.of(new LineTrace(commands.catalog(), base.redactor(), base.screen()))
                                : Optional.empty(),
                        options.dryRun(),
                        request.mode() == LaunchRequest.Mode.SHELL
                                ? Optional.of(new LineExecution.Watched(pager(), base.clock()))
                                : Optional.empty())));
    }
}
