package dev.ast.oauth;

import dev.ast.credential.file.LockFiles;
import dev.ast.domain.Failure;
import dev.ast.domain.FailureException;
import dev.ast.domain.ProfileName;
import dev.ast.domain.TokenSet;
import dev.ast.oauth.OAuthTokens.Renewed;
import dev.ast.profile.StoredSessions;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.springframework.security.oauth2.client.endpoint.OAuth2AccessTokenResponseClient;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.core.OAuth2AuthorizationException;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.core.endpoint.OAuth2AccessTokenResponse;

/**
 * Gets access tokens for single organizations by the refresh grant with {@code organization_id}. Such a request spends
 * the session's refresh token like any other, so it is made under the profile's lock, once per organization and life of
 * the token, and the new refresh token is saved with it.
 */
final class OrganizationTokens {
    private final ProfileClientRegistrationRepository registrations;
    private final TokenRepositoryAuthorizedClientService service;
    private final StoredSessions sessions;
    private final TokenEndpoint endpoint;
    private final OAuth2AccessTokenResponseClient<OAuth2OrganizationGrantRequest> tokens;

    OrganizationTokens(
            ProfileClientRegistrationRepository registrations,
            TokenRepositoryAuthorizedClientService service,
            StoredSessions sessions,
            TokenEndpoint endpoint) {
        this.registrations = registrations;
        this.service = service;
        this.sessions = sessions;
        this.endpoint = endpoint;
        this.tokens = endpoint.client(OrganizationTokens::parameters);
    }

    private static Map<String, String> parameters(OAuth2OrganizationGrantRequest request) {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("refresh_token", request.refresh().reveal());
        parameters.put("organization_id", request.organization());
        return parameters;
    }

    /** As {@link OAuthTokens#renewFor}. */
    Optional<Renewed> renew(ProfileName profile, String organization, StaleTokenProvider.Rule rule) {
        try (LockFiles.Held held = sessions.lock(profile)) {
            Optional<TokenSet> stored = sessions.tokens(profile);
            if (stored.isEmpty()
                    || !rule.stale(stored.get())
                    || stored.get().refresh().isEmpty()) {
                return stored.map(now -> new Renewed(now, Optional.empty()));
            }
            return Optional.of(ask(profile, organization, stored.get()));
        }
    }

    private Renewed ask(ProfileName profile, String organization, TokenSet stored) {
        ClientRegistration registration = registrations.findByRegistrationId(profile.value());
        service.beforeSpending(registration, stored);
        TokenSet granted;
        try {
            OAuth2AccessTokenResponse answer = tokens.getTokenResponse(new OAuth2OrganizationGrantRequest(
                    registration, stored.refresh().orElseThrow(), organization));
            granted = endpoint.take(answer.getAccessToken().getTokenValue())
                    .orElseThrow()
                    .tokens();
        } catch (OAuth2AuthorizationException e) {
            if (OAuth2ErrorCodes.INVALID_GRANT.equals(e.getError().getErrorCode())) {
                if (!sessions.end(profile, stored)) {
                    return sessions.tokens(profile)
                            .map(others -> new Renewed(others, Optional.empty()))
                            .orElseThrow(() -> new Failure.NotSignedIn(profile).asException());
                }
                throw new Failure.SessionEnded(profile, OAuthAnswers.text(e.getError())).asException();
            }
            throw TokenEndpoint.refused(e, stored.authority());
        } catch (TokenEndpoint.Passing e) {
            throw e.failure();
        }
        TokenSet renewed = stored.withOrganization(organization, granted);
        try {
            if (!sessions.renew(profile, renewed)) {
                throw new SignedOutMeanwhile(renewed);
            }
            return new Renewed(renewed, Optional.empty());
        } catch (FailureException e) {
            return new Renewed(renewed, Optional.of(e.failure()));
        }
    }
}
