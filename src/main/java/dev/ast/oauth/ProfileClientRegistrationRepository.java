package dev.ast.oauth;

import dev.ast.domain.ProfileName;
import dev.ast.domain.TokenSet;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
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
    private final Map<ProfileName, OAuthClient> pending = new ConcurrentHashMap<>();

    ProfileClientRegistrationRepository(Function<ProfileName, OAuthClient> clients, ServerMetadata metadata) {
        this.clients = clients;
        this.metadata = metadata;
    }

    @Override
    public ClientRegistration findByRegistrationId(String registrationId) {
        ProfileName profile = new ProfileName(registrationId);
        OAuthClient client = pending.getOrDefault(profile, null);
        if (client == null) {
            client = clients.apply(profile);
        }
        return ProfileRegistration.registration(client, metadata.of(client));
    }

    /**
     * The registration for renewing tokens at the endpoint that issued them, where that has to be discovered otherwise:
     * one request less, and one that waits.
     */
    ClientRegistration forRenewal(ProfileName profile, TokenSet tokens) {
        OAuthClient client = clients.apply(profile);
        return ProfileRegistration.registration(client, metadata.forRenewal(client, tokens));
    }

    /**
     * Asks the server where its token endpoint is now, after {@link #forRenewal} has led to one that is none.
     *
     * @return whether {@link #forRenewal} has another one from now on
     */
    boolean rediscover(ProfileName profile, TokenSet tokens) {
        OAuthClient client = clients.apply(profile);
        Optional<URI> before = metadata.forRenewal(client, tokens).token();
        return !metadata.of(client).token().equals(before);
    }

    /** Answers with a client that is being signed in, and not yet stored, while the work runs. */
    void during(OAuthClient client, Runnable work) {
        pending.put(client.profile(), client);
        try {
            work.run();
        } finally {
            pending.remove(client.profile());
        }
    }
}
