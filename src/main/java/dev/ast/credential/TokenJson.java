package dev.ast.credential;

import dev.ast.domain.ClientAuthentication;
import dev.ast.domain.ClientMethod;
import dev.ast.domain.Failure;
import dev.ast.domain.FailureException;
import dev.ast.domain.IdToken;
import dev.ast.domain.ScopedToken;
import dev.ast.domain.Secret;
import dev.ast.domain.ServerOrigin;
import dev.ast.domain.TokenSet;
import dev.ast.json.JsonObject;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The one JSON form of a token record, the same in every store. */
public final class TokenJson {
    private TokenJson() {}

    /** Writes the tokens over what stands in the object; members of newer programs stay. */
    public static void write(TokenSet tokens, JsonObject into) {
        into.put("access_token", tokens.access().reveal())
                .put("token_type", tokens.type())
                .put("refresh_token", tokens.refresh().map(Secret::reveal))
                .put("issued_at", tokens.issuedAt())
                .put("expires_at", tokens.expiresAt())
                .put("refresh_expires_at", tokens.refreshExpiresAt())
                .put("scope", tokens.scopes().isEmpty() ? null : tokens.scopes())
                .put("origin", tokens.origin())
                .put("authority", tokens.authority())
                .put("organization_tokens", tokens.organizations().isEmpty() ? null : written(tokens.organizations()))
                .put("token_endpoint", tokens.endpoint())
                .put(
                        "client_authentication",
                        tokens.client().map(client -> client.method().word()))
                .put(
                        "client_secret",
                        tokens.client().flatMap(ClientAuthentication::secret).map(Secret::reveal))
                .put(
                        "client_credentials",
                        tokens.client().filter(ClientAuthentication::renews).isPresent() ? true : null)
                .put("id_token", tokens.id().map(id -> id.token().reveal()))
                .put("id_token_issued_at", tokens.id().map(IdToken::issuedAt))
                .put("id_token_expires_at", tokens.id().flatMap(IdToken::expiresAt))
                .put("dpop_key", tokens.key().map(Secret::reveal));
    }

    private static Optional<ClientAuthentication> client(JsonObject from) {
        Optional<String> method = from.text("client_authentication");
        return method.isEmpty()
                ? Optional.empty()
                : ClientMethod.of(method.get())
                        .map(known -> new ClientAuthentication(
                                known,
                                secret(from, "client_secret"),
                                Boolean.TRUE.equals(from.get("client_credentials"))));
    }

    private static Map<String, @Nullable Object> written(Map<String, ScopedToken> organizations) {
        JsonObject all = new JsonObject();
        new TreeMap<>(organizations)
                .forEach((id, token) -> all.put(
                        id,
                        new JsonObject()
                                .put("access_token", token.access().reveal())
                                .put("issued_at", token.issuedAt())
                                .put("expires_at", token.expiresAt())));
        return all.members();
    }

    private static Map<String, ScopedToken> organizations(JsonObject from) {
        Optional<JsonObject> organizations = from.object("organization_tokens");
        if (organizations.isEmpty()) {
            return Map.of();
        }
        Map<String, ScopedToken> all = new TreeMap<>();
        for (String id : organizations.get().members().keySet()) {
            Optional<JsonObject> token = organizations.get().object(id);
            Optional<Secret> access = token.isEmpty() ? Optional.empty() : secret(token.get(), "access_token");
            if (access.isPresent()) {
                all.put(
                        id,
                        new ScopedToken(
                                access.get(),
                                token.get().time("issued_at").orElse(Instant.EPOCH),
                                token.get().time("expires_at")));
            }
        }
        return all;
    }

    /**
     * Reads a token record.
     *
     * @return empty when a required member is missing or wrong: the caller reports which store is corrupt
     */
    public static Optional<TokenSet> read(JsonObject from) {
        Optional<Secret> access = secret(from, "access_token");
        Optional<ServerOrigin> origin = origin(from, "origin");
        String type = from.text("token_type").orElse("Bearer");
        Optional<Secret> key = secret(from, "dpop_key");
        if (access.isEmpty() || origin.isEmpty() || (type.equals(TokenSet.DPOP) && key.isEmpty())) {
            return Optional.empty();
        }
        return Optional.of(new TokenSet(
                origin.get(),
                origin(from, "authority").orElse(origin.get()),
                access.get(),
                type,
                secret(from, "refresh_token"),
                from.time("issued_at").orElse(Instant.EPOCH),
                from.time("expires_at"),
                from.time("refresh_expires_at"),
                from.texts("scope").orElse(List.of()),
                organizations(from),
                from.parsed("token_endpoint", URI::create),
                client(from),
                id(from),
                key));
    }

    private static Optional<IdToken> id(JsonObject from) {
        Optional<Secret> token = secret(from, "id_token");
        return token.isEmpty()
                ? Optional.empty()
                : Optional.of(new IdToken(
                        token.get(),
                        from.time("id_token_issued_at").orElse(Instant.EPOCH),
                        from.time("id_token_expires_at")));
    }

    private static Optional<Secret> secret(JsonObject from, String name) {
        return from.parsed(name, Secret::of);
    }

    private static Optional<ServerOrigin> origin(JsonObject from, String name) {
        return from.parsed(name, ServerOrigin::parse);
    }

    /** The failure for a record that {@link #read} does not understand. */
    public static FailureException corrupt(String where) {
        return Failure.storage("the tokens in " + where + " cannot be understood", "ast login");
    }
}
