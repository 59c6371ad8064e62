package dev.ast.sandbox.server.grant;

import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientAuthenticationToken;

/** A client that only sends its id (RFC 6749 2.1, 3.2.1), without a code verifier. */
final class PublicClientToken extends OAuth2ClientAuthenticationToken {

    private static final long serialVersionUID = 1L;

    PublicClientToken(String clientId) {
        super(clientId, ClientAuthenticationMethod.NONE, null, null);
    }
}
