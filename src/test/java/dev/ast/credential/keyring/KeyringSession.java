package dev.ast.credential.keyring;

import dev.ast.credential.TokenJson;
import dev.ast.domain.Secret;
import dev.ast.domain.ServerOrigin;
import dev.ast.domain.TokenSet;
import dev.ast.host.AstHome;
import dev.ast.host.Environment;
import dev.ast.host.Interrupts;
import dev.ast.json.Json;
import dev.ast.json.JsonObject;
import dev.ast.json.LocalJson;
import dev.ast.support.PrivateSession;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The repository as the program wires it, in a private session. */
final class KeyringSession {
    static final AstHome HOME = new AstHome(Path.of("/home/ada/.ast"), true);

    private KeyringSession() {}

    static KeyringTokenRepository repository(PrivateSession session) {
        return repository(session, HOME, UserPrompt.NOBODY, new Interrupts());
    }

    static KeyringTokenRepository repository(
            PrivateSession session, AstHome home, UserPrompt userPrompt, Interrupts interrupts) {
        return new KeyringTokenRepository(
                Keyrings.forThisMachine("Linux", Environment.of(session.environment()), userPrompt, interrupts, home),
                home,
                System::nanoTime);
    }

    static TokenSet tokens(String access, String refresh) {
        ServerOrigin origin = ServerOrigin.parse("https://api.example.com");
        Instant now = Instant.parse("2026-11-22T04:00:00.123456789Z");
        return new TokenSet(
                origin,
                ServerOrigin.parse("https://auth.example.com"),
                Secret.of(access),
                "Bearer",
                Optional.of(Secret.of(refresh)),
                now,
                Optional.of(now.plusSeconds(3600)),
                Optional.of(now.plusSeconds(86400)),
                List.of("openid", "größe"));
    }

    /** Tokens as comparable members: secrets have no equality. */
    static Map<String, Object> members(TokenSet tokens) {
        JsonObject json = new JsonObject();
        TokenJson.write(tokens, json);
        return JsonObject.of(Json.read(LocalJson.write(json.members()).getBytes(StandardCharsets.UTF_8)))
                .orElseThrow()
                .members();
    }
}
