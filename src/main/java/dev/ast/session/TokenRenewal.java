package dev.ast.session;

import dev.ast.domain.ProfileName;
import dev.ast.domain.Renewed;
import dev.ast.domain.TokenSet;
import java.util.Optional;
import java.util.function.Predicate;

/** Renews the stored tokens of a profile, one process at a time. */
@FunctionalInterface
public interface TokenRenewal {

    /**
     * Renews if the rule still finds the stored tokens stale once nobody else is renewing them.
     *
     * @return the tokens that are stored afterwards; empty when nobody is signed in
     */
    Optional<Renewed> renew(ProfileName profile, Predicate<TokenSet> stale);

    /**
     * The same for the access token of one organization, which is part of the stored tokens afterwards.
     *
     * @param organization the authorization server's id
     */
    default Optional<Renewed> renewFor(ProfileName profile, String organization, Predicate<TokenSet> stale) {
        return renew(profile, stale);
    }
}
