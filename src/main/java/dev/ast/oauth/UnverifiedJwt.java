package dev.ast.oauth;

import dev.ast.domain.Secret;
import dev.ast.json.JsonObject;
import dev.ast.json.LocalJson;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;

/** The claims of a JWT (RFC 7519), not verified: a hint for renewing in time, never an identity. */
public final class UnverifiedJwt {
    private static final long YEAR_9999 = 253_402_300_800L;

    private UnverifiedJwt() {}

    /** The claims of a token; empty when it is not a JWT. */
    public static Optional<JsonObject> claims(Secret token) {
        return claims(token.reveal());
    }

    /** The same for a token as it stands in an answer. */
    static Optional<JsonObject> claims(String token) {
        String[] parts = token.split("\\.", -1);
        if (parts.length != 3) {
            return Optional.empty();
        }
        try {
            return LocalJson.tryObject(Base64.getUrlDecoder().decode(parts[1].getBytes(StandardCharsets.US_ASCII)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** When the token ends. */
    public static Optional<Instant> expiry(JsonObject claims) {
        return claims.numberOrText("exp")
                .filter(seconds -> seconds > 0 && seconds < YEAR_9999)
                .map(Instant::ofEpochSecond);
    }
}
