package dev.ast.program;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ast.json.Json;
import dev.ast.support.Answer;
import dev.ast.support.AstResult;
import dev.ast.support.AstWorld;
import dev.ast.support.ScriptedServer;
import dev.ast.support.Sessions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code docker-credential-ast}, called as docker calls it: one word, the rest on standard input. */
class DockerCredentialIT {
    private static final String NONE = "credentials not found in native keychain\n";

    private final ScriptedServer server = ScriptedServer.http();
    private final AstWorld packaged = AstWorld.create();
    private final AstWorld docker = AstWorld.around(packaged.program().resolveSibling("docker-credential-ast"));

    @BeforeEach
    void signIn() throws IOException {
        docker.env("AST_STORAGE", "file");
        Files.writeString(
                docker.astHome().resolve("config.yml"),
                "ast:\n  providers:\n    astropods:\n      registry: registry.example.com\n      token-uri: "
                        + server.uri("/token") + "\n");
        session(Duration.ofHours(1));
    }

    private void session(Duration left) {
        session(left, "\"refresh_token\":\"rt-1\",");
    }

    private void session(Duration left, String refreshToken) {
        Sessions.write(
                docker,
                "{\"version\":1,\"profiles\":{\"default\":{\"provider\":\"astropods\",\"server\":\"" + server.origin()
                        + "\",\"storage\":\"file\",\"tokens\":{\"access_token\":\"at-1\",\"token_type\":\"Bearer\","
                        + refreshToken + "\"issued_at\":\""
                        + Instant.now().minus(Duration.ofHours(1)) + "\",\"expires_at\":\""
                        + Instant.now().plus(left) + "\",\"origin\":\"" + server.origin() + "\",\"authority\":\""
                        + server.origin() + "\"}}}}");
    }

    @AfterEach
    void stop() {
        docker.close();
        packaged.close();
        server.close();
    }

    @Test
    void givesTheSessionsTokenForThePlatformsRegistry() {
        AstResult get = docker.runWithInput("registry.example.com\n", "get");

        assertThat(get.exit()).as(get.err()).isZero();
        assertThat(get.err()).isEmpty();
        assertThat(Json.readObject(get.out().getBytes(StandardCharsets.UTF_8)).members())
                .isEqualTo(Map.of("ServerURL", "registry.example.com", "Username", "token", "Secret", "at-1"));
        assertThat(docker.run("list").out()).isEqualTo("{\"registry.example.com\":\"token\"}\n");

        server.on(
                "POST /token",
                Answer.json(
                        "{\"access_token\":\"at-2\",\"refresh_token\":\"rt-2\",\"token_type\":\"Bearer\",\"expires_in\":3600}"));
        session(Duration.ofSeconds(1));
        assertThat(docker.runWithInput("https://registry.example.com/v2/", "get")
                        .out())
                .contains("\"Secret\":\"at-2\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "registry.example.com.evil.example",
                "evil.example/registry.example.com",
                "https://registry.example.com@evil.example/",
                "http://registry.example.com",
                "registry.example.com:444",
                "docker.io",
            })
    void anyOtherHostGetsNothing(String registry) {
        AstResult get = docker.runWithInput(registry + "\n", "get");

        assertThat(get.exit()).isEqualTo(1);
        assertThat(get.out()).isEqualTo(NONE);
        assertThat(get.err()).doesNotContain("at-1");
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void storesNothingAndLeavesTheSessionAtErase() {
        AstResult store = docker.runWithInput(
                "{\"ServerURL\":\"registry.example.com\",\"Username\":\"x\",\"Secret\":\"typed-secret\"}", "store");
        assertThat(store.exit()).isEqualTo(1);
        assertThat(store.err()).contains("no credential of docker's is stored").doesNotContain("typed-secret");
        AstResult erase = docker.runWithInput("registry.example.com\n", "erase");
        assertThat(erase.exit()).isZero();
        assertThat(erase.err()).contains("ast logout");
        assertThat(docker.runWithInput("registry.example.com\n", "get").out()).contains("at-1");
        docker.env("AST_PROFILE", "nobody");
        AstResult nobody = docker.runWithInput("registry.example.com\n", "get");
        assertThat(nobody.out()).isEqualTo(NONE);
        assertThat(nobody.err()).contains("there is no profile nobody");
        assertThat(nobody.exit()).isEqualTo(4);
        assertThat(docker.runWithInput("", "get").exit()).isEqualTo(2);
    }

    /** Then no Spring is needed, unless the token has ended, for which standard input must still be there. */
    @Test
    void givesItAlsoWithoutSettingsOfTheUser() throws IOException {
        Files.delete(docker.astHome().resolve("config.yml"));
        String registry = "registry." + server.origin().host();
        AstResult get = docker.runWithInput(registry + "\n", "get");
        assertThat(get.exit()).as(get.err()).isZero();
        assertThat(get.out())
                .isEqualTo("{\"ServerURL\":\"" + registry + "\",\"Username\":\"token\",\"Secret\":\"at-1\"}\n");
        AstResult other = docker.runWithInput("docker.io\n", "get");
        assertThat(other.exit()).isEqualTo(1);
        assertThat(other.out()).isEqualTo(NONE);
        assertThat(other.err())
                .contains("there is no credential for this registry")
                .contains("hint: ast login");
        assertThat(docker.runWithInput("", "get").err()).contains("names no registry");

        session(Duration.ofMinutes(-1), "");
        AstResult ended = docker.runWithInput(registry + "\n", "get");
        assertThat(ended.exit()).isEqualTo(5);
        assertThat(ended.err()).contains("has ended");
        assertThat(server.requests()).isEmpty();
    }
}
