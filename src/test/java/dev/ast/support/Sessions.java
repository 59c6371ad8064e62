package dev.ast.support;

import dev.ast.json.Json;
import dev.ast.json.JsonObject;
import dev.ast.json.LocalJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;

/** {@code credentials.json} of a world, written and read without the program: the format is a promise to users, too. */
public final class Sessions {
    private Sessions() {}

    /** The file. */
    public static Path file(AstWorld world) {
        return world.astHome().resolve("credentials.json");
    }

    /** Signs a profile in at the server, with tokens that the server knows and an access token that ends then. */
    public static AuthorizationServer.Tokens signIn(
            AstWorld world, AuthorizationServer server, String profile, Duration endsIn) {
        AuthorizationServer.Tokens tokens = server.signIn("openid profile");
        Instant now = Instant.now();
        JsonObject document = Files.exists(file(world)) ? read(world) : new JsonObject().put("version", 1);
        document.objectOrNew("profiles").remove(profile);
        JsonObject written = document.objectOrNew("profiles").objectOrNew(profile);
        written.put("provider", "oidc")
                .put("server", server.issuer())
                .put("issuer", server.issuer())
                .put("client_id", "ast-test")
                .put("scope", java.util.List.of("openid", "profile"))
                .put("storage", "file")
                .put("identity", new JsonObject().put("subject", "ada-1").put("email", "ada@example.com"));
        written.objectOrNew("tokens")
                .put("access_token", tokens.access())
                .put("token_type", "Bearer")
                .put("refresh_token", tokens.refresh())
                .put("issued_at", now.minus(Duration.ofHours(1)))
                .put("expires_at", now.plus(endsIn))
                .put("origin", server.issuer())
                .put("authority", server.issuer());
        write(world, LocalJson.write(document.members()));
        return tokens;
    }

    /** The whole document. */
    public static JsonObject read(AstWorld world) {
        try {
            return Json.readObject(Files.readAllBytes(file(world)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The file as text. */
    public static String text(AstWorld world) {
        try {
            return Files.readString(file(world));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What is stored for a profile. */
    public static JsonObject profile(AstWorld world, String name) {
        return read(world).object("profiles").orElseThrow().object(name).orElseThrow();
    }

    /** A text member of the stored tokens of a profile; empty when there is none. */
    public static String token(AstWorld world, String profile, String member) {
        return profile(world, profile)
                .object("tokens")
                .flatMap(tokens -> tokens.text(member))
                .orElse("");
    }

    /** Writes the file with the modes that the program gives it. */
    public static void write(AstWorld world, String text) {
        try {
            Files.setPosixFilePermissions(world.astHome(), PosixFilePermissions.fromString("rwx------"));
            Files.writeString(file(world), text);
            Files.setPosixFilePermissions(file(world), PosixFilePermissions.fromString("rw-------"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
