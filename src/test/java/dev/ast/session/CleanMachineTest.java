package dev.ast.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ast.support.Answer;
import dev.ast.support.AstInside;
import dev.ast.support.AstResult;
import dev.ast.support.Case;
import dev.ast.support.ScriptedServer;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A machine where nobody has made a profile: a platform's own variable names the platform too. */
class CleanMachineTest {
    private final ScriptedServer server = ScriptedServer.http();

    @TempDir
    private Path home;

    private AstInside ast;

    @BeforeEach
    void start() {
        String place = server.origin().toString();
        ast = AstInside.in(home).env("AST_SERVER", place);
        server.on(
                        "GET /private/v1alpha1/cli/auth-config",
                        Answer.json("{\"clientId\":\"c\",\"audience\":\"a\",\"domainUrl\":\"" + place + "/\"}"))
                .on("POST /oauth/token", Answer.json("{\"access_token\":\"key-token\",\"token_type\":\"Bearer\"}"))
                .on("GET /userinfo", Answer.status(401))
                .on("GET /v1/organizations", Answer.json("{\"organizations\":[{\"id\":\"o1\",\"name\":\"Acme\"}]}"))
                .on("GET /user-info", Answer.json("{\"user\":{\"id\":7,\"email\":\"ada@example.com\"}}"))
                .on(
                        "GET /x",
                        request ->
                                Answer.text(200, request.header("Authorization").orElse("none")));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    @Case("P06")
    void everyCommandAgreesOnThePlatformOfAnApiToken() {
        ast.env("ASTRO_API_TOKEN", "api-token");

        assertThat(ast.run("token").out()).isEqualTo("api-token\n");
        assertThat(ast.run("whoami").out())
                .contains("The server knows no user for this token", "environment ASTRO_API_TOKEN")
                .containsPattern("(?m)^  Platform: +astronomer$");
        assertThat(ast.run("status").out())
                .startsWith("default *  astronomer  " + server.origin() + "\n")
                .contains("Environment: ASTRO_API_TOKEN (used)");
        assertThat(ast.run("status", "-o", "json").out())
                .contains("\"provider\":\"astronomer\"")
                .contains("{\"name\":\"ASTRO_API_TOKEN\",\"set\":true,\"used\":true}");
        assertThat(ast.run("why").out())
                .contains("default (not set up; ASTRO_API_TOKEN names the platform astronomer)")
                .contains("environment ASTRO_API_TOKEN", "ASTRO_API_TOKEN (used)");
        assertThat(ast.run("api", "/x").out()).isEqualTo("Bearer api-token");
        assertThat(ast.run("context", "list").out()).contains("Acme");
        assertThat(ast.astHome().resolve("credentials.json")).doesNotExist();
    }

    @Test
    @Case("P06")
    void aKeyPairIsExchangedAtTheServerThatTheEnvironmentNames() {
        ast.env("ASTRONOMER_KEY_ID", "key-1").env("ASTRONOMER_KEY_SECRET", "s3cret");

        assertThat(ast.run("token").out()).isEqualTo("key-token\n");
        assertThat(ast.run("status").out()).contains("default *  astronomer", "ASTRONOMER_KEY_ID (used)");

        ast.withoutEnv("ASTRONOMER_KEY_ID");
        AstResult half = ast.run("token");
        assertThat(half.exit()).isEqualTo(4);
        assertThat(half.err()).contains("ASTRONOMER_KEY_ID and ASTRONOMER_KEY_SECRET are needed both");

        ast.env("TOWER_ACCESS_TOKEN", "pat");
        assertThat(ast.run("token").out()).as("half a pair names no platform").isEqualTo("pat\n");
    }

    @Test
    @Case("P06")
    void seqerasVariablesAndItsCommandNameSeqera() {
        ast.env("TOWER_ACCESS_TOKEN", "pat-1");
        assertThat(ast.run("ai").out()).contains("ada@example.com", "environment TOWER_ACCESS_TOKEN");
        ast.withoutEnv("TOWER_ACCESS_TOKEN").env("SEQERA_ACCESS_TOKEN", "pat-2");
        assertThat(ast.run("whoami").out()).contains("ada@example.com", "environment SEQERA_ACCESS_TOKEN");
        ast.withoutEnv("SEQERA_ACCESS_TOKEN");
        assertThat(ast.run("ai", "--token", "pat-3").out()).contains("ada@example.com", "option --token");
        assertThat(ast.run("token").exit()).isEqualTo(4);
    }

    @Test
    @Case("P07")
    void variablesOfTwoPlatformsAreAUsageErrorThatNamesBoth() {
        ast.env("ASTRO_API_TOKEN", "one").env("TOWER_ACCESS_TOKEN", "two");
        for (String command : new String[] {"token", "whoami", "status", "why"}) {
            AstResult result = ast.run(command);

            assertThat(result.exit()).as(command).isEqualTo(2);
            assertThat(result.out()).isEmpty();
            assertThat(result.err())
                    .startsWith("ast: ASTRO_API_TOKEN (platform astronomer) and TOWER_ACCESS_TOKEN (platform seqera)"
                            + " are set, and no profile names the platform\n"
                            + "hint: ast profile create NAME --provider astronomer; then ast profile use NAME\n");
        }
        assertThat(server.requests()).isEmpty();
        ast.run("profile", "create", "default", "--provider", "seqera");
        assertThat(ast.run("token").out()).as("a profile names it").isEqualTo("two\n");
    }

    @Test
    @Case("P06")
    void aProfileThatWasMadeOrChosenKeepsItsPlatform() {
        ast.env("ASTRO_API_TOKEN", "api-token");
        assertThat(ast.run("token", "--profile", "work").exit()).isEqualTo(4);
        ast.env("AST_PROFILE", "work");
        assertThat(ast.run("token").exit()).isEqualTo(4);
        ast.withoutEnv("AST_PROFILE");
        ast.run("profile", "create", "default", "--provider", "seqera");
        assertThat(ast.run("token").exit()).isEqualTo(4);
        ast.env("AST_TOKEN", "any");
        ast.run("profile", "remove", "default");
        assertThat(ast.run("why").out()).as("AST_TOKEN is of no platform").contains("default (active profile)");
    }

    @Test
    @Case("P08")
    void aTokenThatTheServerRefusesIsCalledThatAndItsSourceIsNamed() {
        server.on("GET /v1/organizations", Answer.status(401))
                .on("GET /user-info", Answer.status(401))
                .on("GET /x", Answer.text(401, "who are you"));
        ast.env("ASTRO_API_TOKEN", "api-token");
        for (String[] command :
                new String[][] {{"whoami"}, {"status", "--check"}, {"context", "list"}, {"api", "/x"}}) {
            AstResult result = ast.run(command);

            assertThat(result.exit()).as(command[0]).isEqualTo(4);
            assertThat(result.err())
                    .contains("ast: the token in ASTRO_API_TOKEN is not accepted: " + server.origin())
                    .contains("hint: unset ASTRO_API_TOKEN\n")
                    .doesNotContain("session", "api-token");
        }
        assertThat(ast.run("api", "/x").out()).as("its body is passed on").isEqualTo("who are you");

        AstResult option = ast.withoutEnv("ASTRO_API_TOKEN").run("ai", "--token", "canary-pat");
        assertThat(option.exit()).isEqualTo(4);
        assertThat(option.err())
                .contains("the token of the option --token is not accepted: " + server.origin(), "hint: ast login\n")
                .doesNotContain("session", "canary-pat");
    }
}
