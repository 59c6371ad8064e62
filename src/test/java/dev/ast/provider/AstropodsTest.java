package dev.ast.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ast.json.Json;
import dev.ast.support.Answer;
import dev.ast.support.AstInside;
import dev.ast.support.AstResult;
import dev.ast.support.Case;
import dev.ast.support.Request;
import dev.ast.support.Script;
import dev.ast.support.ScriptedServer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Astropods as its own program speaks with WorkOS and the API, on a replica of both. */
class AstropodsTest {
    private static final String CLIENT = "client_01K1VMRDRQ94MV98D9ANFVT7H2";
    private static final String DEVICE = "POST /user_management/authorize/device";
    private static final String TOKEN = "POST /user_management/authenticate";
    private static final String ME = "{\"id\":\"user_1\",\"email\":\"ada@example.com\",\"first_name\":\"Ada\","
            + "\"last_name\":\"Lovelace\",\"accounts\":[{\"id\":\"a1\",\"name\":\"ada\",\"type\":\"personal\","
            + "\"role\":\"owner\"},{\"id\":\"a2\",\"name\":\"acme\",\"type\":\"organization\",\"role\":\"member\","
            + "\"workos_org_id\":\"org_01\"}]}";

    private final ScriptedServer workos = ScriptedServer.http();
    private final ScriptedServer api = ScriptedServer.http();
    private final AtomicInteger issued = new AtomicInteger();

    @TempDir
    private Path home;

    private AstInside ast;

    @BeforeEach
    void start() {
        ast = AstInside.in(home)
                .config("ast:\n  providers:\n    astropods:\n      server: " + api.origin()
                        + "\n      device-authorization-uri: " + workos.uri("/user_management/authorize/device")
                        + "\n      token-uri: " + workos.uri("/user_management/authenticate") + "\n");
        workos.on(
                DEVICE,
                Answer.json("{\"device_code\":\"dc\",\"user_code\":\"ABCD-EFGH\",\"verification_uri\":\""
                        + workos.uri("/device") + "\"}"));
        workos.on(TOKEN, this::token);
        api.on("GET /api/v1/me", Answer.json(ME));
    }

    private Answer token(Request request) {
        int number = issued.incrementAndGet();
        String scope = request.form().getOrDefault("organization_id", "user");
        return Answer.json("{\"access_token\":\"at-" + scope + "-" + number + "\",\"refresh_token\":\"rt-" + number
                + "\",\"token_type\":\"Bearer\",\"user\":{\"id\":\"user_1\",\"email\":\"ada@example.com\","
                + "\"first_name\":\"Ada\",\"last_name\":\"Lovelace\"}}");
    }

    @AfterEach
    void stop() {
        workos.close();
        api.close();
    }

    @Test
    void theDeviceFlowGoesOverTheWireAsWorkOsWantsIt() {
        AstResult login = ast.run("login", "--no-browser");

        assertThat(login.exit()).as(login.err()).isZero();
        assertThat(login.err()).contains("  Code: ABCD-EFGH").contains("  Open: " + workos.uri("/device"));
        assertThat(login.out()).contains("Successfully authenticated as ada@example.com (account ada)");
        assertThat(workos.requests(DEVICE)).hasSize(1);
        assertThat(workos.requests(DEVICE).get(0).text()).isEqualTo("client_id=" + CLIENT);
        assertThat(workos.requests(TOKEN).get(0).form())
                .hasSize(3)
                .containsEntry("grant_type", "urn:ietf:params:oauth:grant-type:device_code")
                .containsEntry("device_code", "dc")
                .containsEntry("client_id", CLIENT);
        assertThat(api.requests("GET /api/v1/me").get(0).header("Authorization"))
                .contains("Bearer at-user-1");
        assertThat(ast.run("whoami", "-o", "json").out())
                .contains("\"subject\":\"user_1\"", "\"name\":\"Ada Lovelace\"", "\"account\":\"ada\"", "[\"acme\"]");
    }

    @Test
    void withoutALifetimeATokenIsTakenForFiveMinutesAndThenRenewed() {
        ast.run("login", "--no-browser");
        assertThat(ast.run("token").out()).isEqualTo("at-user-1\n");
        ast.pass(Duration.ofSeconds(200));
        assertThat(ast.run("token").out()).isEqualTo("at-user-1\n");

        ast.pass(Duration.ofSeconds(60));

        assertThat(ast.run("token").out()).isEqualTo("at-user-2\n");
        assertThat(workos.requests(TOKEN).get(1).form())
                .hasSize(3)
                .containsEntry("grant_type", "refresh_token")
                .containsEntry("refresh_token", "rt-1")
                .containsEntry("client_id", CLIENT);
    }

