package dev.ast.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ast.support.Answer;
import dev.ast.support.AstInside;
import dev.ast.support.AstResult;
import dev.ast.support.Case;
import dev.ast.support.Request;
import dev.ast.support.ScriptedServer;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Seqera Platform on a replica of its endpoint: OpenID discovery, code and PKCE, its API, and its own tokens. */
class SeqeraTest {
    private static final String OPEN = "(?m)^  Open: (\\S+)$";
    private static final String USER = "{\"user\":{\"id\":7,\"userName\":\"ada\",\"email\":\"ada@example.com\","
            + "\"firstName\":\"Ada\",\"lastName\":\"Lovelace\"},\"needConsent\":false}";
    private static final String PLACES = "{\"orgsAndWorkspaces\":["
            + "{\"orgId\":1,\"orgName\":\"acme\",\"workspaceId\":null,\"workspaceName\":null},"
            + "{\"orgId\":1,\"orgName\":\"acme\",\"workspaceId\":11,\"workspaceName\":\"research\"}]}";

    private final ScriptedServer seqera = ScriptedServer.http();

    @TempDir
    private Path home;

    private AstInside ast;

    @BeforeEach
    void start() {
        // Its own port may be in use on a machine that runs several builds.
        ast = AstInside.in(home).config("ast:\n  providers:\n    seqera:\n      redirect-port: 0\n");
        script("");
    }

    private void script(String below) {
        String place = seqera.origin() + below;
        seqera.on(
                "GET " + below + "/.well-known/openid-configuration",
                Answer.json("{\"issuer\":\"" + place + "\",\"authorization_endpoint\":\"" + place
                        + "/authorize\",\"token_endpoint\":\"" + place + "/token\",\"revocation_endpoint\":\"" + place
                        + "/revoke\"}"));
        seqera.on(
                "POST " + below + "/token",
                Answer.json("{\"access_token\":\"at-1\",\"refresh_token\":\"rt-1\",\"token_type\":\"Bearer\","
                        + "\"expires_in\":3600}"));
        seqera.on("POST " + below + "/revoke", Answer.status(200));
        seqera.on("GET " + below + "/user-info", Answer.json(USER));
        seqera.on("GET " + below + "/user/7/workspaces", Answer.json(PLACES));
    }

    @AfterEach
    void stop() {
        seqera.close();
    }

