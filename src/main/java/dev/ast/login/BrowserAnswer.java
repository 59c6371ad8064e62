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
    /** The longest code that is taken from the keyboard, in characters. */
    int LONGEST_CODE = 8192;

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
     * Not an answer to our request: another sign-in's, an old tab's, or one that somebody made up. It changes nothing.
     *
     * @param why for the user
     */
    record Foreign(String why) implements BrowserAnswer {}

    /**
     * An answer to our request with which the sign-in cannot go on.
     *
     * @param why for the user
     */
    record Unusable(String why) implements BrowserAnswer {}

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
        return decided(fields, asked);
    }

    /**
     * Reads what the user has pasted: the final address of the browser, its query, or the bare code. A state that stands
     * in it must be ours; without one it is PKCE (RFC 7636) that binds the code to this sign-in.
     */
    static BrowserAnswer pasted(String text, CodeAuthorization asked) {
        String typed = text.strip();
        boolean address = typed.contains("://");
        int question = typed.indexOf('?');
        String query = typed.substring(question + 1).split("#", 2)[0];
        if (address && question < 0) {
            return new Foreign("this address has no answer in it");
        }
        if (address
                || question == 0
                || typed.startsWith("code=")
                || typed.startsWith("error=")
                || typed.contains("&")) {
            Map<String, String> fields = fields(query).orElse(Map.of());
            boolean stateless = !fields.isEmpty() && !fields.containsKey("state");
            return stateless ? decided(fields, asked) : of(query, asked);
        }
        // RFC 6749 appendix A.11: a code is printable ASCII.
        boolean code = !typed.isEmpty()
                && typed.length() <= LONGEST_CODE
                && typed.chars().allMatch(c -> c > 0x20 && c < 0x7f);
        return code ? new Allowed(typed) : new Foreign("it is neither an address nor a code");
    }

    private static BrowserAnswer decided(Map<String, String> fields, CodeAuthorization asked) {
        // RFC 9207: an answer of another server than the one that was asked is rejected, whatever it contains.
        String issuer = fields.get("iss");
        if (issuer != null && !asked.isIssuedBy(issuer)) {
            return new Unusable("it names the issuer '" + SecretShape.cut(issuer, 200) + "'");
        }
        String error = fields.get("error");
        if (error != null) {
            return new Refused(
                    SecretShape.cut(error, 200),
                    Optional.ofNullable(fields.get("error_description")).map(text -> SecretShape.cut(text, 200)));
        }
        String code = fields.getOrDefault("code", "");
        return code.isEmpty() ? new Unusable("it has neither a code nor an error") : new Allowed(code);
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
