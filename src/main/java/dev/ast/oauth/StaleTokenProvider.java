package dev.ast.oauth;

import dev.ast.domain.ProfileName;
import dev.ast.domain.TokenSet;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.client.OAuth2AuthorizationContext;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClientProvider;
import org.springframework.security.oauth2.core.OAuth2AccessToken;

/**
 * Lets Spring Security's refresh-token provider renew when we say so. That provider has one fixed clock skew, which
 * renews a one-minute token at every call; here the caller's rule decides, and the token is shown to it as ended.
 */
public final class StaleTokenProvider implements OAuth2AuthorizedClientProvider {
    /** The context attribute that holds the {@link Rule}. */
    static final String RULE = StaleTokenProvider.class.getName() + ".RULE";

    private final OAuth2AuthorizedClientProvider refresh;
    private final TokenRepositoryAuthorizedClientService service;

    /** When the stored tokens must be renewed. */
    @FunctionalInterface
    public interface Rule {
        boolean stale(TokenSet stored);
    }

    StaleTokenProvider(OAuth2AuthorizedClientProvider refresh, TokenRepositoryAuthorizedClientService service) {
        this.refresh = refresh;
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
        OAuth2AccessToken ended = new OAuth2AccessToken(
                OAuth2AccessToken.TokenType.BEARER,
                client.getAccessToken().getTokenValue(),
                Instant.EPOCH,
                Instant.EPOCH.plusSeconds(1));
        OAuth2AuthorizedClient shown = new OAuth2AuthorizedClient(
                client.getClientRegistration(), client.getPrincipalName(), ended, client.getRefreshToken());
        return refresh.authorize(OAuth2AuthorizationContext.withAuthorizedClient(shown)
                .principal(context.getPrincipal())
                .attributes(attributes -> attributes.putAll(context.getAttributes()))
                .build());
    }
}
