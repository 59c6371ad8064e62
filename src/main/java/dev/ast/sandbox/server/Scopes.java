package dev.ast.sandbox.server;

import java.util.List;
import org.springframework.security.oauth2.core.oidc.OidcScopes;

/** The scopes that the sandbox knows. */
final class Scopes {

    static final List<String> ALL = List.of(OidcScopes.OPENID, OidcScopes.PROFILE, OidcScopes.EMAIL, "offline_access");

    private Scopes() {}
}
