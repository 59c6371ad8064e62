package dev.ast.provider;

import dev.ast.domain.Secret;
import dev.ast.domain.SelectedContext;
import dev.ast.json.JsonObject;
import dev.ast.oauth.UnverifiedJwt;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The claims of a token that is a JWT, not verified: a hint for the user and for renewing in time,
 * never an identity.
 *
 * @param kind {@code workspace}, {@code organization} or {@code deployment}, for API tokens with such a claim
 * @param places what the token is for
 * @param scopes what it may do
 * @param expiresAt when it ends
 */
public record TokenClaims(
        Optional<String> kind, List<SelectedContext> places, List<String> scopes, Optional<Instant> expiresAt) {
    /** The kind of a token for one deployment, which nobody selects. */
    static final String DEPLOYMENT = "deployment";

    private static final int MOST = 100;
    /** The narrowest first: a token for a workspace names its organization too. */
    private static final List<String> KINDS =
            List.of(DEPLOYMENT, SelectedContext.WORKSPACE, SelectedContext.ORGANIZATION);

    /** Copies the lists. */
    public TokenClaims {
        places = List.copyOf(places);
        scopes = List.copyOf(scopes);
    }

    /** Reads a token; empty when it is not a JWT. */
    public static Optional<TokenClaims> of(Secret token) {
        return UnverifiedJwt.claims(token).map(TokenClaims::read);
    }

    private static TokenClaims read(JsonObject claims) {
        List<SelectedContext> places = new ArrayList<>();
        List<String> scopes = new ArrayList<>();
        for (String permission : claims.texts("permissions").orElse(List.of())) {
            Optional<SelectedContext> place = place(permission);
            place.filter(ignored -> places.size() < MOST).ifPresent(places::add);
            if (place.isEmpty() && scopes.size() < MOST) {
                scopes.add(permission);
            }
        }
        return new TokenClaims(first(places), places, scopes, UnverifiedJwt.expiry(claims));
    }

    // A loop: streams would be the most of what a short command loads.
    private static Optional<String> first(List<SelectedContext> places) {
        for (String kind : KINDS) {
            for (SelectedContext place : places) {
                if (place.kind().equals(kind)) {
                    return Optional.of(kind);
                }
            }
        }
        return Optional.empty();
    }

    // Astronomer writes workspaceId:cl…, organizationId:cl… among the permissions.
    private static Optional<SelectedContext> place(String permission) {
        for (String kind : KINDS) {
            String prefix = kind + "Id:";
            if (permission.startsWith(prefix) && permission.length() > prefix.length()) {
                String id = permission.substring(prefix.length());
                return Optional.of(new SelectedContext(kind, id, id));
            }
        }
        return Optional.empty();
    }
}
