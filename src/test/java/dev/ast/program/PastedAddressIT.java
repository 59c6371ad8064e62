package dev.ast.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ast.support.Answer;
import dev.ast.support.AstWorld;
import dev.ast.support.Packages;
import dev.ast.support.ScriptedServer;
import dev.ast.support.Sessions;
import dev.ast.support.Tmux;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A sign-in whose browser is on another machine, at a real terminal. */
class PastedAddressIT {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final String QUESTION = "Final address of the browser, or the code (not shown):";

    private final ScriptedServer server = ScriptedServer.http();
    private final AstWorld world = AstWorld.create();

    @BeforeEach
    void prepare() {
        Packages.require("tmux");
        world.env("AST_STORAGE", "file").env("SSH_CONNECTION", "10.0.0.1 5 10.0.0.2 22");
        String place = server.origin().toString();
        server.on(
                "GET /.well-known/openid-configuration",
                Answer.json("{\"issuer\":\"" + place + "\",\"authorization_endpoint\":\"" + place
                        + "/authorize\",\"token_endpoint\":\"" + place + "/token\"}"));
        server.on(
                "POST /token",
                Answer.json("{\"access_token\":\"at-1\",\"token_type\":\"Bearer\",\"expires_in\":3600,"
                        + "\"refresh_token\":\"rt-1\"}"));
    }

    @AfterEach
    void stop() {
        world.close();
        server.close();
    }

    private Tmux login(String type) {
        return Tmux.startIn(
                type,
                world,
                "login",
                "--provider",
                "oidc",
                "--issuer",
                server.origin().toString(),
                "--client-id",
                "cli");
    }

    /** The address that the browser is sent back to, with the state of the request. */
    private static String redirect(Tmux terminal) {
        String shown = terminal.waitFor(QUESTION, LONG).replaceAll("\\s*\\n\\s*", "");
        Matcher state = Pattern.compile("state=([A-Za-z0-9_-]+)").matcher(shown);
        Matcher port =
                Pattern.compile("ssh -L ([0-9]+):127\\.0\\.0\\.1:([0-9]+) HOST").matcher(shown);
        assertThat(state.find()).as(shown).isTrue();
        assertThat(port.find()).as(shown).isTrue();
        return "http://127.0.0.1:" + port.group(1) + "/callback?state=" + state.group(1) + "&code=c0de-canary";
    }

    @ParameterizedTest
    @ValueSource(strings = {"xterm-256color", "dumb"})
    void theFinalAddressIsPasted(String type) {
        try (Tmux terminal = login(type)) {
            String address = redirect(terminal);
            terminal.type("http://127.0.0.1/?code=x&state=old").keys("Enter");
            terminal.waitFor("this cannot be used: its state is not the one that was sent", LONG);
            await().atMost(LONG).until(() -> terminal.everything().split(Pattern.quote(QUESTION), -1).length > 2);
            terminal.type(address).keys("Enter");

            assertThat(terminal.awaitExit(LONG)).isZero();
            assertThat(terminal.everything())
                    .contains("Successfully authenticated")
                    .doesNotContain("c0de-canary");
        }
        assertThat(server.requests("POST /token").get(0).form()).containsEntry("code", "c0de-canary");
        assertThat(Sessions.token(world, "default", "access_token")).isEqualTo("at-1");
    }

    @Test
    void theBrowserCountsWhileTheQuestionStands() throws Exception {
        try (Tmux terminal = login("xterm-256color")) {
            HttpResponse<String> page = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create(redirect(terminal)))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());

            assertThat(page.body()).contains("You are signed in to the terminal");
            assertThat(terminal.awaitExit(LONG)).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"xterm-256color", "dumb"})
    void ctrlCEndsTheQuestion(String type) {
        try (Tmux terminal = login(type)) {
            terminal.waitFor(QUESTION, LONG);
            terminal.keys("C-c");

            assertThat(terminal.awaitExit(LONG)).isEqualTo(130);
        }
    }
}
