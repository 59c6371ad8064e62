package dev.ast.oauth;

import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.client.OAuth2AuthorizationContext;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClientProvider;
import org.springframework.security.oauth2.client.endpoint.OAuth2AccessTokenResponseClient;
import org.springframework.security.oauth2.core.OAuth2DeviceCode;

/**
 * Exchanges a device code for tokens (RFC 8628 section 3.4): one poll. It acts only when the context carries a code, and
 * never starts a sign-in by itself; the wait between polls is {@link DevicePoller}'s. It fails as the endpoint does.
 */
public final class DeviceCodeOAuth2AuthorizedClientProvider implements OAuth2AuthorizedClientProvider {
    /** The context attribute that holds the {@link OAuth2DeviceCode}. */
    public static final String DEVICE_CODE = DeviceCodeOAuth2AuthorizedClientProvider.class.getName() + ".DEVICE_CODE";

    private final OAuth2AccessTokenResponseClient<OAuth2DeviceGrantRequest> tokens;

    DeviceCodeOAuth2AuthorizedClientProvider(OAuth2AccessTokenResponseClient<OAuth2DeviceGrantRequest> tokens) {
        this.tokens = tokens;
    }

    @Override
    public @Nullable GrantedClient authorize(OAuth2AuthorizationContext context) {
        OAuth2DeviceCode code = context.getAttribute(DEVICE_CODE);
        return code == null
                ? null
                : GrantedClient.of(
                        context,
                        tokens.getTokenResponse(new OAuth2DeviceGrantRequest(context.getClientRegistration(), code)));
    }
}