    @Test
    void anOrganizationHasATokenOfItsOwnThatIsAskedForOnce() {
        ast.run("login", "--no-browser");
        assertThat(ast.run("context", "use", "acme").err()).contains("Now using organization acme");

        assertThat(ast.run("token").out()).isEqualTo("at-org_01-2\n");
        assertThat(ast.run("token").out()).isEqualTo("at-org_01-2\n");
        api.on("GET /api/v1/things", Answer.json("[]"));
        ast.run("api", "/api/v1/things");

        assertThat(workos.requests(TOKEN)).hasSize(2);
        assertThat(workos.requests(TOKEN).get(1).form())
                .hasSize(4)
                .containsEntry("organization_id", "org_01")
                .containsEntry("refresh_token", "rt-1");
        assertThat(api.requests("GET /api/v1/things").get(0).header("Authorization"))
                .contains("Bearer at-org_01-2");
        assertThat(ast.run("whoami").out()).contains("acme");

        ast.run("context", "clear");
        assertThat(ast.run("token").out()).isEqualTo("at-user-1\n");
        ast.run("context", "use", "-");
        ast.pass(Duration.ofMinutes(5));
        assertThat(ast.run("token").out()).isEqualTo("at-org_01-3\n");
        assertThat(workos.requests(TOKEN).get(2).form()).containsEntry("refresh_token", "rt-2");
        ast.run("context", "clear");
        assertThat(ast.run("token").out()).isEqualTo("at-user-4\n");
        assertThat(workos.requests(TOKEN).get(3).form())
                .containsEntry("refresh_token", "rt-3")
                .doesNotContainKey("organization_id");
    }

    @Test
    void parallelCommandsOfAnOrganizationAskOnce() {
        ast.run("login", "--no-browser");
        ast.run("context", "use", "acme");

        AstInside.Run one = ast.start("token");
        AstInside.Run two = ast.start("token");
        AstInside.Run three = ast.start("token");

        assertThat(one.end().out()).isEqualTo("at-org_01-2\n");
        assertThat(two.end().out()).isEqualTo("at-org_01-2\n");
        assertThat(three.end().out()).isEqualTo("at-org_01-2\n");
        assertThat(workos.requests(TOKEN)).hasSize(2);
    }

    @Test
    void theOptionSelectsForOneCommandByNameOrId() {
        ast.run("login", "--no-browser");

        assertThat(ast.run("token", "--context", "acme").out()).isEqualTo("at-org_01-2\n");
        assertThat(ast.run("token", "--context", "a2").out()).isEqualTo("at-org_01-2\n");
        assertThat(ast.run("token").out()).isEqualTo("at-user-1\n");
        AstResult unknown = ast.run("token", "--context", "acne");
        assertThat(unknown.exit()).isEqualTo(2);
        assertThat(unknown.err()).contains("there is no context 'acne'").contains("ada, acme");
    }

    @Test
    void aTokenThatTheApiRefusesIsRenewedForTheSameOrganizationOnce() {
        ast.run("login", "--no-browser");
        ast.run("context", "use", "acme");
        ast.run("token");
        api.on("GET /x", Answer.status(401), Answer.json("{\"ok\":true}"));

        AstResult answer = ast.run("api", "/x");

        assertThat(answer.exit()).as(answer.err()).isZero();
        assertThat(api.requests("GET /x").get(1).header("Authorization")).contains("Bearer at-org_01-3");
    }

    @Test
    void aRefusedRefreshOfAnOrganizationEndsTheSession() {
        ast.run("login", "--no-browser");
        ast.run("context", "use", "acme");
        workos.on(TOKEN, Answer.json(400, "{\"error\":\"invalid_grant\"}"));

        assertThat(ast.run("token").exit()).isEqualTo(5);
        assertThat(ast.run("token").exit()).isEqualTo(5);
        assertThat(ast.credentials()).doesNotContain("rt-1");
    }

    @Test
    void theLastContextComesBackAtTheNextSignIn() {
        ast.run("login", "--no-browser");
        ast.run("context", "use", "acme");
        ast.run("logout");

        assertThat(ast.run("login", "--no-browser").out()).contains("(account acme)");

        api.on("GET /api/v1/me", Answer.json(ME.replace("acme", "other").replace("a2", "a3")));
        AstResult gone = ast.run("login", "--no-browser");
        assertThat(gone.err()).contains("The organization acme is not there any more");
        assertThat(gone.out()).contains("(account ada)");
        assertThat(ast.run("login", "--no-browser", "--account", "other").out()).contains("(account other)");
        AstResult unknown = ast.run("login", "--no-browser", "--account", "nobody");
        assertThat(unknown.exit()).isZero();
        assertThat(unknown.err()).contains("There is no account nobody");
        assertThat(unknown.out()).as("the one before stays selected").contains("(account other)");
    }

    @Test
    void theContextsAreListedAndStayKnownWithoutTheServer() {
        ast.run("login", "--no-browser");
        ast.run("context", "use", "acme");

        assertThat(Json.read(ast.run("context", "list", "-o", "json").out().getBytes(StandardCharsets.UTF_8)))
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.LIST)
                .hasSize(2);
        assertThat(ast.run("context", "list").out()).contains("*  acme  organization  a2", "ada   account");

