package dev.ast.credential;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ast.domain.Secret;
import dev.ast.domain.ServerOrigin;
import dev.ast.domain.TokenSet;
import dev.ast.json.Json;
import dev.ast.json.JsonObject;
import dev.ast.json.LocalJson;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The record of a session whose tokens are bound to a key, and those of programs that knew no keys. */
class TokenJsonTest {
    private static final String KEY = "{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"a\",\"y\":\"b\",\"d\":\"c\"}";
    private static final ServerOrigin SERVER = ServerOrigin.parse("https://api.example.com");

    private static JsonObject object(Map<String, ?> members) {
        return Json.tryObject(LocalJson.write(members).getBytes(StandardCharsets.UTF_8))
                .orElseThrow();
    }

    @Test
    void aBoundTokenIsReadWithItsKeyAndHasAnotherScheme() {
        TokenSet read = TokenJson.read(object(Map.of(
                        "access_token", "access", "token_type", "DPoP", "dpop_key", KEY, "origin", SERVER.toString())))
                .orElseThrow();
        JsonObject written = new JsonObject();
        TokenJson.write(read, written);

        assertThat(read.isBound()).isTrue();
        assertThat(read.key().map(Secret::reveal)).contains(KEY);
        assertThat(read.authorize(SERVER)).contains("DPoP access");
        assertThat(read.authorize(ServerOrigin.parse("https://other.example.com"))).isEmpty();
        assertThat(written.text("dpop_key")).contains(KEY);
        assertThat(read.toString()).doesNotContain(KEY);
    }

    @Test
    void withoutItsKeyItIsCorrupt() {
        assertThat(TokenJson.read(object(
                        Map.of("access_token", "access", "token_type", "DPoP", "origin", SERVER.toString()))))
                .isEmpty();
    }

    @Test
    void aRecordWithoutAKeyIsReadAsBefore() {
        TokenSet read = TokenJson.read(object(Map.of("access_token", "access", "origin", SERVER.toString())))
                .orElseThrow();

        assertThat(read.isBound()).isFalse();
        assertThat(read.key()).isEmpty();
        assertThat(read.authorize(SERVER)).contains("Bearer access");
    }
}
