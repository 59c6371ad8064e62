package dev.ast.oauth;

import dev.ast.domain.ProfileName;
import dev.ast.domain.TokenSet;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.client.OAuth2AuthorizationContext;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClientProvider;
import org.springframework.security.oauth2.client.endpoint.OAuth2AccessTokenResponseClient;
import org.springframework.security.oauth2.client.endpoint.OAuth2RefreshTokenGrantRequest;
import org.springframework.security.oauth2.core.endpoint.OAuth2AccessTokenResponse;

/**
 * Renews by refresh token (RFC 6749 section 6) when the caller's rule says so. Spring Security's own provider of this
 * grant has one fixed clock skew, which renews a one-minute token at every call; and it makes an HTTP client with all of
 * its converters before it can be told to use another.
 */
public final class StaleTokenProvider implements OAuth2AuthorizedClientProvider {
    /** The context attribute that holds the {@link Rule}. */
    static final String RULE = StaleTokenProvider.class.getName() + ".RULE";

    private final OAuth2AccessTokenResponseClient<OAuth2RefreshTokenGrantRequest> endpoint;
    private final TokenRepositoryAuthorizedClientService service;

    /** When the stored tokens must be renewed. */
    @FunctionalInterface
    public interface Rule {
        boolean stale(TokenSet stored);
    }

    StaleTokenProvider(
            OAuth2AccessTokenResponseClient<OAuth2RefreshTokenGrantRequest> endpoint,
            TokenRepositoryAuthorizedClientService service) {
        this.endpoint = endpoint;
        this.service = service;
    }

    @Override
    public @Nullable OAuth2AuthorizedClient authorize(OAuth2AuthorizationContext context) {
        Rule rule = context.getAttribute(RULE);
        OAuth2AuthorizedClient client = context.getAuthorizedClient();
        if (rule == null || client == null || client.getRefreshToken() == null) {
            return null;
        }
        TokenSet stored = service.stored(
                        new ProfileName(client.getClientRegistration().getRegistrationId()))
                .orElse(null);
        if (stored == null || !rule.stale(stored)) {
            return null;
        }
        service.beforeSpending(client.getClientRegistration(), stored);
        OAuth2AccessTokenResponse answer = endpoint.getTokenResponse(new OAuth2RefreshTokenGrantRequest(
                client.getClientRegistration(), client.getAccessToken(), client.getRefreshToken()));
        return new OAuth2AuthorizedClient(
                client.getClientRegistration(),
                client.getPrincipalName(),
                answer.getAccessToken(),
                answer.getRefreshToken() == null ? client.getRefreshToken() : answer.getRefreshToken());
    }
}
