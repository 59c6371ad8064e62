package dev.ast.oauth;

import dev.ast.credential.file.LockFiles;
import dev.ast.domain.Failure;
import dev.ast.domain.ProfileName;
import dev.ast.profile.StoredSessions;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.client.OAuth2AuthorizeRequest;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClientManager;
import org.springframework.security.oauth2.core.OAuth2AuthorizationException;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;

/**
 * One authorization at a time for a profile, over all threads and processes. The inner manager loads, decides, asks the
 * server and saves, all while the lock is held; so whoever waited finds the winner's tokens and asks nothing.
 */
public final class LockingAuthorizedClientManager implements OAuth2AuthorizedClientManager {
    private final OAuth2AuthorizedClientManager inner;
    private final TokenRepositoryAuthorizedClientService service;
    private final StoredSessions sessions;

    LockingAuthorizedClientManager(
            OAuth2AuthorizedClientManager inner,
            TokenRepositoryAuthorizedClientService service,
            StoredSessions sessions) {
        this.inner = inner;
        this.service = service;
        this.sessions = sessions;
    }

    @Override
    public @Nullable OAuth2AuthorizedClient authorize(OAuth2AuthorizeRequest request) {
        ProfileName profile = new ProfileName(request.getClientRegistrationId());
        try (LockFiles.Held held = sessions.lock(profile)) {
            try {
                return inner.authorize(request);
            } catch (OAuth2AuthorizationException e) {
                throw whenRenewing(request, profile, e);
            }
        }
    }

    // Only invalid_grant ends a session, and only if the refused token is still the stored one.
    private RuntimeException whenRenewing(
            OAuth2AuthorizeRequest request, ProfileName profile, OAuth2AuthorizationException e) {
        boolean renewing = request.getAttribute(StaleTokenProvider.RULE) != null;
        if (!renewing || !OAuth2ErrorCodes.INVALID_GRANT.equals(e.getError().getErrorCode())) {
            return e;
        }
        service.stored(profile).ifPresent(refused -> sessions.end(profile, refused));
        return new Failure.SessionEnded(profile, OAuthAnswers.text(e.getError())).asException();
    }
}
