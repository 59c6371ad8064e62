package dev.ast.domain;

import java.util.List;
import java.util.Optional;

/**
 * What a profile has of its own about its client, beside its id and scopes. Holds no secret: of key and certificate only
 * the path.
 *
 * @param audience what the tokens are for, as some servers want it
 * @param resources what the tokens are for (RFC 8707)
 * @param trustedHosts servers, beside the issuer's, that the issuer's metadata may name
 * @param key the file of the client's private key
 * @param certificate the file of the client's certificate and its key
 * @param ofClient whether the client itself is signed in, and no user (RFC 6749 section 4.4)
 */
public record ClientSettings(
        Optional<String> audience,
        List<String> resources,
        List<TrustedHost> trustedHosts,
        Optional<String> key,
        Optional<String> certificate,
        boolean ofClient) {
    /** Nothing of its own. */
    public static final ClientSettings NONE =
            new ClientSettings(Optional.empty(), List.of(), List.of(), Optional.empty(), Optional.empty(), false);

    /** Copies the lists. */
    public ClientSettings {
        resources = List.copyOf(resources);
        trustedHosts = List.copyOf(trustedHosts);
    }
}
