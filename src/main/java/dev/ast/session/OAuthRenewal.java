package dev.ast.session;

import dev.ast.domain.ProfileName;
import dev.ast.domain.Renewed;
import dev.ast.domain.TokenSet;
import dev.ast.oauth.OAuthTokens;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Renews in this process. */
public final class OAuthRenewal implements TokenRenewal {
    private final Supplier<OAuthTokens> tokens;

    /**
     * Renews by the OAuth client.
     *
     * @param tokens asked only when something is to be renewed
     */
    public OAuthRenewal(Supplier<OAuthTokens> tokens) {
        this.tokens = tokens;
    }

    @Override
    public Optional<Renewed> renew(ProfileName profile, Predicate<TokenSet> stale) {
        return tokens.get().renew(profile, stale);
    }

    @Override
    public Optional<Renewed> renewFor(ProfileName profile, String organization, Predicate<TokenSet> stale) {
        return tokens.get().renewFor(profile, organization, stale);
    }
}
