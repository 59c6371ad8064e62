package dev.ast.domain;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The tokens of one session, and where they belong.
 *
 * @param origin the server whose API the access token is for
 * @param authority the authorization server that issued the tokens; the refresh token goes there and nowhere else
 * @param access the access token (RFC 6749 section 1.4)
 * @param type the token type, normally {@code Bearer}
 * @param refresh the refresh token, where one was issued
 * @param issuedAt when the answer arrived, by this machine's clock
 * @param expiresAt when the access token ends; absent when the server did not say
 * @param refreshExpiresAt when the refresh token ends; absent when the server did not say
 * @param scopes the granted scopes; empty when the server did not say
 */
public record TokenSet(
        ServerOrigin origin,
        ServerOrigin authority,
        Secret access,
        String type,
        Optional<Secret> refresh,
        Instant issuedAt,
        Optional<Instant> expiresAt,
        Optional<Instant> refreshExpiresAt,
        List<String> scopes) {

    private static final Duration LONGEST_WINDOW = Duration.ofMinutes(5);

    /** Copies the scopes. */
    public TokenSet {
        scopes = List.copyOf(scopes);
    }

    /** A token that somebody already had: no refresh token, type Bearer. */
    public static TokenSet given(ServerOrigin origin, Secret access, Instant now, Optional<Instant> expiresAt) {
        return new TokenSet(
                origin, origin, access, "Bearer", Optional.empty(), now, expiresAt, Optional.empty(), List.of());
    }

    /**
     * The value of the {@code Authorization} header for a server. This is the only way to get one.
     *
     * @return empty when the token was issued for another origin
     */
    public Optional<String> authorize(ServerOrigin target) {
        return target.equals(origin) || target.equals(authority)
                ? Optional.of("Bearer " + access.reveal())
                : Optional.empty();
    }

    /**
     * Whether the access token should be renewed: it ends within a fifth of its lifetime, at most five minutes, so that
     * short-lived tokens are not renewed at every command. A token without known end is never stale by itself.
     */
    public boolean staleAt(Instant now) {
        return expiresAt.map(end -> !now.plus(window(end)).isBefore(end)).orElse(false);
    }

    /** Whether less than {@code ttl} of the access token's life remains. */
    public boolean endsWithin(Duration ttl, Instant now) {
        return expiresAt.map(end -> now.plus(ttl).isAfter(end)).orElse(false);
    }

    /** Whether the access token has ended. */
    public boolean endedAt(Instant now) {
        return expiresAt.map(end -> !now.isBefore(end)).orElse(false);
    }

    private Duration window(Instant end) {
        Duration lifetime = Duration.between(issuedAt, end);
        if (lifetime.isNegative()) {
            return Duration.ZERO;
        }
        Duration fifth = lifetime.dividedBy(5);
        return fifth.compareTo(LONGEST_WINDOW) < 0 ? fifth : LONGEST_WINDOW;
    }
}
