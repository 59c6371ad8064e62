package dev.ast.program;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ast.support.Answer;
import dev.ast.support.AstWorld;
import dev.ast.support.Case;
import dev.ast.support.Packages;
import dev.ast.support.Request;
import dev.ast.support.ScriptedServer;
import dev.ast.support.Sessions;
import dev.ast.support.Tmux;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the platforms ask the user on a real terminal, in the packaged program. */
class PlatformTerminalIT {
    private static final Duration LONG = Duration.ofSeconds(60);

    private final ScriptedServer server = ScriptedServer.http();
    private AstWorld world = AstWorld.create();

    @BeforeEach
    void prepare() throws IOException {
        Packages.require("tmux");
        world.env("AST_STORAGE", "file").env("BROWSER", "/bin/false");
        Files.writeString(
                world.astHome().resolve("config.yml"),
                "ast:\n  providers:\n    astropods:\n      server: " + server.origin()
                        + "\n      device-authorization-uri: " + server.uri("/device") + "\n      token-uri: "
                        + server.uri("/token") + "\n    seqera:\n      redirect-port: 0\n");
        server.on(
                "POST /device",
                Answer.json("{\"device_code\":\"dc\",\"user_code\":\"ABCD-EFGH\",\"interval\":1,\"verification_uri\":\""
                        + server.uri("/verify") + "\"}"));
        server.on(
                "POST /token",
                Answer.json("{\"access_token\":\"at-1\",\"refresh_token\":\"rt-1\",\"expires_in\":3600,"
                        + "\"token_type\":\"Bearer\",\"user\":{\"id\":\"u1\",\"email\":\"ada@example.com\"}}"));
    }

    @AfterEach
    void stop() {
        world.close();
        server.close();
    }

    private static Answer houston(Request request) {
        String text = request.text();
        if (text.contains("authConfig")) {
            return Answer.json("{\"data\":{\"authConfig\":{\"localEnabled\":true}}}");
        }
        if (text.contains("createToken")) {
            return Answer.json("{\"data\":{\"createToken\":{\"token\":{\"value\":\"apc-token-1\"}}}}");
        }
        return Answer.json("{\"data\":{\"self\":{\"user\":{\"id\":\"u1\",\"username\":\"ada\",\"fullName\":\"Ada\","
                + "\"emails\":[{\"address\":\"ada@example.com\"}]}},\"workspaces\":[]}}");
    }

    @Test
    @Case("D11")
    void userNameAndPasswordAreAskedAndThePasswordIsNotShown() {
        server.on("POST /v1", PlatformTerminalIT::houston);
        String place = server.origin().toString();
        try (Tmux terminal = Tmux.start(world, "login", "--provider", "astronomer-private-cloud", "--server", place)) {
            terminal.waitFor("User name", LONG);
            terminal.type("ada").keys("Enter");
            terminal.waitFor("Password (not shown)", LONG);
            terminal.type("pass-w0rd").keys("Enter");

            assertThat(terminal.awaitExit(LONG)).isZero();
            assertThat(terminal.everything())
                    .contains("Successfully authenticated as ada@example.com")
                    .doesNotContain("pass-w0rd", "apc-token");
        }
        assertThat(server.requests("POST /v1").stream().map(Request::text))
                .anyMatch(text -> text.contains("\"identity\":\"ada\"") && text.contains("\"password\":\"pass-w0rd\""));
        assertThat(Sessions.token(world, "default", "access_token")).isEqualTo("apc-token-1");
        try (Tmux terminal = Tmux.start(world, "login", "--oauth")) {
            terminal.waitFor("Token from that page (not shown)", LONG);
            terminal.type("apc-token-2").keys("Enter");

            assertThat(terminal.awaitExit(LONG)).isZero();
            assertThat(terminal.everything())
                    .contains("Open: " + place + "/token")
                    .doesNotContain("apc-token");
        }
        assertThat(Sessions.token(world, "default", "access_token")).isEqualTo("apc-token-2");
        assertThat(Sessions.text(world)).doesNotContain("pass-w0rd");
    }

