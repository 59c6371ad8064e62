package dev.ast.sandbox.server.grant;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.OAuth2RefreshToken;
import org.springframework.security.oauth2.server.authorization.InMemoryOAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.OAuth2Authorization;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;

/**
 * Keeps authorizations in memory and remembers spent refresh tokens. A request with a spent one, to refresh or to
 * revoke, ends the whole grant, because the token was copied (RFC 9700 4.14.2).
 */
public final class ReuseDetectingAuthorizationService implements OAuth2AuthorizationService {

    private final OAuth2AuthorizationService delegate = new InMemoryOAuth2AuthorizationService();
    private final Map<String, String> grantOfSpentToken = new HashMap<>();

    @Override
    public synchronized void save(OAuth2Authorization authorization) {
        String before = refreshToken(delegate.findById(authorization.getId()));
        if (before != null && !before.equals(refreshToken(authorization))) {
            grantOfSpentToken.put(before, authorization.getId());
        }
        delegate.save(authorization);
    }

    @Override
    public synchronized void remove(OAuth2Authorization authorization) {
        grantOfSpentToken.values().removeIf(authorization.getId()::equals);
        delegate.remove(authorization);
    }

    @Override
    public synchronized @Nullable OAuth2Authorization findById(String id) {
        return delegate.findById(id);
    }

    @Override
    public synchronized @Nullable OAuth2Authorization findByToken(String token, @Nullable OAuth2TokenType type) {
        OAuth2Authorization found = delegate.findByToken(token, type);
        if (found == null && (type == null || OAuth2TokenType.REFRESH_TOKEN.equals(type))) {
            String grant = grantOfSpentToken.get(token);
            OAuth2Authorization reused = grant == null ? null : delegate.findById(grant);
            if (reused != null) {
                remove(reused);
            }
        }
        return found;
    }

    private static @Nullable String refreshToken(@Nullable OAuth2Authorization authorization) {
        if (authorization == null) {
            return null;
        }
        OAuth2Authorization.Token<OAuth2RefreshToken> token = authorization.getRefreshToken();
        return token == null ? null : token.getToken().getTokenValue();
    }
}
