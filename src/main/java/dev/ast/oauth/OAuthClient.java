package dev.ast.oauth;

import dev.ast.domain.ProfileName;
import dev.ast.domain.ServerOrigin;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How one profile is a client of an authorization server.
 *
 * @param profile whose client this is
 * @param server the API that the access tokens are for
 * @param issuer the authorization server, for discovery; empty when all addresses are given
 * @param given addresses that are configured and win over discovered ones
 * @param clientId the public client's id
 * @param scopes what is asked for; none leaves the parameter out
 * @param parameters more parameters for the device and authorization requests, such as {@code audience}
 * @param assumedLife how long an access token lives when neither the answer nor the token says so; empty for unknown
 */
public record OAuthClient(
        ProfileName profile,
        ServerOrigin server,
        Optional<URI> issuer,
        Endpoints given,
        String clientId,
        List<String> scopes,
        Map<String, String> parameters,
        Optional<Duration> assumedLife) {

    /** Copies the lists. */
    public OAuthClient {
        scopes = List.copyOf(scopes);
        parameters = Map.copyOf(parameters);
    }

    /** The same client asking for no scope in particular. */
    OAuthClient withoutScopes() {
        return new OAuthClient(profile, server, issuer, given, clientId, List.of(), parameters, assumedLife);
    }
}
