package dev.ast.sandbox.server.grant;

import java.security.Principal;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Set;
import org.springframework.security.oauth2.core.OAuth2DeviceCode;
import org.springframework.security.oauth2.core.OAuth2UserCode;
import org.springframework.security.oauth2.core.endpoint.OAuth2ParameterNames;
import org.springframework.security.oauth2.server.authorization.OAuth2Authorization;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;

/** Decides about a waiting device without a browser, leaving the same traces as the pages do. */
public final class DeviceDecisions {

    /** What is to become of a waiting user code. */
    public enum Decision {
        /** Signed in as the demo user Ada. */
        APPROVED,
        /** Polls get {@code access_denied}. */
        DENIED,
        /** Polls get {@code expired_token}, as if the time had run out. */
        EXPIRED
    }

    /** The result of a decision. */
    public enum Outcome {
        /** The decision stands. */
        DONE,
        /** No such user code was ever given out, or it is no longer known. */
        UNKNOWN,
        /** The code was decided about before, or has expired. */
        ALREADY_DECIDED
    }

    private static final OAuth2TokenType USER_CODE = new OAuth2TokenType(OAuth2ParameterNames.USER_CODE);

    private final OAuth2AuthorizationService authorizations;
    private final DemoUsers users;
    private final InstantSource clock;

    /** Decides about the authorizations of that service. */
    public DeviceDecisions(OAuth2AuthorizationService authorizations, DemoUsers users, InstantSource clock) {
        this.authorizations = authorizations;
        this.users = users;
        this.clock = clock;
    }

    /** Decides about a user code, which may be written in lower case and without its hyphen. */
    public Outcome decide(String userCode, Decision decision) {
        OAuth2Authorization waiting = authorizations.findByToken(normalized(userCode), USER_CODE);
        OAuth2Authorization.Token<OAuth2UserCode> user =
                waiting == null ? null : waiting.getToken(OAuth2UserCode.class);
        OAuth2Authorization.Token<OAuth2DeviceCode> device =
                waiting == null ? null : waiting.getToken(OAuth2DeviceCode.class);
        if (waiting == null || user == null || device == null) {
            return Outcome.UNKNOWN;
        }
        if (!user.isActive()) {
            return Outcome.ALREADY_DECIDED;
        }
        OAuth2Authorization.Builder decided = OAuth2Authorization.from(waiting)
                .attributes(attributes -> attributes.remove(OAuth2ParameterNames.STATE));
        switch (decision) {
            case APPROVED -> approve(decided, waiting, user.getToken());
            case DENIED -> decided.invalidate(device.getToken()).invalidate(user.getToken());
            case EXPIRED -> expire(decided, device.getToken(), user.getToken());
        }
        authorizations.save(decided.build());
        return Outcome.DONE;
    }

    private void approve(OAuth2Authorization.Builder decided, OAuth2Authorization waiting, OAuth2UserCode code) {
        Set<String> asked = waiting.getAttribute(OAuth2ParameterNames.SCOPE);
        decided.principalName(users.ada().username())
                .attribute(Principal.class.getName(), users.signedIn(users.ada()))
                .authorizedScopes(asked == null ? Set.of() : asked)
                .invalidate(code)
                .attributes(attributes -> attributes.remove(OAuth2ParameterNames.SCOPE));
    }

    private void expire(OAuth2Authorization.Builder decided, OAuth2DeviceCode device, OAuth2UserCode user) {
        var past = clock.instant().minusSeconds(1);
        var before = past.minusSeconds(1);
        decided.token(new OAuth2DeviceCode(device.getTokenValue(), before, past))
                .token(new OAuth2UserCode(user.getTokenValue(), before, past));
    }

    private static String normalized(String userCode) {
        String letters = userCode.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "");
        return letters.length() == 8 ? letters.substring(0, 4) + "-" + letters.substring(4) : "unknown";
    }
}
