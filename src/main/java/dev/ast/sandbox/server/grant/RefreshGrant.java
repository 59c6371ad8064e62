package dev.ast.sandbox.server.grant;

import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2RefreshTokenAuthenticationProvider;

/**
 * The refresh grant, one request at a time: without that, several requests with one refresh token would all succeed,
 * and the reuse would go unnoticed.
 */
public final class RefreshGrant implements AuthenticationProvider {

    private final OAuth2RefreshTokenAuthenticationProvider delegate;

    /** Wraps Spring's provider. */
    public RefreshGrant(OAuth2RefreshTokenAuthenticationProvider delegate) {
        this.delegate = delegate;
    }

    @Override
    public synchronized @Nullable Authentication authenticate(Authentication authentication) {
        return delegate.authenticate(authentication);
    }

    @Override
    public boolean supports(Class<?> authentication) {
        return delegate.supports(authentication);
    }
}
