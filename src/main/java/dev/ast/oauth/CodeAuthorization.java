package dev.ast.oauth;

import dev.ast.domain.ServerOrigin;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;

/**
 * An authorization that the user gives in the browser (RFC 6749 section 4.1), bound to this program by PKCE (RFC 7636).
 * The request inside holds the verifier and is never shown.
 *
 * @param client the client of the request
 * @param endpoints the addresses of the authorization server
 * @param nonce what the id_token must repeat (OpenID Connect Core section 3.1.2.1); empty when none is asked for
 * @param request the request as Spring Security's object
 * @param address the address for the browser
 */
public record CodeAuthorization(
        OAuthClient client,
        Endpoints endpoints,
        Optional<String> nonce,
        OAuth2AuthorizationRequest request,
        URI address) {
    /** The server that asks the user. */
    public ServerOrigin authority() {
        return ServerOrigin.of(URI.create(request.getAuthorizationUri()));
    }

    /** Whether an answer carries the state of this request, compared in constant time. */
    public boolean isStateOf(String answered) {
        return MessageDigest.isEqual(
                String.valueOf(request.getState()).getBytes(StandardCharsets.UTF_8),
                answered.getBytes(StandardCharsets.UTF_8));
    }

    /** Whether an answer that names this issuer may be of this request (RFC 9207 section 2.4). */
    public boolean isIssuedBy(String issuer) {
        return client.isOf(issuer, endpoints);
    }

    @Override
    public String toString() {
        return "CodeAuthorization[" + authority() + "]";
    }
}
