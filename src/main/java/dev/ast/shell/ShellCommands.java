package dev.ast.shell;

import dev.ast.command.ArgumentSpec;
import dev.ast.command.Call;
import dev.ast.command.CommandSpec;
import dev.ast.command.CommandSpec.Silent;
import dev.ast.command.OptionSpec;
import dev.ast.command.Values;
import dev.ast.domain.Failure;
import dev.ast.domain.SecretShape;
import dev.ast.output.Outcome;
import dev.ast.output.Version;
import dev.ast.shell.grammar.Catalog;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The commands that are about the program itself and need no session. */
public final class ShellCommands {
    private static final String GROUP = "Shell";

    private final Supplier<Catalog> catalog;
    private final Supplier<List<String>> history;
    private final Runnable clear;
    private final Leave leave;

    /**
     * Commands of this program.
     *
     * @param catalog all commands, these ones included; asked when help is
     * @param history the lines typed so far, the oldest first
     * @param clear clears the screen; outside of the interactive shell it does nothing
     * @param leave is notified when the user leaves
     */
    public ShellCommands(Supplier<Catalog> catalog, Supplier<List<String>> history, Runnable clear, Leave leave) {
        this.catalog = catalog;
        this.history = history;
        this.clear = clear;
        this.leave = leave;
    }

    /** Their descriptions. */
    public List<CommandSpec> specs() {
        return List.of(
                CommandSpec.named("help", GROUP, "Show what commands there are, or how one is used")
                        .alias("?")
                        .local()
                        .argument(ArgumentSpec.rest(
                                "COMMAND", "The command's words, or one of the topics", Values.COMMAND))
                        .does(call -> HelpTopic.named(call.rest())
                                .<Object>map(topic -> topic)
                                .orElseGet(() -> HelpPage.about(call.rest(), catalog.get()))),
                CommandSpec.named("version", GROUP, "Show which build this is")
                        .local()
                        .does(call -> Version.ofBuild()),
                CommandSpec.named("history", GROUP, "Show the lines typed so far")
                        .gives(CommandSpec.Result.LIST)
                        .describe("Lines that contain a secret or begin with a space are not kept.")
                        .argument(ArgumentSpec.maybe("WORD", "Only lines that contain this", Values.FREE))
                        .option(OptionSpec.value("number", "N", "Only so many of the newest")
                                .letter('n'))
                        .does(this::history),
                CommandSpec.named("clear", GROUP, "Clear the screen").does(call -> {
                    clear.run();
                    return Silent.NOTHING;
                }),
                CommandSpec.named("exit", GROUP, "Leave the shell or the script")
                        .alias("quit")
                        .argument(ArgumentSpec.maybe("CODE", "The exit code, 0 to 255", Values.FREE))
                        .does(this::exit));
    }

    private Object exit(Call call) {
        Optional<String> code = call.argument("CODE");
        if (code.isEmpty()) {
            leave.ask();
            return Silent.NOTHING;
        }
        leave.ask(code(code.get()));
        return Outcome.of(Silent.NOTHING, leave.code().orElseThrow());
    }

    /** Reads an exit code. @throws dev.ast.domain.FailureException (usage) for what is none */
    public static int code(String word) {
        if (!word.matches("[0-9]{1,3}") || Integer.parseInt(word) > 255) {
            throw Failure.usage("an exit code is a number from 0 to 255, not " + SecretShape.quoted(word, 20));
        }
        return Integer.parseInt(word);
    }

    private Object history(Call call) {
        Optional<Integer> most = call.option("number").map(ShellCommands::number);
        return HistoryPage.of(history.get(), call.argument("WORD"), most);
    }

    private static int number(String text) {
        if (!text.matches("[0-9]{1,6}")) {
            throw Failure.usage("not a number: " + SecretShape.quoted(text, 20), "ast history -n 20");
        }
        return Integer.parseInt(text);
    }
}
