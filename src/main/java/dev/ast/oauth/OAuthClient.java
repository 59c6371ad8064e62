package dev.ast.oauth;

import dev.ast.domain.ProfileName;
import dev.ast.domain.ServerOrigin;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

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
 * @param assumedLife the lifetime of an access token when neither the answer nor the token has one; empty for unknown
 * @param aliases other names by which the issuer is known to call itself
 */
public record OAuthClient(
        ProfileName profile,
        ServerOrigin server,
        Optional<URI> issuer,
        Endpoints given,
        String clientId,
        List<String> scopes,
        Map<String, String> parameters,
        Optional<Duration> assumedLife,
        List<URI> aliases) {

    private static final String OFFLINE = "offline_access";

    /** Copies the lists. */
    public OAuthClient {
        scopes = List.copyOf(scopes);
        parameters = Map.copyOf(parameters);
        aliases = List.copyOf(aliases);
    }

    /** The issuer under each of its names, the one that is asked first. */
    List<URI> issuers() {
        return issuer.isEmpty()
                ? List.of()
                : Stream.concat(issuer.stream(), aliases.stream()).toList();
    }

    /** The same client of the issuer under another of its names; any other name changes nothing. */
    OAuthClient of(Optional<String> name) {
        Optional<URI> known = issuers().stream()
                .filter(one -> name.filter(one.toString()::equals).isPresent())
                .findFirst();
        return new OAuthClient(
                profile, server, known.or(() -> issuer), given, clientId, scopes, parameters, assumedLife, aliases);
    }

    /** The same client asking for no scope in particular. */
    OAuthClient withoutScopes() {
        return with(List.of());
    }

    /**
     * The same client without {@code offline_access}, which not every server has (OpenID Connect Core section 11), where
     * the server names its scopes and not that one: GitLab, Google and Cognito refuse the whole request for it.
     */
    public OAuthClient offeredBy(Endpoints endpoints) {
        boolean lacking = !endpoints.scopes().isEmpty() && !endpoints.scopes().contains(OFFLINE);
        return lacking
                ? with(scopes.stream().filter(scope -> !scope.equals(OFFLINE)).toList())
                : this;
    }

    private OAuthClient with(List<String> others) {
        return new OAuthClient(profile, server, issuer, given, clientId, others, parameters, assumedLife, aliases);
    }
}
