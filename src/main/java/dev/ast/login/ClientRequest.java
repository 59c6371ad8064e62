package dev.ast.login;

import dev.ast.domain.ClientSettings;
import dev.ast.domain.Secret;
import dev.ast.domain.TrustedHost;
import dev.ast.domain.Workload;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the user says about the client of a sign-in, beside its id and scopes. Everything but the parameters stays with
 * the profile; the secret stays with its tokens.
 *
 * @param tenant {@code --tenant}: what names the user's own server at the provider
 * @param secret {@code --client-secret}
 * @param key {@code --client-key}, an absolute path
 * @param certificate {@code --client-cert}, an absolute path
 * @param audience {@code --audience}
 * @param resources {@code --resource}
 * @param trustedHosts {@code --trust-host}
 * @param parameters those of this sign-in only, such as {@code prompt} and {@code login_hint}
 * @param ofClient {@code --client-credentials}: the client itself signs in, and no user
 * @param dpop {@code --dpop}, {@code --no-dpop}
 * @param byWorkload {@code --workload}: the machine signs in by a token of its own
 * @param workload the value of that option, if it has one, and the options beside it
 */
public record ClientRequest(
        Optional<String> tenant,
        Optional<Secret> secret,
        Optional<String> key,
        Optional<String> certificate,
        Optional<String> audience,
        List<String> resources,
        List<TrustedHost> trustedHosts,
        Map<String, String> parameters,
        boolean ofClient,
        Optional<Boolean> dpop,
        boolean byWorkload,
        Workload workload) {

    /** Copies the collections. */
    public ClientRequest {
        resources = List.copyOf(resources);
        trustedHosts = List.copyOf(trustedHosts);
        parameters = Map.copyOf(parameters);
    }

    /**
     * The settings of a profile after this sign-in: what is not given stays, and hosts are added to those before.
     *
     * @param ofEnvironment the audience that the environment names
     * @param machine how the machine's own token is exchanged, if that is how it signs in
     */
    ClientSettings on(ClientSettings before, Optional<String> ofEnvironment, Workload machine) {
        Set<TrustedHost> hosts = new LinkedHashSet<>(before.trustedHosts());
        hosts.addAll(trustedHosts);
        return new ClientSettings(
                audience.or(() -> ofEnvironment).or(before::audience),
                resources.isEmpty() ? before.resources() : resources,
                List.copyOf(hosts),
                key.or(before::key),
                certificate.or(before::certificate),
                ofClient,
                dpop.or(before::dpop),
                machine);
    }
}
