package dev.ast.provider;

import dev.ast.domain.FailureException;
import dev.ast.domain.Profile;
import dev.ast.domain.TokenSet;
import dev.ast.oauth.Endpoints;
import dev.ast.oauth.OAuthClient;

/** Reads from one kind of platform who is signed in, and what can be selected. */
public interface Platform {
    /**
     * The client and the server of a request.
     *
     * @param endpoints the authorization server's addresses, as far as they are known
     */
    record Question(Provider provider, Profile profile, OAuthClient client, Endpoints endpoints, TokenSet tokens) {}

    /**
     * Asks the server.
     *
     * @throws FailureException (unreachable) when it cannot be asked; (session_ended) when it refuses the token
     */
    Identities.Known read(Question question);
}
