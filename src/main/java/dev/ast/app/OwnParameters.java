package dev.ast.app;

import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Parameters of an authorization request that only the program sets (RFC 6749 section 4.1, RFC 7521, RFC 7636, RFC 9101,
 * RFC 9449): they bind the answer to the request, and with other values it would take an answer of somebody else's.
 */
final class OwnParameters {
    private static final Set<String> NAMES = Set.of(
            "client_id",
            "client_secret",
            "client_assertion",
            "client_assertion_type",
            "response_type",
            "response_mode",
            "redirect_uri",
            "scope",
            "state",
            "nonce",
            "code_challenge",
            "code_challenge_method",
            "code_verifier",
            "grant_type",
            "code",
            "device_code",
            "refresh_token",
            "username",
            "password",
            "request",
            "request_uri",
            "dpop_jkt");

    private OwnParameters() {}

    /** The configured ones. @throws IllegalArgumentException naming one that the program sets */
    static Map<String, String> notIn(Map<String, String> configured) {
        for (String name : configured.keySet()) {
            if (NAMES.contains(name.toLowerCase(Locale.ROOT))) {
                throw new IllegalArgumentException("the program itself sets " + name);
            }
        }
        return configured;
    }
}
