package dev.ast.login;

import dev.ast.domain.Failure;
import dev.ast.domain.FailureException;
import dev.ast.domain.ServerOrigin;
import dev.ast.domain.TokenSet;
import dev.ast.provider.AccountNames;
import java.util.Optional;

/** Lets a user who has no account yet choose its name. An empty answer skips it; the sign-in goes on in any case. */
public final class AccountClaim {
    private static final int MOST_TRIES = 5;

    private final AccountNames names;

    /** Claims with the given names. */
    public AccountClaim(AccountNames names) {
        this.names = names;
    }

    /** Asks until a name is free or the answer is empty; whether an account was made. */
    boolean run(ServerOrigin server, TokenSet tokens, SignInScreen screen) {
        for (int i = 0; i < MOST_TRIES; i++) {
            Optional<String> name = screen.ask("Choose a user name (Enter for later)");
            if (name.isEmpty()) {
                return false;
            }
            try {
                Optional<String> objection = names.objection(name.get(), server, tokens);
                if (objection.isEmpty()) {
                    names.create(name.get(), server, tokens);
                    return true;
                }
                screen.say("This name cannot be used: " + objection.get());
            } catch (FailureException e) {
                if (e.failure() instanceof Failure.Interrupted) {
                    throw e;
                }
                screen.say("No name was chosen: " + e.failure().message());
                return false;
            }
        }
        return false;
    }
}
