package dev.ast.login;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.ECKey;
import dev.ast.json.Json;
import dev.ast.json.JsonObject;
import dev.ast.support.Answer;
import dev.ast.support.AstInside;
import dev.ast.support.AstResult;
import dev.ast.support.ClientServer;
import dev.ast.support.DpopServer;
import dev.ast.support.Request;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens that are bound to a key of the session (RFC 9449), at a server that checks every proof. */
class BoundTokensTest {
    @TempDir
    private Path home;

    private AstInside ast;
    private DpopServer dpop;
    private ClientServer server;

    @BeforeEach
    void start() {
        ast = AstInside.in(home);
        dpop = new DpopServer(ast::now);
        server = dpop.server();
    }

    @AfterEach
    void close() {
        dpop.close();
    }

    private String[] words(String... more) {
        String[] words = {
            "login", "--no-browser", "--provider", "oidc", "--issuer", server.issuer(), "--client-id", "cli"
        };
        return Stream.of(words, more).flatMap(Stream::of).toArray(String[]::new);
    }

    private AstResult login(String... more) {
        AstResult result = ast.run(words(more));
        assertThat(result.exit()).as(result.err()).isZero();
        return result;
    }

    private JsonObject stored() {
        return Json.tryObject(ast.credentials().getBytes(StandardCharsets.UTF_8))
                .flatMap(all -> all.object("profiles"))
                .flatMap(all -> all.object("default"))
                .flatMap(profile -> profile.object("tokens"))
                .orElseThrow();
    }

    @Test
    void aSessionIsBoundToOneKeyFromSignInToSignOut() throws ParseException {
        AstResult login = login("--dpop");
        JsonObject first = stored();
        ECKey key = ECKey.parse(first.text("dpop_key").orElseThrow());
        AstResult api = ast.run("api", "GET", "/things?a=b");
        AstResult post = ast.run("api", "POST", "/things", "-f", "name=x");
        ast.pass(Duration.ofHours(2));
        AstResult renewed = ast.run("api", "GET", "/things");
        AstResult check = ast.run("status", "--check");
        JsonObject second = stored();
        AstResult logout = ast.run("logout");

        assertThat(dpop.faults()).isEmpty();
        assertThat(login.out()).contains("ada@example.com");
        assertThat(api.out()).isEqualTo("{\"thing\":1}");
        assertThat(post.exit()).as(post.err()).isZero();
        assertThat(renewed.exit()).as(renewed.err()).isZero();
        assertThat(check.exit()).as(check.err()).isZero();
        assertThat(first.text("token_type")).contains("DPoP");
        assertThat(second.text("access_token")).contains("access-2");
        assertThat(second.text("dpop_key")).isEqualTo(first.text("dpop_key"));
        assertThat(dpop.thumbprints()).hasSize(1);
        assertThat(logout.exit()).as(logout.err()).isZero();
        assertThat(server.requests("POST /revoke")).hasSize(2);
        assertThat(ast.credentials())
                .doesNotContain("dpop_key")
                .doesNotContain(key.getD().toString());
        for (Request request : server.server().requests()) {
            assertThat(request.headers().toString() + request.target() + request.text())
                    .doesNotContain(key.getD().toString());
        }
        assertThat(login.out() + login.err() + api.err() + logout.err())
                .doesNotContain(key.getD().toString());
    }

    @Test
    void eachSignInHasAKeyOfItsOwn() {
        login("--dpop");
        String first = stored().text("dpop_key").orElseThrow();
        ast.run("login", "--no-browser");

        assertThat(stored().text("dpop_key")).isPresent().isNotEqualTo(first);
        assertThat(dpop.faults()).isEmpty();
    }

