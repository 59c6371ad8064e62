package dev.ast.login;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ast.support.Answer;
import dev.ast.support.AstInside;
import dev.ast.support.AstResult;
import dev.ast.support.ClientServer;
import dev.ast.support.Request;
import dev.ast.support.ScriptedServer;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a sign-in asks for, at which addresses of the server, and where the browser comes back to. */
class ServerAddressesTest {
    private static final String OPEN = "(?m)^  Open: (\\S+)$";

    private final ClientServer server = new ClientServer(request -> true);
    private final ScriptedServer other = ScriptedServer.http();

    @TempDir
    private Path home;

    @AfterEach
    void stop() {
        server.close();
        other.close();
    }

    private String[] login(String... more) {
        String[] words = {"login", "--no-browser", "--provider", "oidc", "--client-id", "cli"};
        String[] all = Arrays.copyOf(words, words.length + more.length);
        System.arraycopy(more, 0, all, words.length, more.length);
        return all;
    }

    private String[] atServer(String... more) {
        String[] all = login(more);
        String[] words = Arrays.copyOf(all, all.length + 2);
        words[all.length] = "--issuer";
        words[all.length + 1] = server.issuer();
        return words;
    }

    @Test
    void theAudienceAndEveryResourceGoIntoEachRequestForTokens() {
        AstInside ast = AstInside.in(home);

        AstResult login = ast.run(atServer(
                "--audience",
                "https://api.example.com/?a=1&b",
                "--resource",
                "https://one.example.com",
                "--resource",
                "https://two.example.com/x y".replace(" ", "%20"),
                "--login-hint",
                "ada+1@example.com",
                "--prompt",
                "login",
                "--acr",
                "phr phrh",
                "--organization",
                "org_1"));
        ast.pass(Duration.ofHours(2));
        AstResult token = ast.run("token");

        assertThat(login.exit()).as(login.err()).isZero();
        assertThat(token.exit()).isZero();
        List<Request> asked = server.server().requests().stream()
                .filter(request -> request.method().equals("POST"))
                .toList();
        assertThat(asked).extracting(Request::path).containsExactly("/device", "/token", "/token");
        assertThat(asked)
                .allSatisfy(request -> assertThat(ClientServer.fields(request.text()))
                        .containsEntry("audience", List.of("https://api.example.com/?a=1&b"))
                        .containsEntry("resource", List.of("https://one.example.com", "https://two.example.com/x%20y"))
                        .containsEntry("client_id", List.of("cli")));
        assertThat(ClientServer.fields(asked.get(0).text()))
                .containsEntry("login_hint", List.of("ada+1@example.com"))
                .containsEntry("prompt", List.of("login"))
                .containsEntry("acr_values", List.of("phr phrh"))
                .containsEntry("organization", List.of("org_1"));
        assertThat(asked.subList(1, 3))
                .allSatisfy(request -> assertThat(request.form())
                        .doesNotContainKeys("login_hint", "prompt", "acr_values", "organization"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"not a uri", "relative", "https://api.example.com/#part"})
    void aResourceIsAnAddressWithoutAFragment(String resource) {
        AstResult refused = AstInside.in(home).run(atServer("--resource", resource));

        assertThat(refused.exit()).isEqualTo(2);
        assertThat(refused.err()).contains("not a resource");
        assertThat(server.server().requests()).isEmpty();
    }

    @Test
    void whatProtectsTheSignInIsNoParameterOfTheSettings() {
        AstInside ast = AstInside.in(home).config("""
                ast:
                  providers:
                    work:
                      issuer-uri: %s
                      client-id: cli
                      parameters:
                        state: mine
                """.formatted(server.issuer()));

        AstResult refused = ast.run("login", "--provider", "work");

        assertThat(refused.exit()).isEqualTo(2);
        assertThat(refused.err())
                .contains("ast.providers.work.parameters cannot be used: the program itself sets state");
    }

    @Test
    void addressesOnAnotherHostNeedItsNameOnce() {
        server.tokensAlsoAt(other)
                .metadata("token_endpoint", other.uri("/token").toString());
        other.on("GET /userinfo", Answer.json("{\"sub\":\"ada-1\",\"email\":\"ada@example.com\"}"));
        server.metadata("userinfo_endpoint", other.uri("/userinfo").toString());
        AstInside ast = AstInside.in(home);
        String host = "127.0.0.1:" + other.port();

        AstResult refused = ast.run(atServer());
        int before = other.requests().size();
        AstResult login = ast.run(atServer("--trust-host", host));
        ast.pass(Duration.ofHours(2));
        AstResult token = ast.run("token");

        assertThat(refused.exit()).isEqualTo(6);
        assertThat(refused.err())
                .contains("names an address of another server, http://" + host + ", for token_endpoint")
                .contains("ast login --trust-host " + host);
        assertThat(before).isZero();
        assertThat(login.exit()).as(login.err()).isZero();
        assertThat(login.out()).contains("ada@example.com");
        assertThat(token.exit()).isZero();
        assertThat(other.requests("POST /token")).hasSize(2);
        assertThat(ast.run("why").out()).containsPattern("Trusted host: +" + host);
        assertThat(ast.run("why", "-o", "json").out()).contains("\"trusted_hosts\":[\"" + host + "\"]");
        // Remembered: a sign-in again needs no option.
        assertThat(ast.run("login", "--no-browser").exit()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"*.com", "user@host", "https://host/path", "a b", ""})
    void aTrustedHostIsAHost(String host) {
        AstResult refused = AstInside.in(home).run(atServer("--trust-host", host));

        assertThat(refused.exit()).isEqualTo(2);
        assertThat(server.server().requests()).isEmpty();
    }

    private AstInside.Run web(AstInside ast, String... words) {
        return ast.start(words);
    }

    @Test
    void theRequestIsPushedWhereTheServerRequiresThat() throws Exception {
        server.metadata("require_pushed_authorization_requests", true)
                .metadata(
                        "pushed_authorization_request_endpoint",
                        server.uri("/par").toString());

        AstInside.Run login = web(AstInside.in(home), atServer("--web", "--login-hint", "ada"));
        URI address = URI.create(login.awaitErr(OPEN));
        Map<String, List<String>> shown = ClientServer.fields(address.getRawQuery());
        Map<String, List<String>> pushed =
                server.pushed(shown.get("request_uri").get(0));
        String redirect = pushed.get("redirect_uri").get(0);
        new WebUser()
                .get(URI.create(
                        redirect + "?code=c&state=" + pushed.get("state").get(0)));
        AstResult end = login.end();

        assertThat(shown).containsOnlyKeys("client_id", "request_uri").containsEntry("client_id", List.of("cli"));
        assertThat(pushed)
                .containsEntry("client_id", List.of("cli"))
                .containsEntry("response_type", List.of("code"))
                .containsEntry("code_challenge_method", List.of("S256"))
                .containsEntry("login_hint", List.of("ada"))
                .containsKeys("code_challenge", "nonce", "scope");
        assertThat(end.exit()).as(end.err()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {404, 405, 410})
    void anEndpointForPushedRequestsThatIsNotThereIsDoneWithout(int status) throws Exception {
        server.metadata(
                "pushed_authorization_request_endpoint", server.uri("/par").toString());
        server.server().on("POST /par", Answer.status(status));
        Path secret = Files.writeString(home.resolve("secret"), "secret-of-the-client\n");

        AstInside.Run login = web(AstInside.in(home), atServer("--web", "--client-secret", "@" + secret));
        Map<String, List<String>> shown =
                ClientServer.fields(URI.create(login.awaitErr(OPEN)).getRawQuery());
        new WebUser()
                .get(URI.create(shown.get("redirect_uri").get(0) + "?code=c&state="
                        + shown.get("state").get(0)));
        AstResult end = login.end();

        assertThat(end.exit()).as(end.err()).isZero();
        assertThat(shown).containsKeys("code_challenge", "scope").doesNotContainKey("request_uri");
        assertThat(server.requests("POST /par")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void itIsNotDoneWithoutWhereTheServerOrTheUserWantsIt(boolean required) throws Exception {
        server.metadata("require_pushed_authorization_requests", required ? true : null)
                .metadata(
                        "pushed_authorization_request_endpoint",
                        server.uri("/par").toString());
        server.server().on("POST /par", Answer.status(404));
        AstInside ast = AstInside.in(home);
        if (!required) {
            ast.config("ast.providers.oidc.pushed-authorization: true");
        }

        AstResult refused = ast.run(atServer("--web"));

        assertThat(refused.exit()).isEqualTo(6);
        assertThat(refused.err()).contains("no endpoint for pushed authorization requests where its metadata names one (HTTP 404)").doesNotContain("Open:");
    }

    @Test
    void aPushedRequestThatIsRefusedEndsTheSignIn() {
        server.metadata("require_pushed_authorization_requests", true)
                .metadata(
                        "pushed_authorization_request_endpoint",
                        server.uri("/par").toString());
        server.server()
                .on(
                        "POST /par",
                        Answer.json(400, "{\"error\":\"invalid_request\",\"error_description\":\"no scope\"}"));

        AstResult refused = AstInside.in(home).run(atServer("--web"));

        assertThat(refused.exit()).isEqualTo(1);
        assertThat(refused.err()).contains("refused: invalid_request: no scope").doesNotContain("Open:");
    }

    @Test
    void theBrowserComesBackToTheAddressThatTheServerWants() throws Exception {
        AstInside ast = AstInside.in(home).config("""
                ast:
                  providers:
                    work:
                      issuer-uri: %s
                      client-id: cli
                      scope: []
                      sign-in: browser
                      redirect-host: localhost
                      redirect-path: /
                """.formatted(server.issuer()));

        AstInside.Run login = web(ast, "login", "--no-browser", "--web", "--provider", "work");
        Map<String, List<String>> asked =
                ClientServer.fields(URI.create(login.awaitErr(OPEN)).getRawQuery());
        String redirect = asked.get("redirect_uri").get(0);
        new WebUser()
                .get(URI.create(redirect + "?code=c&state=" + asked.get("state").get(0)));
        AstResult end = login.end();

        assertThat(redirect).matches("http://localhost:[0-9]+/");
        assertThat(end.exit()).as(end.err()).isZero();
        assertThat(server.requests("POST /token").get(0).form()).containsEntry("redirect_uri", redirect);
    }

    @Test
    void theAddressOfTheMetadataStandsForTheIssuer() {
        server.server()
                .on(
                        "GET /app/.well-known/openid-configuration",
                        request -> Answer.json("""
                {"issuer":"%1$s/app/","device_authorization_endpoint":"%1$s/device","token_endpoint":"%1$s/token",
                 "userinfo_endpoint":"%1$s/userinfo"}""".formatted(server.issuer())));

        AstResult login =
                AstInside.in(home).run(login("--issuer", server.issuer() + "/app/.well-known/openid-configuration"));

        assertThat(login.exit()).as(login.err()).isZero();
        assertThat(login.out()).contains("ada@example.com");
    }

    @Test
    void aServerWithoutDiscoveryIsDescribedByItsAddresses() {
        server.metadata("issuer", "https://another.example.com");
        AstInside ast = AstInside.in(home).config("""
                ast:
                  providers:
                    github:
                      server: %1$s
                      device-authorization-uri: %1$s/device
                      token-uri: %1$s/token
                      user-info-uri: %1$s/userinfo
                """.formatted(server.issuer()));

        AstResult login = ast.run("login", "--no-browser", "--provider", "github", "--client-id", "cli");

        assertThat(login.exit()).as(login.err()).isZero();
        assertThat(login.err()).contains("Signing in to GitHub at " + server.issuer());
        assertThat(server.requests("POST /device").get(0).form()).containsEntry("scope", "read:user user:email");
    }
}
