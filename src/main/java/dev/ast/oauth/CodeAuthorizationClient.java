package dev.ast.oauth;

import dev.ast.domain.Failure;
import java.net.URI;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestCustomizers;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationExchange;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationResponse;

/** Makes the authorization request of the code grant, with PKCE by S256 (RFC 7636 section 4.2), and of its answer. */
final class CodeAuthorizationClient {
    private static final int RANDOM_BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    private CodeAuthorizationClient() {}

    static CodeAuthorization start(OAuthClient client, Endpoints endpoints, URI redirect) {
        URI place = endpoints
                .authorization()
                .orElseThrow(() -> Failure.failed(
                        "the authorization server of " + client.profile() + " does not offer sign-in by browser",
                        "ast login --with-token"));
        Map<String, Object> more = new LinkedHashMap<>(client.parameters());
        Optional<String> nonce = client.scopes().contains("openid") ? Optional.of(random()) : Optional.empty();
        nonce.ifPresent(value -> more.put("nonce", value));
        OAuth2AuthorizationRequest.Builder request = OAuth2AuthorizationRequest.authorizationCode()
                .authorizationUri(place.toString())
                .clientId(client.clientId())
                .redirectUri(redirect.toString())
                .scopes(new LinkedHashSet<>(client.scopes()))
                .state(random())
                .additionalParameters(more);
        OAuth2AuthorizationRequestCustomizers.withPkce().accept(request);
        return new CodeAuthorization(client, endpoints, nonce, request.build());
    }

    /** The answer of the browser as Spring Security's object. */
    static OAuth2AuthorizationExchange exchange(CodeAuthorization authorization, String code) {
        OAuth2AuthorizationRequest request = authorization.request();
        return new OAuth2AuthorizationExchange(
                request,
                OAuth2AuthorizationResponse.success(code)
                        .redirectUri(String.valueOf(request.getRedirectUri()))
                        .state(String.valueOf(request.getState()))
                        .build());
    }

    private static String random() {
        byte[] bytes = new byte[RANDOM_BYTES];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
