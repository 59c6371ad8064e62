package dev.ast.login;

import dev.ast.domain.SecretShape;
import dev.ast.oauth.CodeAuthorization;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The answer that the browser carries back from the authorization server (RFC 6749 section 4.1.2). */
public sealed interface BrowserAnswer {
    /** The user allowed it. */
    record Allowed(String code) implements BrowserAnswer {
        @Override
        public String toString() {
            return "Allowed[secret]";
        }
    }

    /**
     * The server or the user refused.
     *
     * @param error the error code
     * @param description the server's description, if any
     */
    record Refused(String error, Optional<String> description) implements BrowserAnswer {}

    /**
     * Not an answer to our request.
     *
     * @param why for the user
     */
    record Foreign(String why) implements BrowserAnswer {}

    /** Reads the query of the address that the browser was sent to. */
    static BrowserAnswer of(String query, CodeAuthorization asked) {
        Optional<Map<String, String>> read = fields(query);
        if (read.isEmpty()) {
            return new Foreign("it cannot be read");
        }
        Map<String, String> fields = read.get();
        if (!asked.isStateOf(fields.getOrDefault("state", ""))) {
            return new Foreign("its state is not the one that was sent");
        }
        // RFC 9207: an answer of another server than the one that was asked is rejected, whatever it contains.
        String issuer = fields.get("iss");
        if (issuer != null && !asked.isIssuedBy(issuer)) {
            return new Foreign("it names the issuer '" + SecretShape.cut(issuer, 200) + "'");
        }
        String error = fields.get("error");
        if (error != null) {
            return new Refused(
                    SecretShape.cut(error, 200),
                    Optional.ofNullable(fields.get("error_description")).map(text -> SecretShape.cut(text, 200)));
        }
        String code = fields.getOrDefault("code", "");
        return code.isEmpty() ? new Foreign("it has neither a code nor an error") : new Allowed(code);
    }

    // RFC 6749 section 3.1: no parameter may stand there twice.
    private static Optional<Map<String, String>> fields(String query) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (String field : query.split("&", -1)) {
            int equals = field.indexOf('=');
            if (equals < 0) {
                continue;
            }
            try {
                String name = URLDecoder.decode(field.substring(0, equals), StandardCharsets.UTF_8);
                String value = URLDecoder.decode(field.substring(equals + 1), StandardCharsets.UTF_8);
                if (fields.put(name, value) != null) {
                    return Optional.empty();
                }
            } catch (IllegalArgumentException e) {
                return Optional.empty();
            }
        }
        return Optional.of(fields);
    }
}
