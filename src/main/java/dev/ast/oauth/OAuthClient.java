package dev.ast.oauth;

import dev.ast.domain.ProfileName;
import dev.ast.domain.ServerOrigin;
import dev.ast.domain.TokenSet;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How one profile is a client of an authorization server.
 *
 * @param profile whose client this is
 * @param server the API that the access tokens are for
 * @param issuer the authorization server, or its metadata, for discovery; empty when all addresses are given
 * @param given addresses that are configured and win over discovered ones
 * @param clientId the client's id
 * @param scopes what is asked for; none leaves the parameter out
 * @param parameters more parameters for the device and authorization requests, such as {@code prompt}
 * @param assumedLife the lifetime of an access token when neither the answer nor the token has one; empty for unknown
 * @param aliases other names by which the issuer is known to call itself
 * @param options what the client has beside its id
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
        List<URI> aliases,
        ClientOptions options) {

    /** A public client. */
    public OAuthClient(
            ProfileName profile,
            ServerOrigin server,
            Optional<URI> issuer,
            Endpoints given,
            String clientId,
            List<String> scopes,
            Map<String, String> parameters,
            Optional<Duration> assumedLife,
            List<URI> aliases) {
        this(profile, server, issuer, given, clientId, scopes, parameters, assumedLife, aliases, ClientOptions.PUBLIC);
    }

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
                : Stream.concat(issuer.stream().map(IssuerAddress::of), aliases.stream())
                        .toList();
    }

    /** The same client with other options. */
    public OAuthClient with(ClientOptions others) {
        return with(issuer, scopes, parameters, others);
    }

    /** The same client as the session with these tokens shows who it is. */
    OAuthClient of(TokenSet tokens) {
        return with(tokens.client().map(options::as).orElse(options).proving(tokens.key()));
    }

    /** The same client with more parameters for the requests that the user approves. */
    public OAuthClient asking(Map<String, String> more) {
        Map<String, String> all = new HashMap<>(parameters);
        all.putAll(more);
        return with(issuer, scopes, all, options);
    }

    /** The same client asking for no scope in particular. */
    OAuthClient withoutScopes() {
        return with(issuer, List.of(), parameters, options);
    }

    private OAuthClient with(
            Optional<URI> newIssuer,
            List<String> newScopes,
            Map<String, String> newParameters,
            ClientOptions newOptions) {
        return new OAuthClient(
                profile,
                server,
                newIssuer,
                given,
                clientId,
                newScopes,
                newParameters,
                assumedLife,
                aliases,
                newOptions);
    }

    /** What every request for tokens says that they are for; a name may be there several times (RFC 8707 section 2). */
    List<Map.Entry<String, String>> purpose() {
        List<Map.Entry<String, String>> fields = new ArrayList<>();
        options.audience().ifPresent(audience -> fields.add(Map.entry("audience", audience)));
        options.resources().forEach(resource -> fields.add(Map.entry("resource", resource)));
        return fields;
    }

    /** Whether an answer that names this issuer may be of this client's server. */
    boolean isOf(String name, Endpoints endpoints) {
        return issuer.isEmpty()
                || isIssuer(name, IssuerTemplate.tenant(endpoints.capabilities().issuer(), name), endpoints);
    }

    /**
     * Whether this is the issuer: by one of its names, or by the one in its metadata.
     *
     * @param tenant what stands for <code>{tenantid}</code> in that name
     */
    boolean isIssuer(String name, Optional<String> tenant, Endpoints endpoints) {
        Optional<String> published =
                endpoints.capabilities().issuer().flatMap(written -> IssuerTemplate.filled(written, tenant));
        return published.filter(name::equals).isPresent()
                || issuers().stream().anyMatch(known -> known.toString().equals(name));
    }

    /**
     * The same client without {@code offline_access}, which not every server has (OpenID Connect Core section 11), where
     * the server names its scopes and not that one: GitLab, Google and Cognito refuse the whole request for it.
     */
    public OAuthClient offeredBy(Endpoints endpoints) {
        boolean lacking = !endpoints.capabilities().scopes().isEmpty()
                && !endpoints.capabilities().scopes().contains(OFFLINE);
        return lacking
                ? with(
                        issuer,
                        scopes.stream().filter(scope -> !scope.equals(OFFLINE)).toList(),
                        parameters,
                        options)
                : this;
    }
}