        assertThat(api.requests("GET /api/v1/me"))
                .as("what was printed a moment ago is printed again")
                .hasSize(1);
        ast.run("context", "list", "--refresh");
        assertThat(api.requests("GET /api/v1/me")).hasSize(2);

        ast.pass(Duration.ofMinutes(11));
        api.on("GET /api/v1/me", Answer.status(503));
        AstResult offline = ast.run("context", "list");
        assertThat(offline.exit()).isZero();
        assertThat(offline.out()).contains("acme");
        assertThat(offline.err()).contains("these were known before");
    }

    @Test
    void whenTheApiIsDownTheTokenAnswerTellsWhoItIs() {
        api.on("GET /api/v1/me", Answer.status(500));

        AstResult login = ast.run("login", "--no-browser");

        assertThat(login.exit()).isZero();
        assertThat(login.out()).contains("Successfully authenticated as ada@example.com");
        assertThat(ast.run("whoami").out()).contains("Ada Lovelace");
    }

    @Test
    void theVariableAloneIsEnoughOnACleanMachine() {
        ast.env("ASTRO_ACCESS_TOKEN", "env-token");

        assertThat(ast.run("token").out()).isEqualTo("env-token\n");
        assertThat(ast.run("whoami").out()).contains("ada@example.com", "environment ASTRO_ACCESS_TOKEN");
        assertThat(api.requests("GET /api/v1/me").get(0).header("Authorization"))
                .contains("Bearer env-token");
        assertThat(ast.run("context", "list").out()).contains("acme");
        assertThat(home.resolve(".ast/credentials.json")).doesNotExist();
        AstResult elsewhere = ast.run("api", "/x", "--server", workos.origin().toString());
        assertThat(elsewhere.exit()).isEqualTo(4);
        assertThat(workos.requests()).isEmpty();
    }

    @Test
    void whyNamesTheRulesAndAsksNobody() {
        ast.run("login", "--no-browser");
        ast.run("context", "use", "acme");
        int asked = api.requests().size() + workos.requests().size();

        assertThat(ast.run("why").out())
                .contains("default (active profile)", api.origin() + " (profile)", "acme (profile)")
                .contains("stored login", "ada@example.com", "credentials file", "renewed automatically");
        ast.env("AST_PROFILE", "default").env("ASTRO_ACCESS_TOKEN", "env-token");
        assertThat(ast.run("why", "-o", "json").out())
                .contains("\"profile_rule\":\"environment AST_PROFILE\"")
                .contains("\"credential_source\":\"environment ASTRO_ACCESS_TOKEN\"", "\"storage\":null")
                .contains("{\"name\":\"ASTRO_ACCESS_TOKEN\",\"set\":true,\"used\":true}")
                .doesNotContain("env-token");
        assertThat(ast.run("why", "--server", "https://elsewhere.example").out())
                .contains("https://elsewhere.example (option --server)", "is not sent to https://elsewhere.example");
        assertThat(api.requests().size() + workos.requests().size()).isEqualTo(asked);
    }

    @Test
    void theServerOfTheOldProgramIsTakenFromItsVariable() {
        try (ScriptedServer other = ScriptedServer.http()) {
            other.on("GET /api/v1/me", Answer.json(ME));
            ast.env("ASTRO_SERVER_URL", other.origin().toString());

            ast.run("login", "--no-browser");

            assertThat(other.requests("GET /api/v1/me")).hasSize(1);
            assertThat(api.requests()).isEmpty();
        }
    }

    @Test
    void everyCommandOfTheAuthenticationPageWorksAsPrinted() throws Exception {
        Path seen = home.resolve("seen");
        Path browser = Script.write(home.resolve("browser"), "#!/bin/sh\necho \"$1\" > " + seen + "\n");
        ast.env("BROWSER", browser.toString());

        AstResult login = ast.run("login");

        assertThat(login.exit()).as(login.err()).isZero();
        assertThat(login.err()).contains("Opening browser for authentication...");
        assertThat(Files.readString(seen)).isEqualTo(workos.uri("/device") + "\n");
        Path file = ast.astHome().resolve("credentials.json");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(ast.run("whoami").out()).contains("Name:", "Email:", "Account:");
        assertThat(ast.run("logout").exit()).isZero();
        assertThat(ast.run("whoami").exit()).isEqualTo(4);
        Files.delete(seen);
        ast.run("login", "--no-browser");
        ast.run("login", "--no-browser", "--profile", "work");
        assertThat(seen).doesNotExist();
        assertThat(ast.run("logout", "--all").exit()).isZero();
        assertThat(ast.credentials()).doesNotContain("at-user", "rt-");
    }

    @Test
    @Case("I06")
    void logoutSaysThatNothingWasRevoked() {
        ast.run("login", "--no-browser");

        AstResult logout = ast.run("logout");

        assertThat(logout.exit()).isZero();
        assertThat(logout.out() + logout.err()).contains("offers no revocation");
        assertThat(ast.credentials()).doesNotContain("rt-1", "at-user-1");
        assertThat(ast.run("token").exit()).isEqualTo(4);
    }
}
