package dev.ast.oauth;

import dev.ast.domain.ClientMethod;
import dev.ast.domain.Failure;
import dev.ast.domain.FailureException;
import dev.ast.domain.Secret;
import dev.ast.domain.ServerOrigin;
import dev.ast.http.Http;
import dev.ast.http.HttpAnswer;
import dev.ast.http.HttpCall;
import dev.ast.json.JsonObject;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.core.OAuth2AuthorizationException;
import org.springframework.security.oauth2.core.endpoint.OAuth2DeviceAuthorizationResponse;

/**
 * The device authorization request (RFC 8628 section 3.1). Spring Security's converter for the answer takes a missing
 * interval for 0 and fails without {@code expires_in}; both happen, so the answer is read here. Limits: codes of 8,192
 * and 64 characters, a life of 1 s to 1 h (default 5 min), an interval of 1 s to 60 s (default 5 s).
 */
final class DeviceAuthorizationClient {
    private static final long DEFAULT_LIFE = 300;
    private static final long LONGEST_LIFE = 3600;
    private static final long DEFAULT_INTERVAL = 5;
    private static final long LONGEST_INTERVAL = 60;

    private final Http http;
    private final InstantSource clock;
    private final ClientAuthenticator authenticator;

    DeviceAuthorizationClient(Http http, InstantSource clock, ClientAuthenticator authenticator) {
        this.http = http;
        this.clock = clock;
        this.authenticator = authenticator;
    }

    DeviceAuthorization start(OAuthClient client, Endpoints endpoints) {
        URI place = endpoints
                .deviceAuthorization()
                .orElseThrow(() -> Failure.failed(
                        "the authorization server of " + client.profile() + " does not offer sign-in by code",
                        "ast login " + (endpoints.authorization().isPresent() ? "--web" : "--with-token")));
        ServerOrigin authority = ServerOrigin.of(place);
        List<Map.Entry<String, String>> fields = new ArrayList<>();
        ClientRegistration registration = ProfileRegistration.registration(client, endpoints);
        if (ProfileRegistration.method(registration) == ClientMethod.CLIENT_SECRET_BASIC) {
            // RFC 8628 section 3.1 leaves it out then, but most servers look for it.
            fields.add(Map.entry("client_id", client.clientId()));
        }
        if (!client.scopes().isEmpty()) {
            fields.add(Map.entry("scope", ProfileRegistration.scope(client.scopes())));
        }
        client.parameters().forEach((name, value) -> fields.add(Map.entry(name, value)));
        fields.addAll(client.purpose());
        HttpCall call = HttpCall.post(place).header("Accept", "application/json");
        return read(authority, http.send(authenticator.at(call, registration, fields)));
    }

    DeviceAuthorization read(ServerOrigin authority, HttpAnswer received) {
        JsonObject answer;
        try {
            answer = OAuthAnswers.read(received);
        } catch (OAuth2AuthorizationException e) {
            throw refused(e, authority);
        }
        Instant now = clock.instant();
        // As a secret it is known from now on, and never shown.
        String deviceCode =
                Secret.of(text(answer, "device_code", 8192, authority)).reveal();
        String userCode = text(answer, "user_code", 64, authority);
        // Early drafts and Google use verification_url.
        String uri = answer.text("verification_uri").isPresent()
                ? text(answer, "verification_uri", 2048, authority)
                : text(answer, "verification_url", 2048, authority);
        long life = answer.has("expires_in") ? answer.numberOrText("expires_in").orElse(-1L) : DEFAULT_LIFE;
        if (life <= 0) {
            throw invalid(authority, "expires_in");
        }
        long wanted =
                answer.numberOrText("interval").filter(seconds -> seconds > 0).orElse(DEFAULT_INTERVAL);
        Duration interval = Duration.ofSeconds(Math.min(wanted, LONGEST_INTERVAL));
        life = Math.min(life, LONGEST_LIFE);
        return new DeviceAuthorization(
                authority,
                userCode,
                uri,
                answer.text("verification_uri_complete")
                        .or(() -> answer.text("verification_url_complete"))
                        .filter(text -> text.length() <= 2048),
                now.plusSeconds(life),
                interval,
                OAuth2DeviceAuthorizationResponse.with(deviceCode, userCode)
                        .verificationUri(uri)
                        .expiresIn(life)
                        .interval(interval.toSeconds())
                        .build());
    }

    /** A final error of this grant: where the client may not use it, the browser may be a way. */
    static FailureException refused(OAuth2AuthorizationException e, ServerOrigin authority) {
        return OAuthErrors.excludesGrant(e.getError().getErrorCode())
                ? Failure.failed(
                        authority + " refused: " + OAuthAnswers.text(e.getError()),
                        "allow the client to sign in by code, or use the browser: ast login --web")
                : TokenEndpoint.refused(e, authority);
    }

    private static String text(JsonObject answer, String name, int limit, ServerOrigin authority) {
        return answer.text(name).filter(text -> text.length() <= limit).orElseThrow(() -> invalid(authority, name));
    }

    private static FailureException invalid(ServerOrigin authority, String member) {
        return Failure.unreachable(
                authority + " answered the sign-in request without a usable " + member,
                "contact the operator of the server");
    }
}