    @Test
    void theNonceThatAServerWantsIsSentInASecondRequestAndRemembered() throws IOException {
        dpop.tokenNonce("nonce-of-the-token-endpoint");
        dpop.apiNonce("nonce-of-the-api");
        Path body = Files.writeString(home.resolve("body.json"), "{\"a\":1}");

        login("--dpop");
        AstResult get = ast.run("api", "GET", "/things");
        AstResult post = ast.run("api", "POST", "/things", "--input", body.toString());
        ast.pass(Duration.ofHours(2));
        AstResult renewed = ast.run("api", "GET", "/things");

        assertThat(dpop.faults()).isEmpty();
        assertThat(get.out()).isEqualTo("{\"thing\":1}");
        assertThat(post.out()).isEqualTo("{\"made\":\"{\\\"a\\\":1}\"}");
        assertThat(renewed.out()).isEqualTo("{\"thing\":1}");
        assertThat(server.requests("POST /token")).hasSize(4);
        assertThat(server.requests("GET /things")).hasSize(4);
    }

    @Test
    void aServerThatWantsAnotherNonceEachTimeIsAskedTwice() {
        server.server()
                .on(
                        "POST /token",
                        Answer.json(400, "{\"error\":\"use_dpop_nonce\"}").header("DPoP-Nonce", "again"));

        AstResult login = ast.run(words("--dpop"));

        assertThat(login.exit()).isEqualTo(1);
        assertThat(login.err()).contains("refused: use_dpop_nonce");
        assertThat(server.requests("POST /token")).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "with space", "quote\"", "long"})
    void aNonceThatIsNoneIsNotSent(String text) {
        login("--dpop");
        String nonce = text.equals("long") ? "n".repeat(1001) : text;
        server.server()
                .on(
                        "GET /things",
                        Answer.json(401, "{}")
                                .header("WWW-Authenticate", "DPoP error=\"use_dpop_nonce\"")
                                .header("DPoP-Nonce", nonce));

        AstResult api = ast.run("api", "GET", "/things");

        assertThat(api.exit()).isEqualTo(1);
        // Once more only because of the renewal that any 401 leads to.
        assertThat(server.requests("GET /things")).hasSize(2);
        assertThat(dpop.faults()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "exec --env TOKEN -- true",
                "api GET /things --curl",
                "credential kubectl --access-token",
                "credential terraform get 127.0.0.1"
            })
    void otherProgramsDoNotGetATokenThatIsOfNoUseToThem(String line) {
        login("--dpop");

        AstResult refused =
                ast.run(line.replace("127.0.0.1", server.issuer().substring(7)).split(" ", -1));

        assertThat(refused.exit()).isEqualTo(1);
        assertThat(refused.err())
                .contains("ast: the token of default is bound to a key (DPoP) that only ast has\n")
                .contains("hint: use ast api, or sign in for other programs: ast login --no-dpop\n");
        assertThat(refused.out() + refused.err()).doesNotContain("access-1");
    }

    @Test
    void theTokenItselfIsPrintedWithARemark() {
        login("--dpop");

        AstResult text = ast.run("token");
        AstResult json = ast.fast("token", "-o", "json").orElseThrow();

        assertThat(text.out()).isEqualTo("access-1\n");
        assertThat(text.err()).contains("warning: this token is bound to a key (DPoP)");
        assertThat(json.out()).contains("\"token_type\":\"DPoP\"").doesNotContain("kty");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "RS256"})
    void aServerThatBindsNoTokensIsKnownBeforeTheUserIsAsked(String algorithm) {
        server.metadata("dpop_signing_alg_values_supported", algorithm.isEmpty() ? null : List.of(algorithm));

        AstResult refused = ast.run(words("--dpop"));

        assertThat(refused.exit()).isEqualTo(1);
        assertThat(refused.err())
                .contains("does not bind tokens to a key (DPoP with ES256)")
                .contains("hint: sign in without that: ast login --no-dpop");
        assertThat(server.requests("POST /device")).isEmpty();
    }

    @Test
    void aTokenThatIsNotBoundIsRevokedAndNotKept() {
        server.server()
                .on(
                        "POST /token",
                        Answer.json("{\"access_token\":\"access-1\",\"refresh_token\":\"refresh-1\","
                                + "\"token_type\":\"Bearer\",\"expires_in\":3600}"));

        AstResult refused = ast.run(words("--dpop"));

        assertThat(refused.exit()).isEqualTo(1);
        assertThat(refused.err())
                .contains("gave a token that is not bound to a key (DPoP)")
                .contains("--no-dpop");
        assertThat(server.requests("POST /revoke")).hasSize(2);
        assertThat(ast.run("token").exit()).isEqualTo(4);
    }

    @Test
    void aTokenThatIsBoundThoughNobodyAskedIsRefusedWithTheOptionThatHelps() {
        server.server()
                .on(
                        "POST /token",
                        Answer.json("{\"access_token\":\"access-1\",\"token_type\":\"DPoP\",\"expires_in\":3600}"));

        AstResult refused = ast.run(words());

        assertThat(refused.exit()).isEqualTo(6);
        assertThat(refused.err()).contains("bound to a key (DPoP)").contains("hint: ast login --dpop");
    }

    @Test
    void theSettingsOfAPlatformCanAskForIt() {
        ast.config("""
                ast:
                  providers:
                    work:
                      issuer-uri: %s
                      client-id: cli
                      dpop: true
                """.formatted(server.issuer()));

        AstResult login = ast.run("login", "--no-browser", "--provider", "work");

        assertThat(login.exit()).as(login.err()).isZero();
        assertThat(stored().text("token_type")).contains("DPoP");
        assertThat(ast.run("login", "--dpop", "--no-dpop").exit()).isEqualTo(2);
        assertThat(ast.run("login", "--dpop", "--with-token").exit()).isEqualTo(2);
        assertThat(ast.run("api", "GET", "/things", "-H", "DPoP: x").exit()).isEqualTo(2);
        // The line goes before the settings: this server then gets no proof.
        assertThat(ast.run("login", "--no-browser", "--no-dpop").exit()).isEqualTo(1);
        assertThat(dpop.faults()).containsOnly("0 proofs");
    }

    @Test
    void aClientThatSignsInForItselfGetsBoundTokensAnew() throws IOException {
        Path secret = Files.writeString(home.resolve("secret"), "secret-of-the-client\n");

        login("--dpop", "--client-credentials", "--client-secret", "@" + secret);
        ast.pass(Duration.ofHours(2));
        AstResult api = ast.run("api", "GET", "/things");

        assertThat(api.exit()).as(api.err()).isZero();
        assertThat(dpop.faults()).isEmpty();
        assertThat(dpop.thumbprints()).hasSize(1);
    }

    @Test
    void theCodeOfASignInByBrowserIsBoundToTheKeyToo() throws Exception {
        AstInside.Run login = ast.start(words("--dpop", "--web"));
        URI address = URI.create(login.awaitErr("Open: (\\S+)"));
        Map<String, List<String>> query = ClientServer.fields(address.getRawQuery());
        new WebUser()
                .get(URI.create(query.get("redirect_uri").get(0) + "?code=c&state="
                        + query.get("state").get(0)));
        AstResult end = login.end();

        assertThat(end.exit()).as(end.err()).isZero();
        assertThat(dpop.faults()).isEmpty();
        assertThat(query.get("dpop_jkt")).containsExactlyElementsOf(dpop.thumbprints());
    }

    @Test
    void aStoredKeyThatCannotBeUsedIsNamedButNotShown() throws IOException {
        login("--dpop");
        Path file = ast.astHome().resolve("credentials.json");
        Files.writeString(file, Files.readString(file).replace("P-256", "P-999"));

        AstResult api = ast.run("api", "GET", "/things");

        assertThat(api.exit()).isEqualTo(7);
        assertThat(api.err()).contains("the stored key that the tokens are bound to cannot be used");
        assertThat(api.err()).doesNotContain("P-999");
    }
}
