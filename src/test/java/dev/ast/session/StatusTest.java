package dev.ast.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ast.support.Answer;
import dev.ast.support.AstInside;
import dev.ast.support.AstResult;
import dev.ast.support.AuthorizationServer;
import dev.ast.support.AuthorizationServer.Decision;
import dev.ast.support.ScriptedServer;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The reports of commands: which profile is active, that there is nothing to move, which requests were sent. */
class StatusTest {
    @TempDir
    Path home;

    @Test
    void aProfileThatIsNamedIsNotTheActiveOneForThat() {
        AstInside ast = AstInside.in(home);
        ast.run("profile", "create", "one", "--provider", "oidc", "--issuer", "https://one.example.com");
        ast.run("profile", "create", "two", "--provider", "oidc", "--issuer", "https://two.example.com");
        ast.run("profile", "use", "one");
        assertThat(ast.run("status", "--profile", "two").out()).startsWith("two    oidc");
        assertThat(ast.run("status", "--profile", "one").out()).startsWith("one *  oidc");
        assertThat(ast.run("status", "--profile", "two", "-o", "json").out()).contains("\"active_profile\":\"one\"");
    }

    @Test
    void aTokenOfTheCommandLineWinsForTheProfileThatIsMeant() {
        AstInside ast = AstInside.in(home).env("AST_TOKEN", "of-the-environment");
        ast.run("profile", "create", "one", "--provider", "oidc", "--issuer", "https://one.example.com");
        ast.run("profile", "create", "two", "--provider", "oidc", "--issuer", "https://two.example.com");
        ast.run("profile", "use", "one");
        assertThat(ast.run("status", "--profile", "one").out()).contains("environment AST_TOKEN");
        AstResult given = ast.run("status", "--token", "of-the-line", "-o", "json");
        assertThat(given.out())
                .contains("\"credential_source\":\"option --token\"")
                .contains("{\"name\":\"AST_TOKEN\",\"set\":true,\"used\":false}");
        assertThat(given.out().split("option --token", -1)).as("%s", given).hasSize(2);
        assertThat(ast.run("why", "--token", "of-the-line", "-o", "json").out())
                .contains("{\"name\":\"AST_TOKEN\",\"set\":true,\"used\":false}");
    }

    @Test
    void tokensThatAreInTheFileNeedNoKeyringToStayThere() {
        AstInside ast = AstInside.in(home);
        try (ScriptedServer server = ScriptedServer.http()) {
            signIn(ast, server);
            AstResult moved = ast.run("auth", "migrate", "--to", "file");
            assertThat(moved.exit()).as("%s", moved).isZero();
            assertThat(moved.out()).contains("in the credentials file already");
        }
    }

    @Test
    void verboseShowsEachRequestWithoutItsQuery() {
        AstInside ast = AstInside.in(home);
        try (ScriptedServer server = ScriptedServer.http()) {
            signIn(ast, server);
            server.on("GET /things", Answer.json("[]"));
            AstResult result = ast.run("api", "/things?key=hidden", "--verbose");
            assertThat(result.out()).isEqualTo("[]");
            assertThat(result.err())
                    .matches("GET http://127\\.0\\.0\\.1:[0-9]+/things: 200, [0-9]+ ms\n")
                    .doesNotContain("hidden");
            assertThat(ast.run("api", "/things").err()).isEmpty();
        }
    }

    /** A token that is still good is printed, but not in the belief that it is a new one. */
    @Test
    void aTokenThatCouldNotBeRenewedIsNotCalledShortLived() {
        AstInside ast = AstInside.in(home);
        try (AuthorizationServer server = new AuthorizationServer().decide(Decision.APPROVED)) {
            server.life(Duration.ofMinutes(10));
            assertThat(ast.run(server.login().toArray(String[]::new)).exit()).isZero();
            ast.pass(Duration.ofMinutes(2));
            server.close();
            AstResult token = ast.run("token", "--min-ttl", "9m");
            assertThat(token.out()).startsWith("access-");
            assertThat(token.err())
                    .contains("because it could not be renewed: cannot reach " + server.issuer())
                    .doesNotContain("the server gives tokens");
            AstResult check = ast.run("status", "--check", "--min-ttl", "9m");
            assertThat(check.exit()).as("%s", check).isEqualTo(6);
        }
    }

    private static void signIn(AstInside ast, ScriptedServer server) {
        String issuer = server.origin().toString();
        server.on(
                "GET /.well-known/openid-configuration",
                Answer.json("{\"issuer\":\"" + issuer + "\",\"token_endpoint\":\"" + issuer + "/token\"}"));
        AstResult result = ast.run(
                "login",
                "--token-login",
                "a-users-token",
                "--provider",
                "oidc",
                "--issuer",
                issuer,
                "--client-id",
                "c");
        assertThat(result.exit()).as("%s", result).isZero();
    }
}
