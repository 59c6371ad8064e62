package dev.ast.provider;

import dev.ast.domain.Identity;
import dev.ast.domain.Secret;
import dev.ast.json.Json;
import dev.ast.support.Fuzzed;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** The user in a server's answer, and the claims of an access token. */
public final class ClaimsFuzz {
    private ClaimsFuzz() {}

    /** One input: a user as JSON, the same as claims of a token, and a token as it is. */
    public static void fuzzerTestOneInput(byte[] input) {
        Json.tryObject(input).ifPresent(user -> {
            Identity identity = Accounts.identity(user, Optional.empty(), List.of());
            Fuzzed.require(identity.name().map(String::length).orElse(0) <= 700, "a name is too long");
        });
        String claims = Base64.getUrlEncoder().withoutPadding().encodeToString(input);
        TokenClaims.of(Secret.of("e30." + claims + ".s")).ifPresent(ClaimsFuzz::check);
        Fuzzed.reading(() -> Secret.of(Fuzzed.text(input)))
                .flatMap(TokenClaims::of)
                .ifPresent(ClaimsFuzz::check);
    }

    private static void check(TokenClaims claims) {
        Fuzzed.require(claims.places().size() <= 100 && claims.scopes().size() <= 100, "too much is kept");
    }
}
