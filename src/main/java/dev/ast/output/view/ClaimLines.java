package dev.ast.output.view;

import dev.ast.domain.SelectedContext;
import dev.ast.output.Page;
import dev.ast.provider.TokenClaims;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The claims of a token, for people and programs. */
final class ClaimLines {
    private ClaimLines() {}

    static @Nullable Object document(Optional<TokenClaims> claims) {
        if (claims.isEmpty()) {
            return null;
        }
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        document.put("kind", claims.get().kind());
        claims.get().places().forEach(place -> document.put(place.kind() + "_id", place.id()));
        document.put("scope", claims.get().scopes());
        document.put("expires_at", claims.get().expiresAt());
        document.put("verified", false);
        return document;
    }

    static void text(Optional<TokenClaims> claims, Page page) {
        claims.ifPresent(found -> {
            page.field("Token", found.kind().map(kind -> kind + " API token, according to its claims"));
            for (SelectedContext place : found.places()) {
                page.field(
                        place.kind().substring(0, 1).toUpperCase(Locale.ROOT)
                                + place.kind().substring(1),
                        place.id());
            }
            if (!found.scopes().isEmpty()) {
                page.field("Token scopes", String.join(" ", found.scopes()));
            }
        });
    }
}
