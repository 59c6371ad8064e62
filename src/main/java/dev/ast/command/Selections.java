package dev.ast.command;

import dev.ast.domain.Secret;
import dev.ast.login.TokenText;
import dev.ast.session.Selection;
import java.util.Optional;

/** Reads who and where from a call. */
public final class Selections {
    private final TokenText tokens;

    /** Reads {@code --token} in the given way. */
    public Selections(TokenText tokens) {
        this.tokens = tokens;
    }

    /** What the call's global options say. */
    public Selection of(Call call) {
        GlobalOptions global = call.global();
        Optional<Secret> token =
                global.token().map(text -> tokens.read(text, call.conversation()::warn));
        return new Selection(global.profile(), global.context(), global.server(), token);
    }
}
