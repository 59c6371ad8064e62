package dev.ast.oauth;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.client.OAuth2AuthorizationContext;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClientProvider;
import org.springframework.security.oauth2.client.endpoint.OAuth2ClientCredentialsGrantRequest;

/**
 * Exchanges the key id and secret of the registration for an access token (RFC 6749 section 4.4) for one audience, which
 * Spring Security's own provider of this grant does not know. It fails as the endpoint does.
 */
public final class KeyPairOAuth2AuthorizedClientProvider implements OAuth2AuthorizedClientProvider {
    /** The context attribute that holds the audience, a text. */
    public static final String AUDIENCE = KeyPairOAuth2AuthorizedClientProvider.class.getName() + ".AUDIENCE";

    private final TokenEndpoint endpoint;

    KeyPairOAuth2AuthorizedClientProvider(TokenEndpoint endpoint) {
        this.endpoint = endpoint;
    }

    @Override
    public @Nullable GrantedClient authorize(OAuth2AuthorizationContext context) {
        String audience = context.getAttribute(AUDIENCE);
        return audience == null
                ? null
                : GrantedClient.of(
                        context,
                        endpoint.<OAuth2ClientCredentialsGrantRequest>client(request -> Map.of("audience", audience))
                                .getTokenResponse(
                                        new OAuth2ClientCredentialsGrantRequest(context.getClientRegistration())));
    }
}
