package dev.ast.login;

import dev.ast.domain.Failure;
import dev.ast.domain.Profile;
import dev.ast.domain.ServerOrigin;
import dev.ast.provider.Provider;
import dev.ast.session.Credentials;
import dev.ast.session.Target;

/** Refuses a sign-in that nobody can finish and nobody would use: in a job that has a token in its environment. */
final class Unattended {
    private final Credentials credentials;

    Unattended(Credentials credentials) {
        this.credentials = credentials;
    }

    /**
     * Checks before anything is asked of a server.
     *
     * @throws dev.ast.domain.FailureException (usage) without a terminal, when a variable's token would be used anyway
     */
    void check(Profile profile, Provider provider, SignInScreen screen) {
        if (screen.attended()) {
            return;
        }
        ServerOrigin server = provider.serverOf(profile);
        credentials.variables(new Target(profile, provider, server, server, "")).stream()
                .filter(Credentials.Variable::used)
                .findFirst()
                .ifPresent(variable -> {
                    throw Failure.usage(
                            "the token in the environment variable " + variable.name()
                                    + " is used before any sign-in, and without a terminal nobody can sign in",
                            "unset " + variable.name());
                });
    }
}
