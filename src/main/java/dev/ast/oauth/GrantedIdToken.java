package dev.ast.oauth;

import dev.ast.domain.FailureException;
import dev.ast.domain.IdToken;
import dev.ast.domain.Secret;
import dev.ast.domain.TokenSet;
import dev.ast.json.JsonObject;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The id_token of a token endpoint's answer. It came directly from the issuer, over TLS, which OpenID Connect Core section
 * 3.1.3.7 (rule 6) accepts in place of the signature; a sign-in checks that, too ({@link IdTokens}), after its tokens are
 * stored. A token that is not usable is none, and the rest of the answer counts.
 */
final class GrantedIdToken {
    /** The longest that is kept, in characters: some servers put all of a user's groups into it. */
    static final int LONGEST = 16 * 1024;

    private GrantedIdToken() {}

    /** The id_token in an answer, if it is for this client and of somebody. */
    static Optional<IdToken> of(JsonObject answer, OAuthClient client, Instant now) {
        Optional<String> text = answer.text("id_token");
        if (text.isEmpty() || text.get().length() > LONGEST) {
            return Optional.empty();
        }
        Optional<JsonObject> claims = UnverifiedJwt.claims(text.get());
        if (claims.isEmpty()
                || !IdTokens.audience(claims.get()).contains(client.clientId())
                || subject(claims.get()) == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    new IdToken(Secret.of(text.get()).requireBearer(), now, UnverifiedJwt.expiry(claims.get())));
        } catch (FailureException e) {
            return Optional.empty();
        }
    }

    /**
     * The tokens of a renewal's answer without its id_token, if that is not of the same issuer and user as the one before
     * (OpenID Connect Core section 12.2).
     */
    static TokenSet checked(TokenSet before, TokenSet granted) {
        if (before.id().isEmpty() || granted.id().isEmpty()) {
            return granted;
        }
        Optional<JsonObject> old = UnverifiedJwt.claims(before.id().get().token());
        Optional<JsonObject> fresh = UnverifiedJwt.claims(granted.id().get().token());
        boolean same = old.isPresent()
                && fresh.isPresent()
                && String.valueOf(subject(old.get())).equals(String.valueOf(subject(fresh.get())))
                && old.get().text("iss").equals(fresh.get().text("iss"));
        return same ? granted : granted.with(Optional.empty());
    }

    private static @Nullable Object subject(JsonObject claims) {
        return claims.get("sub");
    }
}
