package dev.ast.command;

import dev.ast.api.PersonalTokens;
import dev.ast.session.Selection;
import dev.ast.session.Targets;
import java.util.List;
import java.util.function.Supplier;

/** The {@code pat} commands: personal access tokens. */
public final class PatCommands {
    private static final String GROUP = "Session";

    private final Supplier<PersonalTokens> tokens;
    private final Targets targets;
    private final Selections selections;
    private final Guard guard;

    /** Commands over the given use case. */
    public PatCommands(Supplier<PersonalTokens> tokens, Targets targets, Selections selections, Guard guard) {
        this.tokens = tokens;
        this.targets = targets;
        this.selections = selections;
        this.guard = guard;
    }

    /** Their descriptions. */
    public List<CommandSpec> specs() {
        return List.of(
                CommandSpec.named("pat create", GROUP, "Make a personal access token and print it (Seqera)")
                        .gives(CommandSpec.Result.SECRET)
                        .describe("The token is printed once and stored nowhere.")
                        .argument(ArgumentSpec.one("NAME", "The name of the token", Values.FREE))
                        .option(Guard.YES)
                        .does(call -> tokens.get()
                                .create(
                                        guarded(call, "pat create"),
                                        call.argument("NAME").orElseThrow())),
                CommandSpec.named("pat list", GROUP, "List the personal access tokens (Seqera)")
                        .gives(CommandSpec.Result.LIST)
                        .does(call -> tokens.get().list(selections.of(call))),
                CommandSpec.named("pat revoke", GROUP, "Revoke a personal access token (Seqera)")
                        .argument(ArgumentSpec.one("ID", "Its id, as the list shows it", Values.FREE))
                        .option(Guard.YES)
                        .does(this::revoke));
    }

    private Selection guarded(Call call, String what) {
        Selection selection = selections.of(call);
        guard.check(call, targets.choose(selection).name(), what);
        return selection;
    }

    private Object revoke(Call call) {
        String id = call.argument("ID").orElseThrow();
        tokens.get().revoke(guarded(call, "pat revoke"), id);
        call.conversation().say("Revoked token " + id);
        return Changed.of("token", id, "revoked");
    }
}
