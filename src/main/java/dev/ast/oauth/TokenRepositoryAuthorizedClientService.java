package dev.ast.oauth;

import dev.ast.domain.ProfileName;
import dev.ast.domain.TokenSet;
import dev.ast.profile.StoredSessions;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClientService;

/**
 * Spring Security's store of authorized clients over the token repositories. Registration id and principal name are the
 * profile's name. It keeps nothing itself, and is used while the profile's lock is held.
 */
public final class TokenRepositoryAuthorizedClientService implements OAuth2AuthorizedClientService {
    private final StoredSessions sessions;

    TokenRepositoryAuthorizedClientService(StoredSessions sessions) {
        this.sessions = sessions;
    }

    /**
     * A {@link GrantedClient} with the stored tokens, made without a request to the server.
     *
     * @return null when nobody is signed in
     * @throws dev.ast.domain.FailureException as {@link StoredSessions#tokens(ProfileName)}
     */
    @Override
    // The interface lets the caller name the type; there is only this one.
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    public <T extends OAuth2AuthorizedClient> @Nullable T loadAuthorizedClient(
            String registrationId, String principal) {
        ProfileName profile = new ProfileName(registrationId);
        Optional<TokenSet> stored = sessions.tokens(profile);
        return stored.isEmpty()
                ? null
                : (T) GrantedClient.of(ProfileRegistration.ofIssuer(profile, stored.get()), principal, stored.get());
    }

    /**
     * Stores renewed tokens where those before are.
     *
     * @param client a {@link GrantedClient}; any other is left alone
     * @throws SignedOutMeanwhile when there are none any more
     * @throws dev.ast.domain.FailureException (storage) when the store fails
     */
    @Override
    public void saveAuthorizedClient(OAuth2AuthorizedClient client, Authentication principal) {
        if (client instanceof GrantedClient renewed
                && !sessions.renew(new ProfileName(principal.getName()), renewed.tokens())) {
            throw new SignedOutMeanwhile(renewed.tokens());
        }
    }

    /** Nothing: only {@link LockingAuthorizedClientManager} may end a session, after comparing under the lock. */
    @Override
    public void removeAuthorizedClient(String registrationId, String principal) {
        // Deliberately empty, see above: Spring Security would remove the winner's tokens for the loser of a race.
    }
}
