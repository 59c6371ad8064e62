package dev.ast.sandbox.server.grant;

import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.core.oidc.OidcUserInfo;
import org.springframework.security.oauth2.server.authorization.OAuth2Authorization;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;
import org.springframework.security.oauth2.server.authorization.oidc.authentication.OidcUserInfoAuthenticationToken;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;

/**
 * Answers the userinfo endpoint for any live access token, by its scopes; also without {@code openid}, on which Spring
 * Authorization Server insists.
 */
public final class UserInfoProvider implements AuthenticationProvider {

    private final OAuth2AuthorizationService authorizations;
    private final DemoUsers users;

    /** Finds the scopes of a token in that service. */
    public UserInfoProvider(OAuth2AuthorizationService authorizations, DemoUsers users) {
        this.authorizations = authorizations;
        this.users = users;
    }

    @Override
    public Authentication authenticate(Authentication authentication) {
        // The resource server has already checked that the token is genuine and alive.
        if (authentication.getPrincipal() instanceof JwtAuthenticationToken bearer) {
            OAuth2Authorization authorization =
                    authorizations.findByToken(bearer.getToken().getTokenValue(), OAuth2TokenType.ACCESS_TOKEN);
            if (authorization != null) {
                return new OidcUserInfoAuthenticationToken(
                        bearer, new OidcUserInfo(users.claims(bearer.getName(), authorization.getAuthorizedScopes())));
            }
        }
        throw new OAuth2AuthenticationException(OAuth2ErrorCodes.INVALID_TOKEN);
    }

    @Override
    public boolean supports(Class<?> authentication) {
        return OidcUserInfoAuthenticationToken.class.isAssignableFrom(authentication);
    }
}
