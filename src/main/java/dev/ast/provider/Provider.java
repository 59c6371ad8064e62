package dev.ast.provider;

import dev.ast.domain.Failure;
import dev.ast.domain.Profile;
import dev.ast.domain.Secret;
import dev.ast.domain.ServerOrigin;
import dev.ast.domain.TokenSet;
import dev.ast.oauth.ClientOptions;
import dev.ast.oauth.Endpoints;
import dev.ast.oauth.OAuthClient;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A kind of platform, as described in {@code application.yml} or {@code config.yml}.
 *
 * @param id the word that profiles and {@code --provider} use
 * @param title what people call the platform
 * @param server the API, where all users share one
 * @param issuer the authorization server, for discovery
 * @param endpoints addresses that are given one by one
 * @param clientId the public client
 * @param scopes what is asked for
 * @param parameters further parameters of the authorization request
 * @param tokenVariables environment variables that hold a token, the first one that is set wins
 * @param verificationHosts hosts, beside the server's own, whose verification pages may be opened; {@code *.} in front
 *     stands for any subdomain
 * @param issuerAliases other names by which the platform's own authorization server calls itself
 * @param identityPath the path of the API that reports who is signed in, for platforms that have no userinfo endpoint
 * @param options what the platform does differently from OpenID Connect
 */
public record Provider(
        String id,
        String title,
        Optional<ServerOrigin> server,
        Optional<URI> issuer,
        Endpoints endpoints,
        Optional<String> clientId,
        List<String> scopes,
        Map<String, String> parameters,
        List<String> tokenVariables,
        List<String> verificationHosts,
        List<URI> issuerAliases,
        Optional<String> identityPath,
        PlatformOptions options) {
    private static final Set<String> OF_USERS =
            Set.of("openid", "profile", "email", "address", "phone", "offline_access");

    /** Copies the lists. */
    public Provider {
        scopes = List.copyOf(scopes);
        parameters = Map.copyOf(parameters);
        tokenVariables = List.copyOf(tokenVariables);
        verificationHosts = List.copyOf(verificationHosts);
        issuerAliases = List.copyOf(issuerAliases);
    }

    /**
     * The server of a profile: its own, else the provider's, else the issuer's origin.
     *
     * @throws dev.ast.domain.FailureException (usage) when none is known
     */
    public ServerOrigin serverOf(Profile profile) {
        if (profile.server().isPresent()) {
            return profile.server().get();
        }
        Optional<ServerOrigin> first =
                options.issuerIsServer() ? profile.issuer().map(ServerOrigin::of) : Optional.empty();
        return first.or(() -> server)
                .or(() -> profile.issuer().map(ServerOrigin::of))
                .or(() -> issuer.map(ServerOrigin::of))
                .orElseThrow(() -> Failure.usage(
                        "profile " + profile.name() + " names no server",
                        profile.name().loginCommand() + " --server URL"));
    }

    /**
     * How a profile is a client of this platform. What the profile names wins over the provider; a profile with its own
     * issuer does not take the provider's addresses, which belong to another server.
     *
     * @throws dev.ast.domain.FailureException (usage) when no client is known
     */
    public OAuthClient clientOf(Profile profile) {
        return clientOf(
                profile,
                profile.clientId()
                        .or(() -> clientId)
                        .orElseThrow(() -> Failure.usage(
                                "profile " + profile.name() + " names no client",
                                profile.name().loginCommand() + " --client-id ID")));
    }

    /**
     * What the client of a profile has beside its id. A secret of the settings is for the client and the server that
     * stand there beside it.
     */
    public ClientOptions optionsOf(Profile profile) {
        boolean otherServer = isElsewhere(profile)
                && (issuer.isPresent() || (endpoints.token().isPresent() && !endpoints.areOfAnyServer()));
        boolean otherClient =
                clientId.isPresent() && profile.clientId().isPresent() && !clientId.equals(profile.clientId());
        ClientOptions settled = otherServer || otherClient ? options.client().elsewhere(otherServer) : options.client();
        return settled.with(profile.client());
    }

    private boolean isElsewhere(Profile profile) {
        return profile.issuer().isPresent() && !profile.issuer().equals(issuer);
    }

    /** The same with a client that the platform itself has named. */
    OAuthClient clientOf(Profile profile, String client) {
        Optional<URI> asked = profile.issuer().or(() -> issuerOf(profile));
        return new OAuthClient(
                profile.name(),
                serverOf(profile),
                asked,
                given(profile),
                client,
                profile.scopes().orElse(profile.client().withoutUser() ? withoutUser(scopes) : scopes),
                parameters,
                options.assumedLife(),
                asked.map(this::othersThan).orElse(List.of()),
                optionsOf(profile));
    }

    // Addresses that are only a path are of the server that the profile names.
    private Endpoints given(Profile profile) {
        if (endpoints.areOfAnyServer()) {
            return endpoints.at(profile.issuer().map(ServerOrigin::of).orElseGet(() -> serverOf(profile)));
        }
        return isElsewhere(profile) ? Endpoints.NONE : endpoints;
    }

    // OpenID Connect Core section 5.4: these ask for a user, who is not there when a client signs in for itself.
    private static List<String> withoutUser(List<String> scopes) {
        return scopes.stream().filter(scope -> !OF_USERS.contains(scope)).toList();
    }

    // Only the platform's own server has these names: another one could use them to lead the sign-in astray.
    private List<URI> othersThan(URI asked) {
        List<URI> names = new ArrayList<>(issuerAliases);
        issuer.or(() -> server.map(origin -> URI.create(origin.toString()))).ifPresent(names::add);
        return names.remove(asked) ? names : List.of();
    }

    private Optional<URI> issuerOf(Profile profile) {
        return options.issuerIsServer()
                ? Optional.of(URI.create(serverOf(profile).toString()))
                : issuer;
    }

    /** Whether a profile of this platform may name an issuer of its own. */
    public boolean takesIssuer() {
        return issuer.isPresent()
                || options.issuerIsServer()
                || options.tenant().isPresent();
    }

    /** A token that the user already had, in the form that this platform expects. */
    public TokenSet given(ServerOrigin origin, Secret token, Instant now) {
        TokenSet given =
                TokenSet.given(origin, token, now, TokenClaims.of(token).flatMap(TokenClaims::expiresAt));
        return options.bareHeader() ? given.typed(TokenSet.BARE) : given;
    }

    /** How the platform's API reports who is signed in; empty where only OpenID Connect does. */
    public Optional<String> shape() {
        return options.api().or(() -> identityPath.map(path -> "accounts"));
    }

    /** Whether a verification page on this host may be opened without asking. */
    public boolean vouchesFor(String host) {
        return verificationHosts.stream()
                .anyMatch(known -> known.startsWith("*.") ? host.endsWith(known.substring(1)) : host.equals(known));
    }
}
