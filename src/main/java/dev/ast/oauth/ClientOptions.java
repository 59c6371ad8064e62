package dev.ast.oauth;

import dev.ast.domain.ClientAuthentication;
import dev.ast.domain.ClientMethod;
import dev.ast.domain.ClientSettings;
import dev.ast.domain.Secret;
import dev.ast.domain.ServerOrigin;
import dev.ast.domain.TrustedHost;
import dev.ast.domain.Workload;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a client has beside its id: how it shows who it is, what its tokens are for, whom it trusts.
 *
 * @param method how it shows who it is; empty to go by what there is, and what the server takes
 * @param secret a client secret that is kept with the session
 * @param configured one that the user's settings have
 * @param key the file of its private key
 * @param certificate the file of its certificate
 * @param audience what the tokens are for, as some servers want it
 * @param resources what the tokens are for (RFC 8707)
 * @param trustedHosts servers, beside the issuer's, that its metadata may name
 * @param pushed whether authorization requests are pushed (RFC 9126); empty to go by the server
 * @param issuerTemplate the form of the issuers of all tenants of one server, with <code>{tenantid}</code>
 * @param ofClient whether the client itself signs in, and no user (RFC 6749 section 4.4)
 * @param dpop whether tokens are bound to a key (RFC 9449)
 * @param proofKey the key that the tokens of this sign-in or session are bound to, as a JWK
 * @param workload how a machine's own token is exchanged; of a platform only what a profile may take over
 */
public record ClientOptions(
        Optional<ClientMethod> method,
        Optional<Secret> secret,
        Optional<Secret> configured,
        Optional<Path> key,
        Optional<Path> certificate,
        Optional<String> audience,
        List<String> resources,
        List<TrustedHost> trustedHosts,
        Optional<Boolean> pushed,
        Optional<String> issuerTemplate,
        boolean ofClient,
        boolean dpop,
        Optional<Secret> proofKey,
        Workload workload) {
    /** A public client. */
    public static final ClientOptions PUBLIC = new ClientOptions(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            List.of(),
            List.of(),
            Optional.empty(),
            Optional.empty(),
            false,
            false,
            Optional.empty(),
            Workload.NONE);

    /** Copies the lists. */
    public ClientOptions {
        resources = List.copyOf(resources);
        trustedHosts = List.copyOf(trustedHosts);
    }

    /** The same with what a profile has of its own. */
    public ClientOptions with(ClientSettings own) {
        List<TrustedHost> hosts = new ArrayList<>(trustedHosts);
        hosts.addAll(own.trustedHosts());
        return new ClientOptions(
                method,
                secret,
                configured,
                own.key().map(Path::of).or(() -> key),
                own.certificate().map(Path::of).or(() -> certificate),
                own.audience().or(() -> audience),
                own.resources().isEmpty() ? resources : own.resources(),
                hosts,
                pushed,
                issuerTemplate,
                own.ofClient(),
                own.dpop().orElse(dpop),
                proofKey,
                own.workload());
    }

    /** The same without what belongs to another server, or to another client of it. */
    public ClientOptions elsewhere(boolean otherServer) {
        return new ClientOptions(
                method,
                secret,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                audience,
                resources,
                otherServer ? List.of() : trustedHosts,
                pushed,
                issuerTemplate,
                ofClient,
                dpop,
                proofKey,
                workload);
    }

    /** The same with tokens for an audience that the platform names. */
    public ClientOptions forAudience(String named) {
        return with(new ClientSettings(
                Optional.of(named),
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                ofClient,
                Optional.empty(),
                workload));
    }

    /** The same with a secret that is to be kept with the session. */
    public ClientOptions with(Secret kept) {
        return with(method, Optional.of(kept), proofKey);
    }

    /** The same as a stored session shows who it is. */
    ClientOptions as(ClientAuthentication kept) {
        return with(Optional.of(kept.method()), kept.secret().or(() -> secret), proofKey);
    }

    /** The same with the key that tokens are bound to, as a JWK. */
    ClientOptions proving(Optional<Secret> bound) {
        return with(method, secret, bound);
    }

    private ClientOptions with(
            Optional<ClientMethod> newMethod, Optional<Secret> newSecret, Optional<Secret> newKey) {
        return new ClientOptions(
                newMethod,
                newSecret,
                configured,
                key,
                certificate,
                audience,
                resources,
                trustedHosts,
                pushed,
                issuerTemplate,
                ofClient,
                dpop,
                newKey,
                workload);
    }

    /** The secret, wherever it comes from. */
    public Optional<Secret> anySecret() {
        return secret.or(() -> configured);
    }

    /** Whether the client shows who it is in any way. */
    public boolean confidential() {
        return method.filter(way -> way != ClientMethod.NONE).isPresent()
                || anySecret().isPresent()
                || key.isPresent()
                || certificate.isPresent();
    }

    /** Whether the settings ask for a secret that nobody has given. */
    public boolean lacksSecret() {
        return method.filter(ClientMethod::bySecret).isPresent() && anySecret().isEmpty();
    }

    /**
     * How the client shows this server who it is: as the settings say, else by what there is, in a way that the server
     * takes. Where it does not say which, a secret goes into the header (RFC 8414 section 2).
     */
    ClientMethod methodAt(ServerCapabilities server) {
        if (workload.isUsed() && workload.grantOrDefault() == Workload.Grant.CLIENT_ASSERTION) {
            return ClientMethod.NONE;
        }
        if (method.isPresent()) {
            return method.get();
        }
        List<ClientMethod> taken = server.methods();
        if (key.isPresent()) {
            return ClientMethod.PRIVATE_KEY_JWT;
        }
        if (certificate.isPresent()) {
            return taken.contains(ClientMethod.SELF_SIGNED_TLS_CLIENT_AUTH)
                            && !taken.contains(ClientMethod.TLS_CLIENT_AUTH)
                    ? ClientMethod.SELF_SIGNED_TLS_CLIENT_AUTH
                    : ClientMethod.TLS_CLIENT_AUTH;
        }
        if (anySecret().isEmpty()) {
            return ClientMethod.NONE;
        }
        return taken.contains(ClientMethod.CLIENT_SECRET_POST) && !taken.contains(ClientMethod.CLIENT_SECRET_BASIC)
                ? ClientMethod.CLIENT_SECRET_POST
                : ClientMethod.CLIENT_SECRET_BASIC;
    }

    /** Whether the user has named this server beside the issuer's. */
    public boolean trusts(ServerOrigin origin) {
        return trustedHosts.stream().anyMatch(host -> host.covers(origin));
    }

    /** The same for an address; not for one that is none. */
    boolean trusts(URI address) {
        return ServerOrigin.tryParse(address.getScheme() + "://" + address.getRawAuthority())
                .filter(this::trusts)
                .isPresent();
    }
}
