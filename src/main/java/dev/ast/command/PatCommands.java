package dev.ast.command;

import dev.ast.api.PersonalTokens;
import java.util.List;
import java.util.function.Supplier;

/** The {@code pat} commands: personal access tokens. */
public final class PatCommands {
    private static final String GROUP = "Session";

    private final Supplier<PersonalTokens> tokens;
    private final Selections selections;

    /** Commands over the given use case. */
    public PatCommands(Supplier<PersonalTokens> tokens, Selections selections) {
        this.tokens = tokens;
        this.selections = selections;
    }

    /** Their descriptions. */
    public List<CommandSpec> specs() {
        return List.of(
                CommandSpec.named("pat create", GROUP, "Make a personal access token and print it (Seqera)")
                        .describe("The token is printed once and stored nowhere.")
                        .argument(ArgumentSpec.one("NAME", "The name of the token", Values.FREE))
                        .does(call -> tokens.get()
                                .create(
                                        selections.of(call),
                                        call.argument("NAME").orElseThrow())),
                CommandSpec.named("pat list", GROUP, "List the personal access tokens (Seqera)")
                        .does(call -> tokens.get().list(selections.of(call))),
                CommandSpec.named("pat revoke", GROUP, "Revoke a personal access token (Seqera)")
                        .argument(ArgumentSpec.one("ID", "Its id, as the list shows it", Values.FREE))
                        .does(this::revoke));
    }

    private Object revoke(Call call) {
        String id = call.argument("ID").orElseThrow();
        tokens.get().revoke(selections.of(call), id);
        call.conversation().say("Revoked token " + id);
        return Changed.of("token", id, "revoked");
    }
}
