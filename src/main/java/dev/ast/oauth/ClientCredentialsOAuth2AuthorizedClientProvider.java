package dev.ast.oauth;

import dev.ast.domain.TokenSet;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.client.OAuth2AuthorizationContext;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClientProvider;
import org.springframework.security.oauth2.client.endpoint.OAuth2ClientCredentialsGrantRequest;
import org.springframework.security.oauth2.core.AuthorizationGrantType;

/**
 * Gets an access token for the client itself (RFC 6749 section 4.4), at a sign-in and again when that token ends: there
 * is no refresh token. Spring Security's own provider of this grant knows no audience, and makes an HTTP client with all
 * of its converters before it can be configured with another. It fails as the endpoint does.
 */
public final class ClientCredentialsOAuth2AuthorizedClientProvider implements OAuth2AuthorizedClientProvider {
    /** The context attribute that holds the audience of a key pair, a text. */
    public static final String AUDIENCE = ClientCredentialsOAuth2AuthorizedClientProvider.class.getName() + ".AUDIENCE";

    private final TokenEndpoint endpoint;

    ClientCredentialsOAuth2AuthorizedClientProvider(TokenEndpoint endpoint) {
        this.endpoint = endpoint;
    }

    @Override
    public @Nullable GrantedClient authorize(OAuth2AuthorizationContext context) {
        if (!AuthorizationGrantType.CLIENT_CREDENTIALS.equals(
                context.getClientRegistration().getAuthorizationGrantType())) {
            return null;
        }
        String audience = context.getAttribute(AUDIENCE);
        Map<String, String> more = audience == null ? Map.of() : Map.of("audience", audience);
        GrantedClient granted = GrantedClient.of(
                context,
                endpoint.<OAuth2ClientCredentialsGrantRequest>client(request -> more)
                        .getTokenResponse(new OAuth2ClientCredentialsGrantRequest(context.getClientRegistration())));
        if (context.getAuthorizedClient() instanceof GrantedClient before) {
            TokenSet renewed = before.tokens().renewed(granted.tokens());
            return granted.with(renewed);
        }
        return granted;
    }
}
