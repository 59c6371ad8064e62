package dev.ast.oauth;

import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.client.OAuth2AuthorizationContext;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClientProvider;
import org.springframework.security.oauth2.client.endpoint.OAuth2AccessTokenResponseClient;
import org.springframework.security.oauth2.client.endpoint.OAuth2AuthorizationCodeGrantRequest;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationExchange;

/**
 * Exchanges an authorization code for tokens (RFC 6749 section 4.1.3), once. Spring Security's own provider of that
 * name only reports that a sign-in is needed; the exchange itself belongs to its web filter, which a command line has
 * not. It fails as the endpoint does.
 */
public final class CodeOAuth2AuthorizedClientProvider implements OAuth2AuthorizedClientProvider {
    /** The context attribute that holds the {@link OAuth2AuthorizationExchange}. */
    public static final String EXCHANGE = CodeOAuth2AuthorizedClientProvider.class.getName() + ".EXCHANGE";

    private final OAuth2AccessTokenResponseClient<OAuth2AuthorizationCodeGrantRequest> tokens;

    CodeOAuth2AuthorizedClientProvider(OAuth2AccessTokenResponseClient<OAuth2AuthorizationCodeGrantRequest> tokens) {
        this.tokens = tokens;
    }

    @Override
    public @Nullable GrantedClient authorize(OAuth2AuthorizationContext context) {
        OAuth2AuthorizationExchange exchange = context.getAttribute(EXCHANGE);
        return exchange == null
                ? null
                : GrantedClient.of(
                        context,
                        tokens.getTokenResponse(
                                new OAuth2AuthorizationCodeGrantRequest(context.getClientRegistration(), exchange)));
    }
}
