package dev.ast.sandbox.server.grant;

import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.OAuth2DeviceCode;
import org.springframework.security.oauth2.core.endpoint.OAuth2ParameterNames;
import org.springframework.security.oauth2.core.oidc.OidcScopes;
import org.springframework.security.oauth2.server.authorization.OAuth2Authorization;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2DeviceAuthorizationRequestAuthenticationProvider;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2DeviceAuthorizationRequestAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;

/**
 * The device authorization request (RFC 8628 3.1) with the scope {@code openid}, which Spring Authorization Server
 * refuses there, and with default scopes for a client that names none (RFC 6749 3.3).
 */
public final class DeviceAuthorizationGrant implements AuthenticationProvider {

    static final OAuth2TokenType DEVICE_CODE = new OAuth2TokenType(OAuth2ParameterNames.DEVICE_CODE);

    private final OAuth2DeviceAuthorizationRequestAuthenticationProvider delegate;
    private final OAuth2AuthorizationService authorizations;

    /** Wraps Spring's provider, which keeps its authorizations in that service. */
    public DeviceAuthorizationGrant(
            OAuth2DeviceAuthorizationRequestAuthenticationProvider delegate,
            OAuth2AuthorizationService authorizations) {
        this.delegate = delegate;
        this.authorizations = authorizations;
    }

    @Override
    public Authentication authenticate(Authentication authentication) {
        var request = (OAuth2DeviceAuthorizationRequestAuthenticationToken) authentication;
        Set<String> asked = new LinkedHashSet<>(request.getScopes());
        if (asked.isEmpty() && request.getPrincipal() instanceof OAuth2ClientAuthenticationToken client) {
            RegisteredClient registered = client.getRegisteredClient();
            asked.addAll(registered == null ? Set.of() : registered.getScopes());
        }
        boolean openId = asked.contains(OidcScopes.OPENID);
        Set<String> passedOn = new LinkedHashSet<>(asked);
        passedOn.remove(OidcScopes.OPENID);
        var answer = (OAuth2DeviceAuthorizationRequestAuthenticationToken)
                delegate.authenticate(new OAuth2DeviceAuthorizationRequestAuthenticationToken(
                        (Authentication) request.getPrincipal(),
                        Objects.requireNonNull(request.getAuthorizationUri()),
                        passedOn,
                        request.getAdditionalParameters()));
        OAuth2DeviceCode code = answer.getDeviceCode();
        OAuth2Authorization stored =
                code == null ? null : authorizations.findByToken(code.getTokenValue(), DEVICE_CODE);
        if (openId && stored != null) {
            authorizations.save(OAuth2Authorization.from(stored)
                    .attribute(OAuth2ParameterNames.SCOPE, asked)
                    .build());
        }
        return answer;
    }

    @Override
    public boolean supports(Class<?> authentication) {
        return delegate.supports(authentication);
    }
}
