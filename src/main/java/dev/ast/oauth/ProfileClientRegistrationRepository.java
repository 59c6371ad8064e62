package dev.ast.oauth;

import dev.ast.domain.ProfileName;
import java.util.function.Function;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;

/**
 * Client registrations made from profiles when they are asked for: no discovery at start-up, and profiles that come and
 * go while the shell runs.
 */
public final class ProfileClientRegistrationRepository implements ClientRegistrationRepository {
    private final Function<ProfileName, OAuthClient> clients;
    private final ServerMetadata metadata;

    ProfileClientRegistrationRepository(Function<ProfileName, OAuthClient> clients, ServerMetadata metadata) {
        this.clients = clients;
        this.metadata = metadata;
    }

    /**
     * The registration with the addresses that are configured, else with those that the server names (RFC 8414).
     *
     * @throws dev.ast.domain.FailureException (usage) when the profile names no authorization server; (unreachable) when
     *     that does not say its addresses
     */
    @Override
    public ClientRegistration findByRegistrationId(String registrationId) {
        OAuthClient client = clients.apply(new ProfileName(registrationId));
        return ProfileRegistration.registration(client, metadata.of(client));
    }

    /**
     * The registration for renewing tokens at the endpoint that issued them, where that has to be discovered otherwise:
     * one request less, and one that waits. Where that leads to no endpoint, {@link #findByRegistrationId} discovers it.
     */
    ClientRegistration forRenewal(GrantedClient stored) {
        OAuthClient client =
                clients.apply(new ProfileName(stored.getClientRegistration().getRegistrationId()));
        return ProfileRegistration.registration(client, metadata.forRenewal(client, stored.tokens()));
    }
}
