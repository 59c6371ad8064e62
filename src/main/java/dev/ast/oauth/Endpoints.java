package dev.ast.oauth;

import dev.ast.domain.ServerOrigin;
import java.net.URI;
import java.util.Optional;

/**
 * The addresses of an authorization server (RFC 8414 section 2, OpenID Connect Discovery section 3).
 *
 * @param pushedAuthorization where authorization requests can be pushed (RFC 9126)
 * @param capabilities what the server says beside them
 */
public record Endpoints(
        Optional<URI> deviceAuthorization,
        Optional<URI> authorization,
        Optional<URI> token,
        Optional<URI> revocation,
        Optional<URI> userInfo,
        Optional<URI> jwkSet,
        Optional<URI> pushedAuthorization,
        ServerCapabilities capabilities) {

    /** No address is known. */
    public static final Endpoints NONE = ofToken(Optional.empty());

    /** Addresses of a server of which nothing else is known. */
    public Endpoints(
            Optional<URI> deviceAuthorization,
            Optional<URI> authorization,
            Optional<URI> token,
            Optional<URI> revocation,
            Optional<URI> userInfo,
            Optional<URI> jwkSet) {
        this(
                deviceAuthorization,
                authorization,
                token,
                revocation,
                userInfo,
                jwkSet,
                Optional.empty(),
                ServerCapabilities.UNKNOWN);
    }

    /** Only the token endpoint is known. */
    static Endpoints ofToken(Optional<URI> token) {
        return new Endpoints(
                Optional.empty(), Optional.empty(), token, Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** The same addresses with one for pushed authorization requests. */
    public Endpoints pushedTo(Optional<URI> address) {
        return new Endpoints(
                deviceAuthorization, authorization, token, revocation, userInfo, jwkSet, address, capabilities);
    }

    /** These addresses, of which those that are only a path are of this server. */
    public Endpoints at(ServerOrigin server) {
        return new Endpoints(
                at(deviceAuthorization, server),
                at(authorization, server),
                at(token, server),
                at(revocation, server),
                at(userInfo, server),
                at(jwkSet, server),
                at(pushedAuthorization, server),
                capabilities);
    }

    private static Optional<URI> at(Optional<URI> address, ServerOrigin server) {
        return address.isPresent() && !address.get().isAbsolute()
                ? Optional.of(server.resolve(address.get().toString()))
                : address;
    }

    /** Whether these are of whichever server a profile names. */
    public boolean areOfAnyServer() {
        return token.isPresent() && !token.get().isAbsolute();
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
                pushedAuthorization.or(other::pushedAuthorization),
                capabilities.known() ? capabilities : other.capabilities);
    }
}
