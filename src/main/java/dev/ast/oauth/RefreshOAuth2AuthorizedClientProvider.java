package dev.ast.oauth;

import dev.ast.domain.TokenSet;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.client.OAuth2AuthorizationContext;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClientProvider;
import org.springframework.security.oauth2.client.endpoint.OAuth2RefreshTokenGrantRequest;
import org.springframework.security.oauth2.core.OAuth2RefreshToken;

/**
 * Renews by refresh token (RFC 6749 section 6), also for the access token of one organization, as WorkOS knows it: that
 * spends the session's refresh token like any other. Whether to renew is decided before by
 * {@link LockingAuthorizedClientManager}, since Spring Security's own provider of this grant has one fixed clock skew,
 * which renews a one-minute token at every call; and it makes an HTTP client with all of its converters before it can be
 * configured with another. It fails as the endpoint does.
 */
public final class RefreshOAuth2AuthorizedClientProvider implements OAuth2AuthorizedClientProvider {
    /** The context attribute that holds the authorization server's id of an organization, a text. */
    public static final String ORGANIZATION = RefreshOAuth2AuthorizedClientProvider.class.getName() + ".ORGANIZATION";

    private final TokenEndpoint endpoint;

    RefreshOAuth2AuthorizedClientProvider(TokenEndpoint endpoint) {
        this.endpoint = endpoint;
    }

    @Override
    public @Nullable GrantedClient authorize(OAuth2AuthorizationContext context) {
        if (!(context.getAuthorizedClient() instanceof GrantedClient client)) {
            return null;
        }
        OAuth2RefreshToken refresh = client.getRefreshToken();
        if (refresh == null) {
            return null;
        }
        String organization = context.getAttribute(ORGANIZATION);
        Map<String, String> more = organization == null ? Map.of() : Map.of("organization_id", organization);
        GrantedClient granted = GrantedClient.of(
                context,
                endpoint.<OAuth2RefreshTokenGrantRequest>client(request -> more)
                        .getTokenResponse(new OAuth2RefreshTokenGrantRequest(
                                client.getClientRegistration(), client.getAccessToken(), refresh)));
        TokenSet before = client.tokens();
        return granted.with(
                organization == null
                        ? before.renewed(GrantedIdToken.checked(before, granted.tokens()))
                        : before.withOrganization(organization, granted.tokens()));
    }
}
