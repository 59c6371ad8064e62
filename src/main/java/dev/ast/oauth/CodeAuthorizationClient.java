package dev.ast.oauth;

import dev.ast.domain.ClientMethod;
import dev.ast.domain.Failure;
import dev.ast.domain.ServerOrigin;
import dev.ast.http.Http;
import dev.ast.http.HttpAnswer;
import dev.ast.http.HttpCall;
import dev.ast.json.JsonObject;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestCustomizers;
import org.springframework.security.oauth2.core.OAuth2AuthorizationException;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationExchange;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationResponse;

/**
 * Makes the authorization request of the code grant, with PKCE by S256 (RFC 7636 section 4.2), and of its answer. The
 * request is pushed to the server first (RFC 9126) where that is required, and where the client can show who it is.
 */
final class CodeAuthorizationClient {
    private static final int RANDOM_BYTES = 32;
    private static final int LONGEST_URI = 2048;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Http http;
    private final ClientAuthenticator authenticator;

    CodeAuthorizationClient(Http http, ClientAuthenticator authenticator) {
        this.http = http;
        this.authenticator = authenticator;
    }

    CodeAuthorization start(OAuthClient client, Endpoints endpoints, URI redirect) {
        URI place = endpoints
                .authorization()
                .orElseThrow(() -> Failure.failed(
                        "the authorization server of " + client.profile() + " does not offer sign-in by browser",
                        "ast login --with-token"));
        Map<String, Object> more = new LinkedHashMap<>(client.parameters());
        client.options().audience().ifPresent(audience -> more.put("audience", audience));
        if (!client.options().resources().isEmpty()) {
            more.put("resource", client.options().resources());
        }
        client.options().proofKey().ifPresent(key -> more.put("dpop_jkt", DpopProofs.thumbprint(key)));
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
        OAuth2AuthorizationRequest made = request.build();
        return new CodeAuthorization(client, endpoints, nonce, made, address(client, endpoints, made));
    }

    private URI address(OAuthClient client, Endpoints endpoints, OAuth2AuthorizationRequest request) {
        boolean pushed = client.options()
                .pushed()
                .orElse(endpoints.capabilities().pushedOnly()
                        || (endpoints.pushedAuthorization().isPresent()
                                && client.options().confidential()));
        if (!pushed) {
            return URI.create(request.getAuthorizationRequestUri());
        }
        Optional<String> uri = push(client, endpoints, request);
        if (uri.isEmpty()) {
            return URI.create(request.getAuthorizationRequestUri());
        }
        String place = request.getAuthorizationUri();
        // RFC 9126 section 4: nothing else may stand there.
        return URI.create(place + (place.contains("?") ? "&" : "?") + "client_id=" + encoded(client.clientId())
                + "&request_uri=" + encoded(uri.get()));
    }

    // RFC 9126 section 2: the same parameters, and what shows who the client is. Nothing where the metadata names an
    // endpoint that is not there, and the server does not want requests to be pushed.
    private Optional<String> push(OAuthClient client, Endpoints endpoints, OAuth2AuthorizationRequest request) {
        URI place = endpoints
                .pushedAuthorization()
                .orElseThrow(() -> Failure.unreachable(
                        "the authorization server of " + client.profile()
                                + " names no endpoint for pushed authorization requests",
                        "set pushed-authorization: false, or pushed-authorization-uri, of its provider in config.yml"));
        ClientRegistration registration = ProfileRegistration.registration(client, endpoints);
        List<Map.Entry<String, String>> fields = new ArrayList<>();
        if (ProfileRegistration.method(registration) == ClientMethod.CLIENT_SECRET_BASIC) {
            fields.add(Map.entry("client_id", client.clientId()));
        }
        fields.add(Map.entry("response_type", "code"));
        fields.add(Map.entry("redirect_uri", String.valueOf(request.getRedirectUri())));
        fields.add(Map.entry("state", String.valueOf(request.getState())));
        if (!request.getScopes().isEmpty()) {
            fields.add(Map.entry("scope", String.join(" ", request.getScopes())));
        }
        request.getAdditionalParameters().forEach((name, value) -> {
            List<?> values = value instanceof List<?> list ? list : List.of(value);
            values.forEach(one -> fields.add(Map.entry(name, one.toString())));
        });
        ServerOrigin authority = ServerOrigin.of(place);
        try {
            HttpAnswer received = http.send(
                    authenticator.at(HttpCall.post(place).header("Accept", "application/json"), registration, fields));
            boolean optional = client.options().pushed().isEmpty()
                    && !endpoints.capabilities().pushedOnly();
            if (TokenEndpoint.ABSENT.contains(received.status())) {
                if (optional) {
                    return Optional.empty();
                }
                throw Failure.unreachable(
                        authority + " has no endpoint for pushed authorization requests where its metadata names one (HTTP "
                                + received.status() + ")",
                        "contact the operator of the server");
            }
            JsonObject answer = OAuthAnswers.read(received);
            return Optional.of(answer.text("request_uri")
                    .filter(uri -> uri.length() <= LONGEST_URI)
                    .orElseThrow(() -> Failure.unreachable(
                            authority + " answered the pushed authorization request without a usable request_uri",
                            "contact the operator of the server")));
        } catch (OAuth2AuthorizationException e) {
            throw TokenEndpoint.refused(e, authority);
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
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
