package dev.ast.session;

import dev.ast.domain.Failure;
import dev.ast.domain.Profile;
import dev.ast.domain.ProfileName;
import dev.ast.domain.ServerOrigin;
import dev.ast.provider.TokenClaims;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The state of every profile.
 *
 * @param now when it was asked, for remaining times
 */
public record Status(ProfileName active, List<Entry> profiles, List<Credentials.Variable> environment, Instant now) {

    /**
     * The state of one profile.
     *
     * @param server the server; empty when none is known yet
     * @param credentialSource where its token comes from; empty when there is none
     * @param accessExpiresAt when the access token ends; empty when unknown
     * @param refreshPresent whether it can be renewed
     * @param refreshExpiresAt when that ends; empty when the server did not say
     * @param scopes what was granted, as far as the server reported
     * @param claims the claims of a token that does not come from a sign-in; unverified
     * @param problem why the store could not be read, or how a check ended
     */
    public record Entry(
            Profile profile,
            String provider,
            Optional<ServerOrigin> server,
            boolean signedIn,
            Optional<String> credentialSource,
            Optional<Instant> accessExpiresAt,
            boolean refreshPresent,
            Optional<Instant> refreshExpiresAt,
            List<String> scopes,
            Optional<TokenClaims> claims,
            Optional<Failure> problem) {}
}
