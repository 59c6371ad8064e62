package dev.ast.command;

import dev.ast.domain.Failure;
import dev.ast.output.Conversation;
import dev.ast.output.Outcome;
import dev.ast.sandbox.Sandbox;
import dev.ast.sandbox.SandboxScreen;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** {@code sandbox}: try the program without an account. */
public final class SandboxCommand {
    private static final String GROUP = "Trying it out";

    private final Supplier<Sandbox> sandbox;
    private final Consumer<String> echo;

    /**
     * Commands over the given use case.
     *
     * @param echo prints a line to standard output at once
     */
    public SandboxCommand(Supplier<Sandbox> sandbox, Consumer<String> echo) {
        this.sandbox = sandbox;
        this.echo = echo;
    }

    /** Their descriptions. */
    public List<CommandSpec> specs() {
        return List.of(
                CommandSpec.named("sandbox", GROUP, "Start a server on this machine and a shell signed up to it")
                        .gives(CommandSpec.Result.PROGRAM)
                        .describe("The server, an authorization server and a small API, listens on 127.0.0.1 only. It"
                                + " ends with the shell, and nothing of it is left behind.")
                        .option(
                                OptionSpec.flag("tour", "Show a whole session, step by step, without a terminal"),
                                OptionSpec.value("script", "FILE|-", "Run this script instead of the shell")
                                        .from(Values.FILE))
                        .does(this::open),
                CommandSpec.named("sandbox approve", GROUP, "Approve a code as the demo user, without a browser")
                        .argument(ArgumentSpec.one("CODE", "The code that login shows", Values.FREE))
                        .does(call -> {
                            sandbox.get().approve(call.argument("CODE").orElseThrow());
                            call.conversation().say("Approved");
                            return CommandSpec.Silent.NOTHING;
                        }));
    }

    private Object open(Call call) {
        if (call.has("tour") && call.has("script")) {
            throw Failure.usage("--tour and --script do not go together", "give one of them");
        }
        int code = call.has("tour")
                ? sandbox.get().tour(echo, screen(call.conversation()))
                : sandbox.get().open(call.option("script"), screen(call.conversation()));
        return Outcome.of(CommandSpec.Silent.NOTHING, code);
    }

    private static SandboxScreen screen(Conversation conversation) {
        return new SandboxScreen() {
            @Override
            public void say(String line) {
                conversation.say(line);
            }

            @Override
            public void show(String line) {
                conversation.show(line);
            }

            @Override
            public <T> T during(String what, Supplier<T> work) {
                return conversation.during(() -> what, work);
            }
        };
    }
}
