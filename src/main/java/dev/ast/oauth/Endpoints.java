package dev.ast.oauth;

import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * The addresses of an authorization server (RFC 8414 section 2, OpenID Connect Discovery section 3).
 *
 * @param scopes the scopes that it names; none where it names none, which says nothing
 */
public record Endpoints(
        Optional<URI> deviceAuthorization,
        Optional<URI> authorization,
        Optional<URI> token,
        Optional<URI> revocation,
        Optional<URI> userInfo,
        Optional<URI> jwkSet,
        List<String> scopes) {

    /** Copies the list. */
    public Endpoints {
        scopes = List.copyOf(scopes);
    }

    /** Addresses of a server that names no scopes. */
    public Endpoints(
            Optional<URI> deviceAuthorization,
            Optional<URI> authorization,
            Optional<URI> token,
            Optional<URI> revocation,
            Optional<URI> userInfo,
            Optional<URI> jwkSet) {
        this(deviceAuthorization, authorization, token, revocation, userInfo, jwkSet, List.of());
    }

    /** No address is known. */
    public static final Endpoints NONE = new Endpoints(
            Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    /** Only the token endpoint is known. */
    static Endpoints ofToken(URI token) {
        return new Endpoints(
                Optional.empty(),
                Optional.empty(),
                Optional.of(token),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** These addresses, and the other's where one is missing here. */
    public Endpoints or(Endpoints other) {
        return new Endpoints(
                deviceAuthorization.or(other::deviceAuthorization),
                authorization.or(other::authorization),
                token.or(other::token),
                revocation.or(other::revocation),
                userInfo.or(other::userInfo),
                jwkSet.or(other::jwkSet),
                scopes.isEmpty() ? other.scopes : scopes);
    }
}
