package dev.ast.domain;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The tokens of one session, and where they belong.
 *
 * @param origin the server whose API the access token is for
 * @param authority the authorization server that issued the tokens; the refresh token goes there and nowhere else
 * @param access the access token (RFC 6749 section 1.4)
 * @param type the token type: {@code Bearer}, {@link #DPOP} or {@link #BARE}
 * @param refresh the refresh token, where one was issued
 * @param issuedAt when the answer arrived, by this machine's clock
 * @param expiresAt when the access token ends; absent when the server did not say
 * @param refreshExpiresAt when the refresh token ends; absent when the server did not say
 * @param scopes the granted scopes; empty when the server did not say
 * @param organizations access tokens for single organizations, by the authorization server's id
 * @param endpoint the token endpoint that issued the tokens; absent for tokens that came from elsewhere
 * @param client how the client shows the server who it is; absent for a public client
 * @param id the id_token, where one was issued
 * @param key the private key that the tokens are bound to, as a JWK (RFC 9449); absent where they are bound to none
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
        List<String> scopes,
        Map<String, ScopedToken> organizations,
        Optional<URI> endpoint,
        Optional<ClientAuthentication> client,
        Optional<IdToken> id,
        Optional<Secret> key) {

    private static final Duration LONGEST_WINDOW = Duration.ofMinutes(5);

    /** The type of tokens that stand in the header without a scheme before them, as some platforms require. */
    public static final String BARE = "Bare";

    /** The type of tokens of which only the holder of a key can make use (RFC 9449 section 5). */
    public static final String DPOP = "DPoP";

    /** Copies the collections. */
    public TokenSet {
        scopes = List.copyOf(scopes);
        organizations = Map.copyOf(organizations);
    }

    /** Tokens that are for no single organization, with an unknown endpoint. */
    public TokenSet(
            ServerOrigin origin,
            ServerOrigin authority,
            Secret access,
            String type,
            Optional<Secret> refresh,
            Instant issuedAt,
            Optional<Instant> expiresAt,
            Optional<Instant> refreshExpiresAt,
            List<String> scopes) {
        this(
                origin,
                authority,
                access,
                type,
                refresh,
                issuedAt,
                expiresAt,
                refreshExpiresAt,
                scopes,
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** A token that the user already had: no refresh token, type Bearer. */
    public static TokenSet given(ServerOrigin origin, Secret access, Instant now, Optional<Instant> expiresAt) {
        return new TokenSet(
                origin, origin, access, "Bearer", Optional.empty(), now, expiresAt, Optional.empty(), List.of());
    }

    /** A given token whose issuer has become known: it may be shown to that one, too. */
    public TokenSet issuedBy(ServerOrigin issuer) {
        return with(issuer, type, expiresAt, id);
    }

    /** Whether new tokens can be had without the user: by a refresh token, or by the client itself. */
    public boolean renewable() {
        return refresh.isPresent() || (client.isPresent() && client.get().renews());
    }

    /** The same tokens of another type. */
    public TokenSet typed(String other) {
        return with(authority, other, expiresAt, id);
    }

    /** The same tokens with another id_token, or without one. */
    public TokenSet with(Optional<IdToken> other) {
        return with(authority, type, expiresAt, other);
    }

    /** The same tokens with another end of the access token. */
    public TokenSet endingAt(Instant end) {
        return with(authority, type, Optional.of(end), id);
    }

    private TokenSet with(
            ServerOrigin newAuthority, String newType, Optional<Instant> newEnd, Optional<IdToken> newId) {
        return new TokenSet(
                origin,
                newAuthority,
                access,
                newType,
                refresh,
                issuedAt,
                newEnd,
                refreshExpiresAt,
                scopes,
                organizations,
                endpoint,
                client,
                newId,
                key);
    }

    /** These tokens as they are for one organization; empty when there is no token for it yet. */
    public Optional<TokenSet> inOrganization(String id) {
        return Optional.ofNullable(organizations.get(id))
                .map(scoped -> alone(scoped.access(), type, scoped.issuedAt(), scoped.expiresAt(), key));
    }

    /** The id_token as the token of a set of its own, to which the same rules of ending and renewing apply. */
    public Optional<TokenSet> ofId() {
        return id.map(one -> alone(one.token(), "Bearer", one.issuedAt(), one.expiresAt(), Optional.empty()));
    }

    private TokenSet alone(
            Secret token, String itsType, Instant issued, Optional<Instant> end, Optional<Secret> itsKey) {
        return new TokenSet(
                origin,
                authority,
                token,
                itsType,
                refresh,
                issued,
                end,
                refreshExpiresAt,
                scopes,
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                itsKey);
    }

    /** These tokens after a refresh (RFC 6749 section 6): what the answer leaves out stays, the refresh token too. */
    public TokenSet renewed(TokenSet granted) {
        return new TokenSet(
                origin,
                authority,
                granted.access,
                granted.type,
                granted.refresh.or(() -> refresh),
                granted.issuedAt,
                granted.expiresAt,
                granted.refreshExpiresAt.or(() -> granted.refresh.isPresent() ? Optional.empty() : refreshExpiresAt),
                granted.scopes.isEmpty() ? scopes : granted.scopes,
                organizations,
                granted.endpoint,
                granted.client.or(() -> client),
                granted.id.or(() -> id),
                granted.key.or(() -> key));
    }

    /** These tokens with one for an organization, and the refresh token that came with it. */
    public TokenSet withOrganization(String id, TokenSet granted) {
        Map<String, ScopedToken> more = new HashMap<>(organizations);
        more.put(id, new ScopedToken(granted.access, granted.issuedAt, granted.expiresAt));
        return new TokenSet(
                origin,
                authority,
                access,
                type,
                granted.refresh.or(() -> refresh),
                issuedAt,
                expiresAt,
                granted.refresh.isPresent() ? granted.refreshExpiresAt : refreshExpiresAt,
                scopes,
                more,
                endpoint,
                client,
                this.id,
                key);
    }

    /** Whether the access token is worth nothing without a proof of {@link #key} beside it. */
    public boolean isBound() {
        return type.equals(DPOP);
    }

    /**
     * The value of the {@code Authorization} header for a server. This is the only way to get one; a token that
     * {@link #isBound} needs a proof beside it.
     *
     * @return empty when the token was issued for another origin
     */
    public Optional<String> authorize(ServerOrigin target) {
        return target.equals(origin) || target.equals(authority)
                ? Optional.of(type.equals(BARE) ? access.reveal() : (isBound() ? "DPoP " : "Bearer ") + access.reveal())
                : Optional.empty();
    }

    /**
     * Whether the access token should be renewed: it ends within a fifth of its lifetime, at most five minutes, so that
     * short-lived tokens are not renewed at every command. A token without known end is never stale by itself.
     */
    public boolean staleAt(Instant now) {
        return expiresAt.isPresent() && !now.plus(window(expiresAt.get())).isBefore(expiresAt.get());
    }

    /** Whether less than {@code ttl} of the access token's life remains. */
    public boolean endsWithin(Duration ttl, Instant now) {
        return expiresAt.isPresent() && now.plus(ttl).isAfter(expiresAt.get());
    }

    /**
     * Whether the access token should be renewed for a use that takes a while. One whose whole life is shorter than that is
     * renewed once it has aged, not at every call.
     *
     * @param minimum the life that must remain
     */
    public boolean staleFor(Duration minimum, Instant now) {
        if (staleAt(now)) {
            return true;
        }
        if (!endsWithin(minimum, now)) {
            return false;
        }
        boolean longEnoughAtBirth = expiresAt
                .map(end -> Duration.between(issuedAt, end).compareTo(minimum) >= 0)
                .orElse(true);
        return longEnoughAtBirth || agedAt(now);
    }

    /** Whether a fifth of the access token's life has passed; never for one without known end. */
    public boolean agedAt(Instant now) {
        return expiresAt
                .map(end -> !now.isBefore(issuedAt.plus(fifth(Duration.between(issuedAt, end)))))
                .orElse(false);
    }

    /** Whether the access token has ended. */
    public boolean endedAt(Instant now) {
        return expiresAt.map(end -> !now.isBefore(end)).orElse(false);
    }

    /** Whether the whole session has ended: the access token has, and what could renew it is missing or has, too. */
    public boolean sessionEndedAt(Instant now) {
        return endedAt(now)
                && (!renewable()
                        || (refresh.isPresent()
                                && refreshExpiresAt
                                        .filter(end -> !now.isBefore(end))
                                        .isPresent()));
    }

    /**
     * The same as a failure.
     *
     * @return empty while the session goes on, as far as is known here
     */
    public Optional<Failure> sessionEnd(ProfileName profile, Instant now) {
        if (!sessionEndedAt(now)) {
            return Optional.empty();
        }
        return Optional.of(new Failure.SessionEnded(
                profile,
                refresh.isEmpty()
                        ? "the token has expired and the server gave no refresh token"
                        : "the access token and the refresh token have expired"));
    }

    private Duration window(Instant end) {
        Duration lifetime = Duration.between(issuedAt, end);
        if (lifetime.isNegative()) {
            return Duration.ZERO;
        }
        Duration fifth = fifth(lifetime);
        return fifth.compareTo(LONGEST_WINDOW) < 0 ? fifth : LONGEST_WINDOW;
    }

    // Duration.dividedBy computes with decimals of any size, which is a quarter of the time of a short command.
    private static Duration fifth(Duration lifetime) {
        long seconds = lifetime.getSeconds();
        return Duration.ofSeconds(seconds / 5, seconds % 5 * 200_000_000 + lifetime.getNano() / 5);
    }
}
