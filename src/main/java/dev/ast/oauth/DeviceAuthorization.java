package dev.ast.oauth;

import dev.ast.domain.Secret;
import dev.ast.domain.ServerOrigin;
import dev.ast.json.JsonObject;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.springframework.security.oauth2.core.endpoint.OAuth2DeviceAuthorizationResponse;

/**
 * An authorization that waits for the user (RFC 8628 section 3.2).
 *
 * @param authority the server that asks
 * @param userCode what the user compares or types
 * @param verificationUri where it is typed; may be something else than a web address, since it comes from outside
 * @param complete the same with the code in it, where the server gives one
 * @param expiresAt when the code ends
 * @param interval the shortest time between two polls
 * @param response the answer as Spring Security's object, which holds the device code
 */
public record DeviceAuthorization(
        ServerOrigin authority,
        String userCode,
        String verificationUri,
        Optional<String> complete,
        Instant expiresAt,
        Duration interval,
        OAuth2DeviceAuthorizationResponse response) {

    /** The address to open: the complete one, else the plain one; empty when it is not an http(s) address. */
    public Optional<URI> address() {
        return complete.flatMap(DeviceAuthorization::web).or(() -> web(verificationUri));
    }

    /** All of it with the device code, which is a secret, for another command that goes on. */
    public JsonObject toJson() {
        return new JsonObject()
                .put("authority", authority)
                .put("device_code", response.getDeviceCode().getTokenValue())
                .put("user_code", userCode)
                .put("verification_uri", verificationUri)
                .put("verification_uri_complete", complete)
                .put("expires_at", expiresAt)
                .put("interval", interval.toSeconds());
    }

    /** What {@link #toJson} has written; empty when it is something else. */
    public static Optional<DeviceAuthorization> of(JsonObject json) {
        Optional<ServerOrigin> authority = json.parsed("authority", ServerOrigin::parse);
        Optional<Secret> code = json.parsed("device_code", Secret::of);
        Optional<String> user = json.text("user_code");
        Optional<String> uri = json.text("verification_uri");
        Optional<Instant> end = json.time("expires_at");
        Optional<Long> interval = json.number("interval").filter(seconds -> seconds > 0 && seconds <= 60);
        if (authority.isEmpty()
                || code.isEmpty()
                || user.isEmpty()
                || uri.isEmpty()
                || end.isEmpty()
                || interval.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new DeviceAuthorization(
                authority.get(),
                user.get(),
                uri.get(),
                json.text("verification_uri_complete"),
                end.get(),
                Duration.ofSeconds(interval.get()),
                OAuth2DeviceAuthorizationResponse.with(code.get().reveal(), user.get())
                        .verificationUri(uri.get())
                        .expiresIn(3600) // nobody asks this object for the end
                        .interval(interval.get())
                        .build()));
    }

    private static Optional<URI> web(String text) {
        try {
            URI uri = new URI(text);
            ServerOrigin.of(uri.getRawFragment() == null ? uri : URI.create(text.substring(0, text.indexOf('#'))));
            return Optional.of(uri);
        } catch (java.net.URISyntaxException | dev.ast.domain.FailureException e) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return "DeviceAuthorization[" + authority + "]";
    }
}
