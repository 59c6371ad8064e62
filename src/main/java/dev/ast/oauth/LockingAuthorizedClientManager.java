package dev.ast.oauth;

import dev.ast.credential.file.LockFiles;
import dev.ast.domain.Failure;
import dev.ast.domain.ProfileName;
import dev.ast.domain.TokenSet;
import dev.ast.profile.StoredSessions;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.client.OAuth2AuthorizationContext;
import org.springframework.security.oauth2.client.OAuth2AuthorizeRequest;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClientManager;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClientProvider;
import org.springframework.security.oauth2.core.OAuth2AuthorizationException;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;

/**
 * One authorization at a time for a profile, over all threads and processes. It loads, decides, asks the server and
 * saves, all while the lock is held; so whoever waited finds the winner's tokens and asks nothing. Spring Security's own
 * manager cannot be under it without an HTTP client, with all of its converters, that nobody uses: it makes one for
 * client credentials as soon as its class is loaded.
 */
public final class LockingAuthorizedClientManager implements OAuth2AuthorizedClientManager {
    private final OAuth2AuthorizedClientProvider provider;
    private final ProfileClientRegistrationRepository registrations;
    private final TokenRepositoryAuthorizedClientService service;
    private final StoredSessions sessions;

    LockingAuthorizedClientManager(
            OAuth2AuthorizedClientProvider provider,
            ProfileClientRegistrationRepository registrations,
            TokenRepositoryAuthorizedClientService service,
            StoredSessions sessions) {
        this.provider = provider;
        this.registrations = registrations;
        this.service = service;
        this.sessions = sessions;
    }

    @Override
    public @Nullable OAuth2AuthorizedClient authorize(OAuth2AuthorizeRequest request) {
        ProfileName profile = new ProfileName(request.getClientRegistrationId());
        try (LockFiles.Held held = sessions.lock(profile)) {
            try {
                return authorizeLocked(request);
            } catch (OAuth2AuthorizationException e) {
                return whenRefused(request, profile, e);
            }
        }
    }

    private @Nullable OAuth2AuthorizedClient authorizeLocked(OAuth2AuthorizeRequest request) {
        String id = request.getClientRegistrationId();
        OAuth2AuthorizedClient stored =
                service.loadAuthorizedClient(id, request.getPrincipal().getName());
        OAuth2AuthorizationContext.Builder context = stored == null
                ? OAuth2AuthorizationContext.withClientRegistration(registrations.findByRegistrationId(id))
                : OAuth2AuthorizationContext.withAuthorizedClient(stored);
        OAuth2AuthorizedClient authorized = provider.authorize(context.principal(request.getPrincipal())
                .attributes(attributes -> attributes.putAll(request.getAttributes()))
                .build());
        if (authorized == null) {
            return stored;
        }
        service.saveAuthorizedClient(authorized, request.getPrincipal());
        return authorized;
    }

    // Only invalid_grant ends a session, and only if the refused token is still the stored one: otherwise another
    // process
    // has renewed, which can be where the lock files were deleted, and its tokens are as good.
    private @Nullable OAuth2AuthorizedClient whenRefused(
            OAuth2AuthorizeRequest request, ProfileName profile, OAuth2AuthorizationException e) {
        boolean renewing = request.getAttribute(StaleTokenProvider.RULE) != null;
        if (!renewing || !OAuth2ErrorCodes.INVALID_GRANT.equals(e.getError().getErrorCode())) {
            throw e;
        }
        Optional<TokenSet> refused = service.stored(profile);
        if (refused.isEmpty() || sessions.end(profile, refused.get())) {
            throw new Failure.SessionEnded(profile, OAuthAnswers.text(e.getError())).asException();
        }
        return service.loadAuthorizedClient(
                request.getClientRegistrationId(), request.getPrincipal().getName());
    }
}
