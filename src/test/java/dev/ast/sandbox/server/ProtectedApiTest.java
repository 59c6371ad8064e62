package dev.ast.sandbox.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ast.sandbox.server.SandboxClient.Answer;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ProtectedApiTest {

    private static final SandboxServer SERVER = new SandboxServer();
    private static SandboxClient client;
    private static String token;

    @BeforeAll
    static void start() throws IOException {
        SERVER.start(SandboxOptions.DEFAULTS);
        client = new SandboxClient(SERVER);
        token = client.signIn(SandboxClient.ALL_SCOPES).string("access_token");
    }

    @AfterAll
    static void stop() {
        SERVER.close();
    }

    @Test
    void meNamesTheUserAndBothAccounts() {
        Answer me = client.get("/api/v1/me", token);

        assertThat(me.status()).isEqualTo(200);
        assertThat(me.string("id")).isEqualTo("ada");
        assertThat(me.string("name")).isEqualTo("Ada Lovelace");
        assertThat(me.string("email")).isEqualTo("ada@example.com");
        assertThat(me.json().path("accounts").toString())
                .isEqualTo("[{\"id\":\"acc_ada\",\"name\":\"ada\",\"type\":\"personal\",\"role\":\"owner\"},"
                        + "{\"id\":\"acc_acme\",\"name\":\"acme\",\"type\":\"organization\",\"role\":\"member\"}]");
    }

    @Test
    void thingsComeInPagesThatNameTheirNeighbours() {
        Answer first = client.get("/api/v1/things", token);
        Answer last = client.get("/api/v1/things?page=3", token);

        assertThat(first.json()).hasSize(10);
        assertThat(first.header("Link"))
                .contains("<" + client.issuer() + "/api/v1/things?page=2>; rel=\"next\"")
                .contains("<" + client.issuer() + "/api/v1/things?page=3>; rel=\"last\"")
                .doesNotContain("rel=\"prev\"");
        assertThat(last.json()).hasSize(5);
        assertThat(last.header("Link")).contains("page=2>; rel=\"prev\"").doesNotContain("rel=\"next\"");
        assertThat(client.get("/api/v1/things?page=0", token).status()).isEqualTo(400);
    }

    @Test
    void aPostedThingComesBackAsItWas() {
        Answer echo = client.send(client.request("/api/v1/things")
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"a\": [1,  2]}")));

        assertThat(echo.status()).isEqualTo(201);
        assertThat(echo.body()).isEqualTo("{\"a\": [1,  2]}");
        assertThat(echo.header("Content-Type")).isEqualTo("application/json");
    }

    @Test
    void aSlowAnswerTakesItsTime() {
        long before = System.nanoTime();

        assertThat(client.get("/api/v1/slow?ms=200", token).status()).isEqualTo(200);

        assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThanOrEqualTo(Duration.ofMillis(200));
    }

    @Test
    void forbiddenIsForbiddenAndTheUnknownIsNotFound() {
        assertThat(client.get("/api/v1/forbidden", token).status()).isEqualTo(403);
        Answer unknown = client.get("/api/v1/unknown", token);
        assertThat(unknown.status()).isEqualTo(404);
        assertThat(unknown.string("error")).isEqualTo("Not Found");
    }

    @Test
    void withoutAGoodTokenThereIsAChallenge() {
        assertThat(client.get("/api/v1/me").status()).isEqualTo(401);
        assertThat(client.get("/api/v1/me").header("WWW-Authenticate")).startsWith("Bearer");
        Answer bad = client.get("/api/v1/me", "bad");
        assertThat(bad.status()).isEqualTo(401);
        assertThat(bad.header("WWW-Authenticate")).contains("error=\"invalid_token\"");
    }

    @Test
    void anAccessTokenEndsWhenItsTimeIsOver() throws IOException {
        try (SandboxServer hasty = new SandboxServer()) {
            hasty.start(SandboxOptions.parse(List.of("--access-token-seconds", "1")));
            SandboxClient hurried = new SandboxClient(hasty);
            Answer tokens = hurried.signIn("profile");

            // No leeway of a minute, as token checks usually have: a tour must see it happen.
            await().atMost(Duration.ofSeconds(10))
                    .until(() -> hurried.get("/api/v1/me", tokens.string("access_token"))
                                    .status()
                            == 401);
            assertThat(hurried.refresh(tokens.string("refresh_token")).status()).isEqualTo(200);
        }
    }
}