    @Test
    void whoHasNoAccountYetChoosesAUserName() {
        AtomicReference<String> name = new AtomicReference<>("");
        server.on(
                "GET /api/v1/me",
                request -> Answer.json("{\"id\":\"u1\",\"email\":\"ada@example.com\",\"accounts\":["
                        + (name.get().isEmpty()
                                ? ""
                                : "{\"id\":\"a1\",\"name\":\"" + name.get() + "\",\"type\":\"personal\"}")
                        + "]}"));
        server.on("GET /api/v1/accounts/check/taken", Answer.json("{\"available\":false,\"reason\":\"in use\"}"));
        server.on("GET /api/v1/accounts/check/ada-l", Answer.json("{\"available\":true}"));
        server.on("POST /api/v1/accounts", request -> {
            name.set("ada-l");
            return Answer.json(201, "{\"id\":\"a1\",\"name\":\"ada-l\",\"type\":\"personal\"}");
        });
        try (Tmux terminal = Tmux.start(world, "login", "--no-browser")) {
            terminal.waitFor("Choose a user name", LONG);
            terminal.keys("Enter");
            assertThat(terminal.awaitExit(LONG)).isZero();
            assertThat(terminal.everything()).contains("Successfully authenticated as ada@example.com");
        }
        assertThat(server.requests("POST /api/v1/accounts")).isEmpty();
        try (Tmux terminal = Tmux.start(world, "login", "--no-browser")) {
            terminal.waitFor("Choose a user name", LONG);
            terminal.type("taken").keys("Enter");
            terminal.waitFor("This name cannot be used: in use", LONG);
            terminal.type("ada-l").keys("Enter");

            assertThat(terminal.awaitExit(LONG)).isZero();
            assertThat(terminal.everything()).contains("(account ada-l)");
        }
        assertThat(server.requests("POST /api/v1/accounts")).hasSize(1);
    }

    @Test
    void aCodeIsOfferedWhereTheBrowserCannotBeOpened() {
        String place = server.origin().toString();
        server.on(
                "GET /.well-known/openid-configuration",
                Answer.json("{\"issuer\":\"" + place + "\",\"authorization_endpoint\":\"" + place
                        + "/authorize\",\"token_endpoint\":\"" + place + "/token\",\"device_authorization_endpoint\":\""
                        + place + "/device\"}"));
        server.on("GET /user-info", Answer.json("{\"user\":{\"id\":7,\"email\":\"ada@example.com\"}}"));
        try (Tmux terminal = Tmux.start(world, "login", "--provider", "seqera", "--server", place)) {
            terminal.waitFor("Sign in by a code instead [y/N]", LONG);
            assertThat(terminal.screen()).contains("the browser could not be opened");
            terminal.type("y").keys("Enter");

            assertThat(terminal.awaitExit(LONG)).isZero();
            assertThat(terminal.everything())
                    .contains("Code: ABCD-EFGH", "Successfully authenticated as ada@example.com");
        }
    }

    @Test
    void theShellLearnsNewContextsBehindTheScreenAndLeavesWithoutWaiting() {
        Sessions.write(
                world,
                "{\"version\":1,\"profiles\":{\"default\":{\"provider\":\"astropods\",\"server\":\"" + server.origin()
                        + "\",\"storage\":\"file\",\"identity\":{\"subject\":\"u1\"},\"contexts\":[{\"kind\":\"account\","
                        + "\"id\":\"a1\",\"name\":\"old\"}],\"contexts_read_at\":\""
                        + Instant.now().minus(Duration.ofHours(1)) + "\",\"tokens\":{\"access_token\":\"at-1\","
                        + "\"token_type\":\"Bearer\",\"issued_at\":\"" + Instant.now() + "\",\"expires_at\":\""
                        + Instant.now().plus(Duration.ofHours(1)) + "\",\"origin\":\"" + server.origin()
                        + "\",\"authority\":\"" + server.origin() + "\"}}}}");
        server.on(
                "GET /api/v1/me",
                Answer.json(
                        "{\"id\":\"u1\",\"accounts\":[{\"id\":\"a1\",\"name\":\"newcomer\",\"type\":\"personal\"}]}"));
        try (Tmux terminal = Tmux.start(world)) {
            terminal.waitFor("ast>", LONG);
            Awaitility.await().atMost(LONG).until(() -> Sessions.text(world).contains("newcomer"));
            // Nothing was printed between the greeting and the bar but the prompt.
            assertThat(terminal.everything().lines().map(String::strip).filter(line -> !line.isEmpty()))
                    .hasSize(4)
                    .contains("ast>");
            terminal.type("context use new").keys("Tab");
            terminal.waitFor("context use newcomer", LONG);
            terminal.keys("C-c");
            terminal.type("context list").keys("Enter");
            terminal.waitFor("newcomer  account  a1", LONG);
            assertThat(server.requests("GET /api/v1/me")).hasSize(1);
            terminal.type("exit").keys("Enter");
            assertThat(terminal.awaitExit(LONG)).isZero();
        }
        Sessions.write(
                world,
                Sessions.text(world)
                        .replaceAll(
                                "\"contexts_read_at\":\\s*\"[^\"]*\"",
                                "\"contexts_read_at\":\"2020-01-01T00:00:00Z\""));
        server.on("GET /api/v1/me", Answer.json("{}").after(Duration.ofSeconds(50)));
        try (Tmux terminal = Tmux.start(world)) {
            terminal.waitFor("ast>", LONG);
            Awaitility.await()
                    .atMost(LONG)
                    .until(() -> server.requests("GET /api/v1/me").size() == 2);
            long start = System.nanoTime();
            terminal.keys("C-d");
            assertThat(terminal.awaitExit(LONG)).isZero();
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
        }
    }
}
