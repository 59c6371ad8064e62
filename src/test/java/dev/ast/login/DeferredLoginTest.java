package dev.ast.login;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ast.json.Json;
import dev.ast.json.JsonObject;
import dev.ast.support.Answer;
import dev.ast.support.AstInside;
import dev.ast.support.AstResult;
import dev.ast.support.ScriptedServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code login --no-wait}, and {@code login --resume} in another process. */
class DeferredLoginTest {
    private static final String PENDING = "{\"error\":\"authorization_pending\"}";

    @TempDir
    private Path home;

    private final ScriptedServer server = ScriptedServer.http();

    @BeforeEach
    void script() {
        String place = server.origin().toString();
        server.on(
                "GET /.well-known/openid-configuration",
                Answer.json("{\"issuer\":\"" + place + "\",\"token_endpoint\":\"" + place
                        + "/token\",\"device_authorization_endpoint\":\"" + place + "/device\"}"));
        server.on(
                "POST /device",
                Answer.json("{\"device_code\":\"device-canary\",\"user_code\":\"ABCD-EFGH\",\"verification_uri\":\""
                        + place + "/verify\",\"expires_in\":600,\"interval\":5}"));
        server.on("POST /token", Answer.json(400, PENDING));
    }

    @AfterEach
    void close() {
        server.close();
    }

    private void approve() {
        server.on(
                "POST /token",
                Answer.json("{\"access_token\":\"at-canary\",\"token_type\":\"Bearer\",\"expires_in\":3600,"
                        + "\"refresh_token\":\"rt-canary\"}"));
    }

    private AstResult start(AstInside ast, String... more) {
        String[] first = {
            "login",
            "--no-wait",
            "--provider",
            "oidc",
            "--issuer",
            server.origin().toString(),
            "--client-id",
            "cli"
        };
        return ast.run(Stream.concat(Stream.of(first), Stream.of(more)).toArray(String[]::new));
    }

    private List<Path> kept() throws IOException {
        Path directory = home.resolve(".ast/sign-ins");
        if (!Files.exists(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.toList();
        }
    }

    private static JsonObject json(AstResult result) {
        return Json.readObject(result.out().getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void oneCommandStartsItAndAnotherFinishesIt() throws IOException {
        AstInside ast = AstInside.in(home);

        AstResult started = start(ast, "-o", "json", "--profile", "work", "--scope", "openid x");

        assertThat(started.exit()).as(started.err()).isZero();
        JsonObject answer = json(started);
        assertThat(answer.text("profile")).contains("work");
        assertThat(answer.text("user_code")).contains("ABCD-EFGH");
        assertThat(answer.text("verification_uri")).contains(server.origin() + "/verify");
        assertThat(answer.time("expires_at").orElseThrow())
                .isBetween(ast.now(), ast.now().plusSeconds(601));
        assertThat(started.out() + started.err()).doesNotContain("device-canary");
        assertThat(server.requests("POST /token")).isEmpty();
        assertThat(home.resolve(".ast/credentials.json")).doesNotExist();
        assertThat(kept()).hasSize(1);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(kept().get(0))))
                .isEqualTo("rw-------");

        approve();
        AstResult finished = ast.run("login", "--resume", answer.text("id").orElseThrow());

        assertThat(finished.exit()).as(finished.err()).isZero();
        assertThat(server.requests("POST /token").get(0).form())
                .containsEntry("device_code", "device-canary")
                .containsEntry("client_id", "cli");
        assertThat(server.requests("POST /device").get(0).form()).containsEntry("scope", "openid x");
        assertThat(ast.run("token", "--profile", "work").out()).isEqualTo("at-canary\n");
        assertThat(kept()).isEmpty();
        assertThat(ast.run("login", "--resume").exit()).isEqualTo(2);
    }

    @Test
    void textShowsCodeAddressAndTheNextCommand() {
        AstResult started = start(AstInside.in(home));

        assertThat(started.out())
                .contains("  Code: ABCD-EFGH\n", "  Open: " + server.origin() + "/verify\n")
                .containsPattern("Afterwards: ast login --resume [0-9a-f]{8}\n");
    }

    @Test
    void aWaitThatRanOutCanBeResumedUntilTheCodeEnds() throws IOException {
        AstInside ast = AstInside.in(home);
        String id = json(start(ast, "-o", "json")).text("id").orElseThrow();

        AstResult waited = ast.run("login", "--resume", "--timeout", "20s");

        assertThat(waited.exit()).isEqualTo(8);
        assertThat(waited.err()).contains("hint: ast login --resume " + id);
        assertThat(kept()).hasSize(1);
        ast.pass(Duration.ofMinutes(20));
        assertThat(ast.run("login", "--resume", id).exit()).isEqualTo(8);
        assertThat(kept()).isEmpty();

        start(ast);
        ast.pass(Duration.ofMinutes(20));
        assertThat(ast.run("login", "--resume").exit()).as("the latest").isEqualTo(8);
        assertThat(ast.run("login", "--resume").exit()).as("none is left").isEqualTo(2);
    }

    @Test
    void aRefusalIsTheEnd() throws IOException {
        AstInside ast = AstInside.in(home);
        start(ast);
        server.on("POST /token", Answer.json(400, "{\"error\":\"access_denied\"}"));

        assertThat(ast.run("login", "--resume").exit()).isEqualTo(3);
        assertThat(kept()).isEmpty();
        assertThat(home.resolve(".ast/credentials.json")).doesNotExist();
    }

    @Test
    void whatEndedIsRemovedAtTheNextStartAndTheLatestIsMeant() throws IOException {
        AstInside ast = AstInside.in(home);
        start(ast, "--profile", "old");
        ast.pass(Duration.ofMinutes(15));
        start(ast, "--profile", "one");
        ast.pass(Duration.ofSeconds(5));
        start(ast, "--profile", "two");
        assertThat(kept()).hasSize(2);

        approve();
        assertThat(ast.run("login", "--resume").exit()).isZero();

        assertThat(ast.run("token", "--profile", "two").exit()).isZero();
        assertThat(ast.run("token", "--profile", "one").exit()).isEqualTo(4);
    }

    @Test
    void whatDoesNotGoTogetherIsAUsageError() throws IOException {
        AstInside ast = AstInside.in(home);
        for (String other : new String[] {"--web", "--paste", "--with-token", "--if-needed"}) {
            assertThat(start(ast, other).exit()).as(other).isEqualTo(2);
        }
        start(ast);
        assertThat(ast.run("login", "--resume", "--scope", "x").exit()).isEqualTo(2);
        assertThat(ast.run("login", "--resume", "--no-wait").exit()).isEqualTo(2);
        assertThat(ast.run("login", "--resume", "../../../etc/passwd").exit()).isEqualTo(2);
        assertThat(ast.run("login", "--resume", "00000000").err()).contains("no sign-in '00000000' waits");
        Files.writeString(kept().get(0), "{}");
        assertThat(ast.run("login", "--resume").exit()).isEqualTo(2);
    }
}
