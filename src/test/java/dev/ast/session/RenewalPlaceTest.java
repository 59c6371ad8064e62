package dev.ast.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ast.support.Answer;
import dev.ast.support.AstInside;
import dev.ast.support.AstResult;
import dev.ast.support.ScriptedServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a renewal goes when the server's addresses are known by discovery only. */
class RenewalPlaceTest {
    private static final String DISCOVERY = "GET /.well-known/openid-configuration";

    private final ScriptedServer server = ScriptedServer.http();
    private int grants;

    @TempDir
    private Path home;

    private AstInside ast;

    @BeforeEach
    void signIn() {
        ast = AstInside.in(home);
        server.on("*", Answer.status(404)).on("GET /userinfo", json("{'sub':'u1'}"));
        namesTokenEndpoint(server, "/token");
        server.on(
                "POST /device",
                json("{'device_code':'d','user_code':'U','expires_in':600,'interval':1,'verification_uri':'"
                        + server.uri("/verify") + "'}"));
        grantsAt("/token");
        AstResult login = ast.run(
                "login", "--provider", "oidc", "--issuer", server.origin().toString(), "--client-id", "cli");
        assertThat(login.exit()).as(login.err()).isZero();
        assertThat(server.requests(DISCOVERY)).hasSize(1);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static Answer json(String inSingleQuotes) {
        return Answer.json(inSingleQuotes.replace('\'', '"'));
    }

    private static void namesTokenEndpoint(ScriptedServer server, String path) {
        server.on(
                DISCOVERY,
                json("{'issuer':'" + server.origin() + "','token_endpoint':'" + server.uri(path)
                        + "','device_authorization_endpoint':'" + server.uri("/device")
                        + "','userinfo_endpoint':'" + server.uri("/userinfo") + "'}"));
    }

    private void grantsAt(String path) {
        server.on("POST " + path, request -> {
            grants++;
            return json("{'access_token':'access-" + grants + "','refresh_token':'refresh-" + grants
                    + "','token_type':'Bearer','expires_in':600}");
        });
    }

    private AstResult tokenAfterItsEnd() {
        ast.pass(Duration.ofMinutes(20));
        return ast.run("token");
    }

    @Test
    void theEndpointThatIssuedTheTokensIsAskedAtOnce() {
        assertThat(tokenAfterItsEnd().out()).isEqualTo("access-2\n");
        assertThat(tokenAfterItsEnd().out()).isEqualTo("access-3\n");
        assertThat(server.requests(DISCOVERY)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {404, 405, 410, 302, 308})
    void whereItHasMovedTheServerIsAskedOnce(int status) {
        server.on("POST /token", Answer.redirect(status, "/elsewhere"));
        namesTokenEndpoint(server, "/v2/token");
        grantsAt("/v2/token");
        AstResult result = tokenAfterItsEnd();
        assertThat(result.out()).as(result.err()).isEqualTo("access-2\n");
        assertThat(server.requests("POST /v2/token")).hasSize(1);
        assertThat(tokenAfterItsEnd().out()).isEqualTo("access-3\n");
        assertThat(server.requests(DISCOVERY)).hasSize(2);
        assertThat(server.requests("POST /elsewhere")).isEmpty();
    }

    @Test
    void whereItIsGoneForGoodNothingIsLost() {
        server.on("POST /token", Answer.status(404));
        AstResult result = tokenAfterItsEnd();
        assertThat(result.exit()).isEqualTo(6);
        assertThat(result.err()).contains("answered with HTTP 404");
        assertThat(server.requests("POST /token"))
                .as("with that of the sign-in")
                .hasSize(2);
        grantsAt("/token");
        assertThat(ast.run("token").out()).isEqualTo("access-2\n");
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 403, 429, 500, 503})
    void anAnswerThatIsOneIsNotAskedForElsewhere(int status) {
        server.on("POST /token", Answer.status(status));
        namesTokenEndpoint(server, "/v2/token");
        grantsAt("/v2/token");
        assertThat(tokenAfterItsEnd().exit()).isEqualTo(status == 403 ? 3 : 6);
        assertThat(server.requests(DISCOVERY)).hasSize(1);
        assertThat(server.requests("POST /v2/token")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://evil.example/token", "http://evil.example/token", "no address", ""})
    void anAddressThatIsNotTheServersIsNotBelieved(String address) throws Exception {
        Path file = ast.astHome().resolve("credentials.json");
        String stored = Files.readString(file);
        assertThat(stored).contains(server.uri("/token").toString());
        Files.writeString(file, stored.replace(server.uri("/token").toString(), address));
        assertThat(tokenAfterItsEnd().out()).isEqualTo("access-2\n");
        assertThat(server.requests(DISCOVERY)).hasSize(2);
    }
}
