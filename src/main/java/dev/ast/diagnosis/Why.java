package dev.ast.diagnosis;

import dev.ast.domain.Identity;
import dev.ast.domain.ProfileName;
import dev.ast.domain.SelectedContext;
import dev.ast.domain.ServerOrigin;
import dev.ast.domain.TrustedHost;
import dev.ast.session.Credentials;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a command would use here, and by which rule.
 *
 * @param profileRule why this profile
 * @param serverRule why this server
 * @param contextRule why this context
 * @param source where the credential comes from; empty when there is none
 * @param store where a stored one lies
 * @param identity who a stored one is of
 * @param expiresAt when its access token ends, where that is known
 * @param renewable whether it is renewed by itself
 * @param trustedHosts servers beside the issuer's that its metadata may name
 * @param problem why the store could not be read, if so
 * @param environment the variables that matter
 */
public record Why(
        ProfileName profile,
        String profileRule,
        String provider,
        Optional<ServerOrigin> server,
        String serverRule,
        Optional<SelectedContext> context,
        String contextRule,
        Optional<String> source,
        Optional<String> store,
        Optional<Identity> identity,
        Optional<Instant> expiresAt,
        boolean renewable,
        List<TrustedHost> trustedHosts,
        Optional<String> problem,
        List<Credentials.Variable> environment) {
    /** Copies the lists. */
    public Why {
        environment = List.copyOf(environment);
        trustedHosts = List.copyOf(trustedHosts);
    }
}
