package dev.ast.oauth;

import dev.ast.domain.ServerOrigin;
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
