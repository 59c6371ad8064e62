package dev.ast.command;

import dev.ast.output.Conversation;
import dev.ast.output.Outcome;
import dev.ast.protocol.ProgramAccess;
import dev.ast.protocol.ProgramRunner;
import dev.ast.session.Credentials;
import dev.ast.session.Targets;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/** {@code exec}: another program, with a token. */
public final class ExecCommand {
    private final Targets targets;
    private final Credentials credentials;
    private final Selections selections;
    private final Supplier<ProgramRunner> runner;

    /** A command over the given use case. */
    public ExecCommand(
            Targets targets, Credentials credentials, Selections selections, Supplier<ProgramRunner> runner) {
        this.targets = targets;
        this.credentials = credentials;
        this.selections = selections;
        this.runner = runner;
    }

    /** Its description. */
    public List<CommandSpec> specs() {
        return List.of(CommandSpec.named("exec", "Session", "Run a program with a fresh token in its environment")
                .gives(CommandSpec.Result.PROGRAM)
                .local()
                .describe(
                        "The token is in the variable of the platform, such as ASTRO_ACCESS_TOKEN; the program gets no"
                                + " other variable with a secret of ast, and never the refresh token. Its exit code is that of"
                                + " the command.")
                .argument(ArgumentSpec.program("PROGRAM", "The program and its words", Values.FILE))
                .option(
                        OptionSpec.value("env", "NAME", "Use this variable instead of the platform's"),
                        OptionSpec.value(
                                "token-file", "NAME", "Keep a fresh token in a private file, whose path is in NAME"),
                        SessionCommands.MIN_TTL)
                .does(this::run));
    }

    private Object run(Call call) {
        ProgramAccess access;
        Duration minimum = call.option("min-ttl").map(SessionCommands::duration).orElse(Duration.ZERO);
        try (Conversation.Waiting waiting = call.conversation().waiting("exec")) {
            assert waiting != null;
            access = ProgramAccess.of(
                    new ProgramAccess.Request(
                            selections.of(call), call.option("env"), call.option("token-file"), minimum),
                    targets,
                    credentials);
        }
        SessionCommands.warnOfRenewal(call, access.credential(), minimum);
        return Outcome.of(CommandSpec.Silent.NOTHING, runner.get().run(call.rest(), access));
    }
}
