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
 * @param dpop whether tokens are bound to a key (RFC 9449); empty to go by the platform's settings
 * @param workload how a machine's own token is exchanged, where that is how tokens are had
 */
public record ClientSettings(
        Optional<String> audience,
        List<String> resources,
        List<TrustedHost> trustedHosts,
        Optional<String> key,
        Optional<String> certificate,
        boolean ofClient,
        Optional<Boolean> dpop,
        Workload workload) {
    /** Nothing of its own. */
    public static final ClientSettings NONE = new ClientSettings(
            Optional.empty(),
            List.of(),
            List.of(),
            Optional.empty(),
            Optional.empty(),
            false,
            Optional.empty(),
            Workload.NONE);

    /** Copies the lists. */
    public ClientSettings {
        resources = List.copyOf(resources);
        trustedHosts = List.copyOf(trustedHosts);
    }

    /** Whether tokens are had without a user: by the client itself, or by the token of a machine. */
    public boolean withoutUser() {
        return ofClient || workload.isUsed();
    }

    /** The same with tokens that are had by the token of a machine, or not. */
    public ClientSettings by(Workload other) {
        return new ClientSettings(
                audience, resources, trustedHosts, key, certificate, ofClient && !other.isUsed(), dpop, other);
    }
}
