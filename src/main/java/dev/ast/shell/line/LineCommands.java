package dev.ast.shell.line;

import dev.ast.command.ArgumentSpec;
import dev.ast.command.Call;
import dev.ast.command.CommandSpec;
import dev.ast.command.CommandSpec.Silent;
import dev.ast.command.Values;
import dev.ast.domain.Failure;
import dev.ast.shell.LastResult;
import dev.ast.shell.grammar.Catalog;
import java.util.List;
import java.util.function.Supplier;

/** The commands that only have a meaning in a shell or script. */
public final class LineCommands {
    /** The command that sets a variable. */
    public static final String SET = "set";

    private static final String GROUP = "Shell";

    private final Supplier<LineState> state;
    private final Supplier<Catalog> catalog;

    /** Commands over the state of this shell or script; an alias may not hide one of the catalog. */
    public LineCommands(Supplier<LineState> state, Supplier<Catalog> catalog) {
        this.state = state;
        this.catalog = catalog;
    }

    /** Their descriptions. */
    public List<CommandSpec> specs() {
        return List.of(
                new AliasCommand(catalog, () -> state.get().aliases()).spec(),
                CommandSpec.named(LastResult.NAME, GROUP, "Show the last result again")
                        .gives(CommandSpec.Result.LIST)
                        .describe("For example: _ | jq . or _ > FILE. A result that is a secret is not kept.")
                        .does(call -> state.get().last().again()),
                CommandSpec.named(SET, GROUP, "Set a variable of this shell or script")
                        .describe("$NAME and ${NAME} stand for the value, outside single quotes. It is not stored.")
                        .argument(ArgumentSpec.one("NAME", "The variable", Values.FREE))
                        .argument(ArgumentSpec.one("VALUE", "Its value", Values.FREE))
                        .does(this::set),
                CommandSpec.named(LineExecution.EXPECT, GROUP, "Succeed if a command ends with an exit code")
                        .describe(
                                "For example: expect 4 whoami. Ends with 0 if the command ended with the code, otherwise"
                                        + " with 1.")
                        .argument(ArgumentSpec.one("CODE", "The exit code, 0 to 255", Values.FREE))
                        .argument(ArgumentSpec.rest("COMMAND", "The command's words", Values.COMMAND))
                        .does(call -> {
                            // A line of a shell or script never gets here, see LineExecution.
                            throw Failure.usage(
                                    "expect belongs into the shell or a script, at the beginning of a line");
                        }));
    }

    private Object set(Call call) {
        state.get()
                .variables()
                .set(call.argument("NAME").orElseThrow(), call.argument("VALUE").orElseThrow());
        return Silent.NOTHING;
    }
}