    private AstResult login(String... more) throws Exception {
        String[] words = new String[more.length + 4];
        System.arraycopy(new String[] {"login", "--no-browser", "--provider", "seqera"}, 0, words, 0, 4);
        System.arraycopy(more, 0, words, 4, more.length);
        AstInside.Run login = ast.start(words);
        URI address = URI.create(login.awaitErr(OPEN));
        String redirect = field(address, "redirect_uri");
        HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(redirect + "?code=c&state=" + field(address, "state")))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        return login.end();
    }

    private static String field(URI address, String name) {
        for (String field : address.getRawQuery().split("&", -1)) {
            if (field.startsWith(name + "=")) {
                return URLDecoder.decode(field.substring(name.length() + 1), StandardCharsets.UTF_8);
            }
        }
        throw new AssertionError("no " + name + " in " + address);
    }

    @Test
    void signsInAsItsOwnProgramDoes() throws Exception {
        AstResult login = login("--server", seqera.origin().toString());

        assertThat(login.exit()).as(login.err()).isZero();
        assertThat(login.out()).contains("Successfully authenticated as ada@example.com");
        Request exchange = seqera.requests("POST /token").get(0);
        assertThat(exchange.form())
                .containsEntry("client_id", "seqera_ai_cli")
                .containsEntry("grant_type", "authorization_code")
                .containsEntry("code", "c")
                .containsKey("code_verifier");
        assertThat(seqera.requests("GET /user-info").get(0).header("Authorization"))
                .contains("Bearer at-1");
        assertThat(ast.run("status").out()).contains("Logged in as:", "ada@example.com", "Session expires:");
        assertThat(ast.run("context", "list").out()).contains("acme", "acme/research", "workspace");
        ast.run("context", "use", "acme/research");
        assertThat(ast.run("whoami").out()).contains("acme/research");
    }

    @Test
    @Case("P15")
    void theSignInIsTheOneThatItsOwnProgramHasRegistered() throws Exception {
        AstInside.Run login = ast.start(
                "login",
                "--no-browser",
                "--provider",
                "seqera",
                "--server",
                seqera.origin().toString());
        URI address = URI.create(login.awaitErr(OPEN));
        login.interrupt();
        login.end();

        assertThat(field(address, "audience")).isEqualTo("platform");
        assertThat(field(address, "redirect_uri")).matches("http://127\\.0\\.0\\.1:[0-9]+/callback");
    }

    @Test
    @Case("P15")
    void theAdvertisedIssuerIsKnownBesideTheServersOwn() throws Exception {
        try (ScriptedServer advertised = ScriptedServer.http()) {
            String issuer = advertised.origin() + "/api";
            ast.config("ast:\n  providers:\n    seqera:\n      redirect-port: 0\n      server: " + seqera.origin()
                    + "\n      issuer-aliases: [\"" + issuer + "\"]\n");
            seqera.on(
                    "GET /.well-known/openid-configuration",
                    Answer.json("{\"issuer\":\"" + issuer + "\",\"authorization_endpoint\":\"" + issuer
                            + "/authorize\",\"token_endpoint\":\"" + issuer + "/token\",\"revocation_endpoint\":\""
                            + issuer + "/revoke\"}"));
            advertised.on(
                    "POST /api/token",
                    Answer.json("{\"access_token\":\"at-9\",\"refresh_token\":\"rt-9\",\"expires_in\":3600,"
                            + "\"token_type\":\"Bearer\"}"));
            advertised.on("POST /api/revoke", Answer.status(200));

            AstResult login = login();

            assertThat(login.exit()).as(login.err()).isZero();
            assertThat(seqera.requests("GET /user-info").get(0).header("Authorization"))
                    .contains("Bearer at-9");
            ast.pass(Duration.ofMinutes(59));
            assertThat(ast.run("token").out()).isEqualTo("at-9\n");
            assertThat(advertised.requests("POST /api/token")).hasSize(2);
            assertThat(ast.run("logout").exit()).isZero();
            assertThat(advertised.requests("POST /api/revoke")).hasSize(2);
        }
    }

    @Test
    @Case("P15")
    void anotherServerMayNotCallItselfByThePlatformsNames() {
        seqera.on(
                "GET /.well-known/openid-configuration",
                Answer.json("{\"issuer\":\"https://cloud.seqera.io/api\",\"authorization_endpoint\":\""
                        + "https://cloud.seqera.io/api/authorize\",\"token_endpoint\":\"" + seqera.uri("/token")
                        + "\"}"));

        AstResult login = ast.run(
                "login",
                "--no-browser",
                "--provider",
                "seqera",
                "--server",
                seqera.origin().toString());

        assertThat(login.exit()).isEqualTo(6);
        assertThat(login.err()).contains("https://cloud.seqera.io/api").doesNotContain("Open: ");
    }

    @Test
    void anInstallationBelowAPathIsNamedByItsIssuer() throws Exception {
        script("/api");

        AstResult login = login("--issuer", seqera.origin() + "/api");

        assertThat(login.exit()).as(login.err()).isZero();
        assertThat(login.out()).contains("ada@example.com");
        assertThat(seqera.requests("GET /api/user-info")).hasSize(1);
        assertThat(seqera.requests("GET /user-info")).isEmpty();
    }

    @Test
    @Case("I01")
    void logoutRevokesBothTokens() throws Exception {
        login("--server", seqera.origin().toString());

        assertThat(ast.run("logout").exit()).isZero();

        assertThat(seqera.requests("POST /revoke").stream().map(Request::text).toList())
                .isEqualTo(List.of(
                        "client_id=seqera_ai_cli&token=rt-1&token_type_hint=refresh_token",
                        "client_id=seqera_ai_cli&token=at-1&token_type_hint=access_token"));
        assertThat(ast.credentials()).doesNotContain("at-1", "rt-1");
    }

    @Test
    void logoutOfEverythingLeavesNoProfileSignedIn() throws Exception {
        login("--server", seqera.origin().toString(), "--profile", "one");
        login("--server", seqera.origin().toString(), "--profile", "two");

        assertThat(ast.run("logout", "--all").exit()).isZero();

        assertThat(seqera.requests("POST /revoke")).hasSize(4);
        assertThat(ast.credentials()).doesNotContain("at-1", "rt-1");
    }

    @Test
    void aTokenOfAnAutomationIsUsedAndKeptNowhere() {
        ast.run(
                "profile",
                "create",
                "seqera",
                "--provider",
                "seqera",
                "--server",
                seqera.origin().toString());
        ast.run("profile", "use", "seqera");

        assertThat(ast.run("ai", "--token", "pat-1").out()).contains("ada@example.com", "option --token");

        ast.env("TOWER_ACCESS_TOKEN", "pat-2");
        assertThat(ast.run("ai").out()).contains("ada@example.com", "environment TOWER_ACCESS_TOKEN");
        assertThat(ast.run("token").out()).isEqualTo("pat-2\n");

        ast.env("SEQERA_ACCESS_TOKEN", "pat-3");
        AstResult both = ast.run("token");
        assertThat(both.out()).isEqualTo("pat-3\n");
        assertThat(both.err())
                .isEqualTo(
                        "warning: SEQERA_ACCESS_TOKEN and TOWER_ACCESS_TOKEN are set; SEQERA_ACCESS_TOKEN is used\n");
        assertThat(ast.run("status").out())
                .contains("SEQERA_ACCESS_TOKEN (used)", "TOWER_ACCESS_TOKEN (set, not used)");
        assertThat(ast.credentials()).doesNotContain("pat-");
        assertThat(seqera.requests("GET /user-info").stream()
                        .map(request -> request.header("Authorization").orElse(""))
                        .toList())
                .containsExactly("Bearer pat-1", "Bearer pat-2");
    }

    @Test
    void aPersonalTokenIsMadePrintedOnceAndRevoked() throws Exception {
        login("--server", seqera.origin().toString());
        seqera.on("POST /tokens", Answer.json("{\"accessKey\":\"eyJ0aWQi.secret\",\"token\":{\"id\":42}}"));
        seqera.on("GET /tokens", Answer.json("{\"tokens\":[{\"id\":42,\"name\":\"ci\",\"lastUsed\":null}]}"));
        seqera.on("DELETE /tokens/42", Answer.status(204));

        AstResult made = ast.run("pat", "create", "ci");
        assertThat(made.out()).isEqualTo("eyJ0aWQi.secret\n");
        assertThat(seqera.requests("POST /tokens").get(0).text()).isEqualTo("{\"name\":\"ci\"}");
        assertThat(ast.credentials()).doesNotContain("eyJ0aWQi");
        assertThat(ast.run("pat", "list").out()).contains("42  ci");
        assertThat(ast.run("pat", "revoke", "42").exit()).isZero();
        assertThat(seqera.requests("DELETE /tokens/42").get(0).header("Authorization"))
                .contains("Bearer at-1");
        AstResult unknown = ast.run("pat", "revoke", "43");
        assertThat(unknown.exit()).isEqualTo(1);
    }

    @Test
    void personalTokensAreSeqerasOnly() {
        AstResult other = ast.run("pat", "list");

        assertThat(other.exit()).isEqualTo(2);
        assertThat(other.err()).contains("personal access tokens are Seqera's");
        assertThat(seqera.requests()).isEmpty();
    }
}
