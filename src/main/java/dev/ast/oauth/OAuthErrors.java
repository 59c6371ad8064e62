package dev.ast.oauth;

import java.util.Set;
import java.util.regex.Pattern;
import org.springframework.security.oauth2.core.OAuth2Error;

/**
 * What an error code of an authorization server means (RFC 6749 section 5.2, RFC 8628 section 3.5), with the names that
 * servers use instead of the standard ones. A code that is not known here is final, and ends no session.
 */
public final class OAuthErrors {
    /** The second is Entra's and ForgeRock's. */
    private static final Set<String> DENIED =
            Set.of("access_denied", "authorization_declined", "authorization_denied", "user_denied", "user_cancelled");

    /** Entra's first version says code_expired; GitHub token_expired, and incorrect_device_code for one long gone. */
    private static final Set<String> EXPIRED = Set.of(
            "expired_token",
            "code_expired",
            "expired_code",
            "token_expired",
            "device_code_expired",
            "incorrect_device_code",
            "bad_verification_code");

    /** The first is the standard's; GitHub, Slack, OpenAI and others have their own, Entra those of OpenID Connect. */
    private static final Set<String> ENDED = Set.of(
            "invalid_grant",
            "bad_refresh_token",
            "invalid_refresh_token",
            "expired_refresh_token",
            "refresh_token_expired",
            "refresh_token_invalidated",
            "refresh_token_reused",
            "refresh_token_revoked",
            "expired_token",
            "token_expired",
            "token_revoked",
            "token_inactive",
            "invalid_token",
            "interaction_required",
            "login_required",
            "consent_required");

    /** For an authorization request (RFC 6749 section 4.1.2.1), but seen from token endpoints too. */
    private static final Set<String> PASSING = Set.of(
            "temporarily_unavailable",
            "server_error",
            "service_unavailable",
            "rate_limit_exceeded",
            "too_many_requests");

    /** What stays as it is however long one waits; with the sets above but the last one. */
    private static final Set<String> FINAL = Set.of(
            "authorization_pending",
            "slow_down",
            "invalid_client",
            "invalid_scope",
            "unauthorized_client",
            "unsupported_grant_type");

    /** The client may not use this grant; the last is GitHub's. */
    private static final Set<String> NO_SUCH_GRANT =
            Set.of("unauthorized_client", "unsupported_grant_type", "device_flow_disabled");

    // Dex and others report a refresh token that has ended as a bad request: only the text tells.
    private static final Set<String> VAGUE = Set.of("invalid_request", "unauthorized_client");
    private static final Pattern DEAD = Pattern.compile(
            "(?i)refresh[ _]?token\\b.{0,200}\\b(?:invalid|expired|revoked|not (?:valid|found|active))\\b"
                    + "|\\b(?:invalid|expired|revoked|unknown) refresh[ _]?token\\b");
    private static final int LONGEST = 1000;

    private OAuthErrors() {}

    /** Whether a user refused. */
    public static boolean denies(String code) {
        return DENIED.contains(code);
    }

    /** Whether a device code has ended. */
    static boolean expires(String code) {
        return EXPIRED.contains(code);
    }

    /** Whether the refresh token that was sent is worth nothing any more. */
    static boolean endsSession(OAuth2Error error) {
        String description = error.getDescription();
        return ENDED.contains(error.getErrorCode())
                || (VAGUE.contains(error.getErrorCode())
                        && description != null
                        && DEAD.matcher(description.substring(0, Math.min(LONGEST, description.length())))
                                .find());
    }

    /**
     * Whether the same request may succeed later.
     *
     * @param delayed whether the answer says when to ask again
     */
    static boolean passes(String code, boolean delayed) {
        return PASSING.contains(code)
                || (delayed
                        && !DENIED.contains(code)
                        && !EXPIRED.contains(code)
                        && !ENDED.contains(code)
                        && !FINAL.contains(code));
    }

    /** Whether the client may not use the grant that it asked for. */
    static boolean excludesGrant(String code) {
        return NO_SUCH_GRANT.contains(code);
    }

    /** What a user can do about a refusal. */
    public static String hint(String code) {
        return switch (code) {
            case "invalid_scope" ->
                "add --scope with what this client may ask for, such as --scope \"openid profile email\"";
            // Keycloak's, for a user without the role offline_access.
            case "not_allowed" -> "add --scope without offline_access, such as --scope \"openid profile email\"";
            case "invalid_client" -> "check the client; --client-id names another one";
            default -> "check the client and its scopes";
        };
    }
}
