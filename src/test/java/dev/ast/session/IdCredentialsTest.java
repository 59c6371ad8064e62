package dev.ast.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.RSAKey;
import dev.ast.json.Json;
import dev.ast.json.JsonObject;
import dev.ast.support.Answer;
import dev.ast.support.AstInside;
import dev.ast.support.AstResult;
import dev.ast.support.AuthorizationServer;
import dev.ast.support.AuthorizationServer.Decision;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The id_token of a session: kept at the sign-in, renewed with the access token, given out by {@code token --id} only. */
class IdCredentialsTest {
    private static final RSAKey KEY = AuthorizationServer.newKey();

    private final AuthorizationServer server = new AuthorizationServer(KEY);

    @TempDir
    private Path home;

    private AstInside ast;

    @AfterEach
    void close() {
        server.close();
    }

    private void login(String scope) {
        ast = AstInside.in(home);
        server.decide(Decision.APPROVED);
        List<String> words = new ArrayList<>(List.of("login", "--no-browser", "--provider", "oidc"));
        words.addAll(List.of("--issuer", server.issuer(), "--client-id", "ast-test", "--scope", scope));
        AstResult login = ast.run(words.toArray(String[]::new));
        assertThat(login.exit()).as(login.err()).isZero();
    }

    private JsonObject json(AstResult result) {
        assertThat(result.exit()).as("%s", result).isZero();
        return Json.readObject(result.out().getBytes(StandardCharsets.UTF_8));
    }

    private JsonObject stored() {
        return Json.readObject(ast.credentials().getBytes(StandardCharsets.UTF_8))
                .object("profiles")
                .flatMap(profiles -> profiles.object("default"))
                .flatMap(profile -> profile.object("tokens"))
                .orElseThrow();
    }

    @Test
    void isKeptAndGivenOutByOneOptionOnly() {
        login("openid profile");
        String id = stored().text("id_token").orElseThrow();

        AstResult token = ast.run("token", "--id");
        assertThat(token.out()).isEqualTo(id + "\n");
        assertThat(token.err()).isEmpty();
        JsonObject document = json(ast.run("token", "--id", "-o", "json"));
        assertThat(document.members().keySet()).containsExactly("id_token", "token_type", "expires_at");
        assertThat(document.text("token_type")).contains("Bearer");
        assertThat(document.time("expires_at")).isEqualTo(stored().time("id_token_expires_at"));
        assertThat(ast.fast("token", "--id").orElseThrow()).isEqualTo(token);
        for (String command : List.of("token", "token -o json", "whoami -o json", "status -o json", "why -o json")) {
            assertThat(ast.run(command.split(" ", -1)).out()).as(command).doesNotContain(id);
        }
    }

    /** The id_token of the test's server ends after five minutes, its access token after an hour. */
    @Test
    void isRenewedTogetherWithTheAccessTokenWhenItIsStale() {
        login("openid profile");
        JsonObject before = stored();
        ast.pass(Duration.ofSeconds(270));

        assertThat(json(ast.run("token", "-o", "json")).text("access_token")).isEqualTo(before.text("access_token"));
        assertThat(server.tokenRequests("refresh_token")).isEmpty();
        assertThat(ast.run("token", "--id").exit()).isZero();
        assertThat(server.tokenRequests("refresh_token")).hasSize(1);
        assertThat(stored().text("access_token")).isPresent().isNotEqualTo(before.text("access_token"));
        assertThat(stored().time("id_token_issued_at").orElseThrow())
                .isAfter(before.time("id_token_issued_at").orElseThrow());
    }

    @Test
    void oneThatStillHoldsIsGivenWhenTheServerCannotBeReached() {
        login("openid profile");
        String id = stored().text("id_token").orElseThrow();
        server.say("POST /token", Answer.status(503), Answer.status(503));
        ast.pass(Duration.ofSeconds(270));

        assertThat(ast.run("token", "--id").out()).isEqualTo(id + "\n");
        ast.pass(Duration.ofMinutes(5));
        assertThat(ast.run("token", "--id").exit()).isEqualTo(6);
    }

    @Test
    void aSessionWithoutOneGetsItByItsFirstRenewal() {
        server.openId(false);
        login("openid profile");
        assertThat(stored().has("id_token")).isFalse();
        server.openId(true);

        AstResult id = ast.run("token", "--id");
        assertThat(id.exit()).as(id.err()).isZero();
        assertThat(id.out()).isEqualTo(stored().text("id_token").orElseThrow() + "\n");
        assertThat(ast.run("token", "--id").out()).isEqualTo(id.out());
        assertThat(server.tokenRequests("refresh_token")).hasSize(1);
    }

    @Test
    void whereNoneCanBeHadTheSignInThatBringsOneIsNamed() {
        login("profile");

        AstResult id = ast.run("token", "--id");
        assertThat(id.exit()).isEqualTo(4);
        assertThat(id.out()).isEmpty();
        assertThat(id.err()).isEqualTo("""
                        ast: there is no id_token of default: the sign-in did not ask for the scope openid
                        hint: ast login --scope "openid profile"
                        """);
        assertThat(server.tokenRequests("refresh_token")).isEmpty();
        ast.env("AST_TOKEN", "from-outside");
        assertThat(ast.run("token", "--id").err()).contains("the environment AST_TOKEN gives an access token only");
    }

    @Test
    void oneOfAnotherIssuerUserOrClientIsNotKept() {
        server.member("POST /token", "id_token", server.signedFor("another-client"));
        login("openid profile");
        assertThat(stored().has("id_token")).isFalse();

        server.member("POST /token", "id_token", server.signedFor("ast-test"));
        login("openid profile");
        String good = stored().text("id_token").orElseThrow();
        try (AuthorizationServer other = new AuthorizationServer(KEY)) {
            server.member("POST /token", "id_token", other.signedFor("ast-test"));
            assertThat(ast.run("token", "--min-ttl", "59m").exit()).isZero();
            ast.pass(Duration.ofMinutes(57));
            assertThat(ast.run("token").exit()).isZero();
            assertThat(server.tokenRequests("refresh_token")).isNotEmpty();
            assertThat(stored().text("id_token")).contains(good);
        }
    }

    @Test
    void oneWithAWrongSignatureIsDroppedAtTheSignIn() {
        String token = server.signedFor("ast-test");
        String[] parts = token.split("\\.", -1);
        server.member("POST /token", "id_token", parts[0] + "." + parts[1] + "." + "A".repeat(parts[2].length()));
        login("openid profile");

        assertThat(stored().has("id_token")).isFalse();
        assertThat(stored().text("access_token")).isPresent();
    }

    @Test
    void oneThatIsTooLongIsNone() {
        server.member("POST /token", "id_token", server.signedFor("ast-test") + "A".repeat(16 * 1024));
        login("openid profile");

        assertThat(stored().has("id_token")).isFalse();
        assertThat(ast.run("token").exit()).isZero();
    }
}
