package dev.ast.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ast.support.Answer;
import dev.ast.support.AstInside;
import dev.ast.support.AstResult;
import dev.ast.support.AuthorizationServer;
import dev.ast.support.AuthorizationServer.Decision;
import dev.ast.support.ScriptedServer;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Providers in {@code config.yml}: added ones, changed ones, unknown keys and bad values. */
class UserProvidersTest {
    @TempDir
    private Path home;

    @Test
    void aProviderCanBeAdded() {
        try (ScriptedServer server = ScriptedServer.http()) {
            server.on("GET /me", Answer.json("{\"id\":\"1\",\"email\":\"ada@example.com\"}"));
            AstInside ast = AstInside.in(home)
                    .config("ast:\n  providers:\n    mine:\n      title: Mine\n      server: " + server.origin()
                            + "\n      client-id: cli\n      identity-path: /me\n      token-variables: [MY_TOKEN]\n");
            ast.env("MY_TOKEN", "my-token");

            ast.run("profile", "create", "mine", "--provider", "mine");
            AstResult who = ast.run("whoami", "--profile", "mine");

            assertThat(who.out()).contains("ada@example.com", "environment MY_TOKEN");
            assertThat(who.err()).isEmpty();
            assertThat(server.requests("GET /me").get(0).header("Authorization"))
                    .contains("Bearer my-token");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"openid profile", "openid, profile", "[openid, profile]", "['openid profile']"})
    void scopesMayStandInOneTextOrInAList(String scope) {
        try (AuthorizationServer server = new AuthorizationServer().decide(Decision.APPROVED)) {
            AstInside ast = AstInside.in(home)
                    .config("ast:\n  providers:\n    mine:\n      issuer-uri: " + server.issuer()
                            + "\n      client-id: ast-test\n      scope: " + scope + "\n");

            AstResult login = ast.run("login", "--provider", "mine", "--no-browser");

            assertThat(login.exit()).as("%s", login).isZero();
            assertThat(server.requests("POST /device").get(0).form()).containsEntry("scope", "openid profile");
        }
    }

    @Test
    void theMembersThatSayWhoItIsCanBeNamed() {
        try (AuthorizationServer server = new AuthorizationServer().decide(Decision.APPROVED)) {
            server.openId(false).change("GET /userinfo", members -> {
                members.clear();
                members.put("uid", 7);
                members.put("display", Map.of("full", "Ada"));
                members.put("mail", "ada@example.org");
                return members;
            });
            AstInside ast = AstInside.in(home)
                    .config("ast:\n  providers:\n    mine:\n      issuer-uri: " + server.issuer()
                            + "\n      client-id: ast-test\n      identity:\n        subject: uid\n"
                            + "        name: display.full\n        email: mail\n");

            AstResult login = ast.run("login", "--provider", "mine", "--no-browser");

            assertThat(login.exit()).as("%s", login).isZero();
            assertThat(login.err()).doesNotContain("unknown key");
            assertThat(ast.run("whoami", "-o", "json").out())
                    .contains("\"subject\":\"7\"", "\"name\":\"Ada\"", "\"email\":\"ada@example.org\"");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"whoami", "profile list", "status", "token", "login"})
    void aBadStorageIsAnErrorOfEveryCommand(String command) {
        AstInside written = AstInside.in(home).config("ast:\n  storage: cellar\n");
        AstResult file = written.run(command.split(" ", -1));
        assertThat(file.exit()).isEqualTo(2);
        assertThat(file.err())
                .contains("unknown storage 'cellar' in ast.storage", "hint: use auto, keyring, file or helper:NAME");

        AstInside ast = written.config("").env("AST_STORAGE", "attic");
        AstResult variable = ast.run(command.split(" ", -1));
        assertThat(variable.exit()).isEqualTo(2);
        assertThat(variable.err()).contains("unknown storage 'attic' in AST_STORAGE");
        assertThat(ast.fast(command.split(" ", -1)))
                .as("left to the full program")
                .isEmpty();
    }

    @Test
    void anUnknownKeyIsNamedAndDoesNoHarm() {
        AstInside ast = AstInside.in(home)
                .config("ast:\n  providers:\n    astropods:\n      servr: https://x.example\n      titel: X\n");

        AstResult list = ast.run("profile", "list");

        assertThat(list.exit()).isZero();
        assertThat(list.err()).isEqualTo("""
                        warning: config.yml: unknown key ast.providers.astropods.servr; did you mean ast.providers.astropods.server?
                        warning: config.yml: unknown key ast.providers.astropods.titel; did you mean ast.providers.astropods.title?
                        """);
    }

    @Test
    void whereItIsNoYamlTheLineIsNamed() {
        AstInside ast = AstInside.in(home).config("ast:\n  storage: file\n  shell: [secret-word\n");
        AstResult list = ast.run("profile", "list");
        assertThat(list.exit()).isEqualTo(2);
        assertThat(list.err())
                .contains("config.yml cannot be read as YAML (line 4)")
                .doesNotContain("secret-word");
    }

    @Test
    void anUnknownKeyOutsideTheProvidersIsNamedToo() {
        AstInside ast = AstInside.in(home).config("""
                        ast:
                          storage: file
                          storrage: file
                          history: 7
                        server: https://x.example
                        spring:
                          main:
                            banner-mode: console
                        """);

        AstResult list = ast.run("profile", "list");

        assertThat(list.exit()).isZero();
        assertThat(list.err()).isEqualTo("""
                        warning: config.yml: unknown key ast.storrage; did you mean ast.storage?
                        warning: config.yml: unknown key ast.history
                        warning: config.yml: unknown key server
                        warning: config.yml: unknown key spring.main.banner-mode
                        """);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "server | not an address",
                "server | http://example.com",
                "token-uri | http://example.com/token",
                "issuer-uri | 'ht tp://x'",
                "identity-path | me",
                "sign-in | telepathy",
                "api | mainframe",
                "redirect-port | 70000",
                "redirect-uri | http://example.com:1/x",
                "redirect-uri | http://localhost:70000/x",
                "redirect-uri | https://localhost:1/x",
                "token-page | ftp://example.com",
                "redirect-port | many",
                "assumed-lifetime | soon",
                "parameters | {redirect_uri: 'https://evil.example'}",
                "parameters | {State: fixed}",
                "parameters | {code_challenge: x}",
                "parameters | {client_id: other}",
                "identity | {mail: email}",
                "identity | {email: ''}",
            })
    void aBadValueIsAUsageErrorThatNamesTheKey(String key, String value) {
        AstInside ast = AstInside.in(home)
                .config("ast:\n  providers:\n    astropods:\n      " + key + ": "
                        + (value.startsWith("{") ? value : "\"" + value + "\"") + "\n");

        AstResult list = ast.run("whoami");

        assertThat(list.exit()).isEqualTo(2);
        assertThat(list.err()).contains("ast.providers.astropods." + key).contains("hint: correct it");
    }
}
