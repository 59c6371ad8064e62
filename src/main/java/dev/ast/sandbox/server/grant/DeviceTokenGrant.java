package dev.ast.sandbox.server.grant;

import java.security.Principal;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.core.oidc.OidcIdToken;
import org.springframework.security.oauth2.core.oidc.OidcScopes;
import org.springframework.security.oauth2.core.oidc.endpoint.OidcParameterNames;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.server.authorization.OAuth2Authorization;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AccessTokenAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2DeviceCodeAuthenticationProvider;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2DeviceCodeAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.context.AuthorizationServerContextHolder;
import org.springframework.security.oauth2.server.authorization.token.DefaultOAuth2TokenContext;
import org.springframework.security.oauth2.server.authorization.token.JwtGenerator;

/**
 * The poll of a device (RFC 8628 3.4) with what Spring Authorization Server leaves out: {@code slow_down}, an id_token
 * for the scope {@code openid}, and {@code invalid_grant} for a device code that has been exchanged already.
 */
public final class DeviceTokenGrant implements AuthenticationProvider {

    private static final String AUTHORIZATION_PENDING = "authorization_pending";
    private static final String SLOW_DOWN = "slow_down";
    private static final OAuth2TokenType ID_TOKEN = new OAuth2TokenType(OidcParameterNames.ID_TOKEN);

    private final OAuth2DeviceCodeAuthenticationProvider delegate;
    private final OAuth2AuthorizationService authorizations;
    private final JwtGenerator idTokens;
    private final PollingLimit limit;

    /** Wraps Spring's provider, which keeps its authorizations in that service. */
    public DeviceTokenGrant(
            OAuth2DeviceCodeAuthenticationProvider delegate,
            OAuth2AuthorizationService authorizations,
            JwtGenerator idTokens,
            PollingLimit limit) {
        this.delegate = delegate;
        this.authorizations = authorizations;
        this.idTokens = idTokens;
        this.limit = limit;
    }

    // One at a time, so that two polls after the approval cannot both get tokens.
    @Override
    public synchronized Authentication authenticate(Authentication authentication) {
        var poll = (OAuth2DeviceCodeAuthenticationToken) authentication;
        OAuth2Authorization authorization =
                authorizations.findByToken(poll.getDeviceCode(), DeviceAuthorizationGrant.DEVICE_CODE);
        if (authorization != null && authorization.getAccessToken() != null) {
            throw new OAuth2AuthenticationException(OAuth2ErrorCodes.INVALID_GRANT);
        }
        try {
            return withIdToken(poll, (OAuth2AccessTokenAuthenticationToken) delegate.authenticate(poll));
        } catch (OAuth2AuthenticationException e) {
            if (AUTHORIZATION_PENDING.equals(e.getError().getErrorCode()) && limit.tooFast(poll.getDeviceCode())) {
                throw new OAuth2AuthenticationException(
                        new OAuth2Error(SLOW_DOWN, "Wait 5 seconds longer between two requests.", null), e);
            }
            throw e;
        }
    }

    private Authentication withIdToken(
            OAuth2DeviceCodeAuthenticationToken poll, OAuth2AccessTokenAuthenticationToken granted) {
        OAuth2Authorization authorization =
                authorizations.findByToken(granted.getAccessToken().getTokenValue(), OAuth2TokenType.ACCESS_TOKEN);
        Set<String> scopes = granted.getAccessToken().getScopes();
        if (authorization == null || !scopes.contains(OidcScopes.OPENID)) {
            return granted;
        }
        Authentication user = authorization.getAttribute(Principal.class.getName());
        Jwt jwt = user == null
                ? null
                : idTokens.generate(DefaultOAuth2TokenContext.builder()
                        .registeredClient(granted.getRegisteredClient())
                        .principal(user)
                        .authorizationServerContext(AuthorizationServerContextHolder.getContext())
                        .authorization(authorization)
                        .authorizedScopes(scopes)
                        .tokenType(ID_TOKEN)
                        .authorizationGrantType(AuthorizationGrantType.DEVICE_CODE)
                        .authorizationGrant(poll)
                        .build());
        if (jwt == null) {
            throw new OAuth2AuthenticationException(OAuth2ErrorCodes.SERVER_ERROR);
        }
        OidcIdToken idToken =
                new OidcIdToken(jwt.getTokenValue(), jwt.getIssuedAt(), jwt.getExpiresAt(), jwt.getClaims());
        authorizations.save(OAuth2Authorization.from(authorization)
                .token(
                        idToken,
                        metadata -> metadata.put(OAuth2Authorization.Token.CLAIMS_METADATA_NAME, idToken.getClaims()))
                .build());
        Map<String, Object> parameters = new HashMap<>(granted.getAdditionalParameters());
        parameters.put(OidcParameterNames.ID_TOKEN, idToken.getTokenValue());
        return new OAuth2AccessTokenAuthenticationToken(
                granted.getRegisteredClient(),
                (Authentication) granted.getPrincipal(),
                granted.getAccessToken(),
                granted.getRefreshToken(),
                parameters);
    }

    @Override
    public boolean supports(Class<?> authentication) {
        return delegate.supports(authentication);
    }
}
