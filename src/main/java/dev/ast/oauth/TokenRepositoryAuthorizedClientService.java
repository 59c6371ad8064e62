package dev.ast.oauth;

import dev.ast.domain.Failure;
import dev.ast.domain.FailureException;
import dev.ast.domain.ProfileName;
import dev.ast.domain.ServerOrigin;
import dev.ast.domain.TokenSet;
import dev.ast.profile.StoredSessions;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClientService;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.oauth2.core.OAuth2RefreshToken;

/**
 * Spring Security's store of authorized clients over the token repositories. Registration id and principal name are the
 * profile's name. What a sign-in brings goes to whoever waits for it; what a renewal brings goes back to the store.
 */
public final class TokenRepositoryAuthorizedClientService implements OAuth2AuthorizedClientService {
    private final ProfileClientRegistrationRepository registrations;
    private final StoredSessions sessions;
    private final TokenEndpoint endpoint;
    private final Map<ProfileName, TokenSet> loaded = new ConcurrentHashMap<>();
    private final Map<ProfileName, Failure> unsaved = new ConcurrentHashMap<>();
    private final Map<ProfileName, Consumer<Granted>> receivers = new ConcurrentHashMap<>();

    TokenRepositoryAuthorizedClientService(
            ProfileClientRegistrationRepository registrations, StoredSessions sessions, TokenEndpoint endpoint) {
        this.registrations = registrations;
        this.sessions = sessions;
        this.endpoint = endpoint;
    }

    @Override
    // The interface lets the caller name the type; there is only this one.
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    public <T extends OAuth2AuthorizedClient> @Nullable T loadAuthorizedClient(
            String registrationId, String principal) {
        ProfileName profile = new ProfileName(registrationId);
        if (receivers.containsKey(profile)) {
            // A sign-in starts from nothing; what the profile held before stays untouched until it succeeds.
            return null;
        }
        Optional<TokenSet> tokens = sessions.tokens(profile);
        if (tokens.isEmpty()) {
            return null;
        }
        TokenSet stored = tokens.get();
        loaded.put(profile, stored);
        return (T) new OAuth2AuthorizedClient(
                registrations.forRenewal(profile, stored),
                principal,
                new OAuth2AccessToken(
                        OAuth2AccessToken.TokenType.BEARER, stored.access().reveal(), null, null),
                stored.refresh()
                        .map(refresh -> new OAuth2RefreshToken(refresh.reveal(), null))
                        .orElse(null));
    }

    @Override
    public void saveAuthorizedClient(OAuth2AuthorizedClient client, Authentication principal) {
        ProfileName profile = new ProfileName(client.getClientRegistration().getRegistrationId());
        Optional<Granted> granted = endpoint.take(client.getAccessToken().getTokenValue());
        if (granted.isEmpty()) {
            return;
        }
        Consumer<Granted> receiver = receivers.get(profile);
        if (receiver != null) {
            receiver.accept(granted.get());
            return;
        }
        TokenSet fresh = granted.get().tokens();
        TokenSet before = loaded.getOrDefault(profile, fresh);
        TokenSet renewed = new TokenSet(
                before.origin(),
                before.authority(),
                fresh.access(),
                fresh.type(),
                // RFC 6749 section 6: without a new refresh token the old one stays.
                fresh.refresh().or(before::refresh),
                fresh.issuedAt(),
                fresh.expiresAt(),
                fresh.refreshExpiresAt()
                        .or(() -> fresh.refresh().isPresent() ? Optional.empty() : before.refreshExpiresAt()),
                fresh.scopes().isEmpty() ? before.scopes() : fresh.scopes(),
                before.organizations(),
                fresh.endpoint());
        loaded.put(profile, renewed);
        try {
            if (!sessions.renew(profile, renewed)) {
                throw new SignedOutMeanwhile(renewed);
            }
        } catch (FailureException e) {
            // The old refresh token may be spent: the running command still gets the new tokens, and says what
            // happened.
            unsaved.put(profile, e.failure());
        }
    }

    /** Nothing: only {@link LockingAuthorizedClientManager} may end a session, after comparing under the lock. */
    @Override
    public void removeAuthorizedClient(String registrationId, String principal) {
        // Deliberately empty, see above: Spring Security would remove the winner's tokens for the loser of a race.
    }

    /** The tokens that were loaded or renewed last; meaningful while the profile's lock is held. */
    Optional<TokenSet> stored(ProfileName profile) {
        return Optional.ofNullable(loaded.get(profile));
    }

    /** Why the last renewal could not be saved; handed out once. */
    Optional<Failure> takeUnsaved(ProfileName profile) {
        return Optional.ofNullable(unsaved.remove(profile));
    }

    /** While the work runs, what is granted to the profile goes to the receiver instead of the store. */
    void receive(ProfileName profile, Consumer<Granted> receiver, Runnable work) {
        receivers.put(profile, receiver);
        try {
            work.run();
        } finally {
            receivers.remove(profile);
        }
    }

    /**
     * What must hold before a refresh token is sent: it goes back to the authorization server that issued it and to no
     * other, whatever the configuration says meanwhile; and the store is ready, for the answer may be the only copy.
     *
     * @throws FailureException (not_signed_in) when the configuration names another authorization server
     */
    void beforeSpending(ClientRegistration registration, TokenSet stored) {
        ServerOrigin now =
                ServerOrigin.of(URI.create(registration.getProviderDetails().getTokenUri()));
        ProfileName profile = new ProfileName(registration.getRegistrationId());
        if (!now.equals(stored.authority())) {
            throw new Failure.OtherOrigin(profile, stored.authority(), now).asException();
        }
        endpoint.prepareToRead(ProfileRegistration.of(registration));
        try {
            sessions.prepareToRenew(profile);
        } catch (FailureException e) {
            // The token that is stored has ended: a new one that cannot be stored still serves the running command.
        }
    }
}
