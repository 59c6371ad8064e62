package dev.ast.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ast.support.Answer;
import dev.ast.support.AstInside;
import dev.ast.support.AstResult;
import dev.ast.support.ScriptedServer;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Astronomer's cloud on a replica of its API and of the authorization server that the API names. */
class AstronomerTest {
    private static final String OPEN = "(?m)^  Open: (\\S+)$";
    private static final String CONFIGURATION = "GET /private/v1alpha1/cli/auth-config";

    private final ScriptedServer api = ScriptedServer.http();
    private final ScriptedServer auth = ScriptedServer.http();
    private String domain = "";

    @TempDir
    private Path home;

    private AstInside ast;

    @BeforeEach
    void start() {
        ast = AstInside.in(home);
        domain = "127.0.0.1:" + api.port();
        api.on(
                CONFIGURATION,
                Answer.json("{\"clientId\":\"client-a\",\"audience\":\"astronomer-ee\",\"domainUrl\":\"" + auth.origin()
                        + "/\"}"));
        api.on("GET /v1/organizations", Answer.json("{\"organizations\":[{\"id\":\"clorg\",\"name\":\"Acme\"}]}"));
        api.on(
                "GET /v1/organizations/clorg/workspaces",
                Answer.json("{\"workspaces\":[{\"id\":\"clws1\",\"name\":\"Research\"},{\"id\":\"clws2\","
                        + "\"name\":\"Sales\"}]}"));
        auth.on(
                "POST /oauth/token",
                Answer.json("{\"access_token\":\"at-1\",\"refresh_token\":\"rt-1\",\"token_type\":\"Bearer\","
                        + "\"expires_in\":3600}"),
                Answer.json("{\"access_token\":\"at-2\",\"refresh_token\":\"rt-2\",\"token_type\":\"Bearer\","
                        + "\"expires_in\":3600}"));
        auth.on(
                "GET /userinfo",
                Answer.json("{\"sub\":\"auth0|1\",\"email\":\"ada@example.com\",\"name\":\"Ada Lovelace\"}"));
    }

    @AfterEach
    void stop() {
        api.close();
        auth.close();
    }

    private AstResult login(String... words) throws Exception {
        AstInside.Run login = ast.start(words);
        comeBack(login);
        return login.end();
    }

    /** The browser's way back; what it was asked for. */
    private static URI comeBack(AstInside.Run login) throws Exception {
        URI address = URI.create(login.awaitErr(OPEN));
        Map<String, String> asked = query(address);
        HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(
                                        URI.create(asked.get("redirect_uri") + "?code=c&state=" + asked.get("state")))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        return address;
    }

    /** A profile of the platform, called astro. */
    private void profile() {
        ast.run(
                "profile",
                "create",
                "astro",
                "--provider",
                "astronomer",
                "--server",
                api.origin().toString());
    }

    private static Map<String, String> query(URI address) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (String field : address.getRawQuery().split("&", -1)) {
            String[] pair = field.split("=", 2);
            fields.put(pair[0], URLDecoder.decode(pair[1], StandardCharsets.UTF_8));
        }
        return fields;
    }

    @Test
    void theApiSaysHowToSignInAndTheBrowserDoesIt() throws Exception {
        AstInside.Run login = ast.start("auth", "login", domain, "--login-link");
        URI address = comeBack(login);
        Map<String, String> asked = query(address);
        AstResult end = login.end();

        assertThat(end.exit()).as(end.err()).isZero();
        assertThat(end.out()).contains("Successfully authenticated as ada@example.com");
        assertThat(address.toString()).startsWith(auth.origin() + "/authorize?");
        assertThat(asked)
                .containsEntry("client_id", "client-a")
                .containsEntry("audience", "astronomer-ee")
                .containsEntry("prompt", "login")
                .containsEntry("scope", "openid profile email offline_access")
                .containsEntry("code_challenge_method", "S256");
        assertThat(asked.get("redirect_uri")).startsWith("http://127.0.0.1:");
        assertThat(api.requests(CONFIGURATION).get(0).header("X-Astro-Client-Identifier"))
                .contains("cli");
        assertThat(api.requests(CONFIGURATION).get(0).header("Authorization")).isEmpty();
        assertThat(auth.requests("POST /oauth/token").get(0).form())
                .containsEntry("client_id", "client-a")
                .containsEntry("grant_type", "authorization_code")
                .containsKey("code_verifier");
        assertThat(auth.requests("GET /userinfo").get(0).header("Authorization"))
                .contains("Bearer at-1");
        assertThat(ast.run("context", "list").out()).contains("Acme", "organization", "Research", "workspace");
        ast.run("context", "use", "Research");
        assertThat(ast.run("status").out()).contains("Account:", "Research");
    }

    @Test
    void theTokenIsRenewedAtTheServerThatTheApiNamed() throws Exception {
        login("login", domain, "--login-link");
        ast.pass(Duration.ofMinutes(56));

        assertThat(ast.run("auth", "token").out()).isEqualTo("at-2\n");

        assertThat(auth.requests("POST /oauth/token").get(1).form())
                .containsEntry("grant_type", "refresh_token")
                .containsEntry("refresh_token", "rt-1")
                .containsEntry("client_id", "client-a");
        assertThat(ast.credentials()).contains("rt-2").doesNotContain("rt-1");
    }

    @Test
    void aProfileOfThePlatformNeedsNoDomain() throws Exception {
        profile();
        ast.run("profile", "use", "astro");

        AstResult login = login("auth", "login", "--login-link");

        assertThat(login.exit()).as(login.err()).isZero();
        assertThat(api.requests("GET /v1/users/self").get(0).target()).endsWith("?createIfNotExist=true");
        assertThat(api.requests("GET /v1/organizations").get(0).header("Authorization"))
                .contains("Bearer at-1");
        assertThat(ast.run("auth", "token").out()).isEqualTo("at-1\n");
    }

    @Test
    void anInstallationWithTheLongerVersionInItsPathsIsAskedThere() throws Exception {
        api.on("GET /v1/organizations", Answer.status(404));
        api.on("GET /v1.0/organizations", Answer.json("{\"organizations\":[{\"id\":\"clold\",\"name\":\"Older\"}]}"));

        login("login", domain, "--login-link");

        assertThat(ast.run("context", "list").out()).contains("Older  organization  clold");
    }

    @Test
    void anApiThatSendsTheTokensElsewhereIsNotBelieved() {
        try (ScriptedServer evil = ScriptedServer.http()) {
            api.on(
                    CONFIGURATION,
                    Answer.json("{\"clientId\":\"c\",\"audience\":\"a\",\"domainUrl\":\"https://evil.example/\"}"));

            AstResult login = ast.run("login", domain, "--login-link");

            assertThat(login.exit()).isEqualTo(6);
            assertThat(login.err()).contains("https://evil.example");
            assertThat(evil.requests()).isEmpty();
        }
    }

    @Test
    void aDomainHasItsOwnProfileAndIsNamedByTokenAndLogout() throws Exception {
        ast.run("profile", "create", "default", "--provider", "sandbox", "--server", "http://127.0.0.1:1");
        AstResult login = login("login", domain, "--login-link");
        assertThat(login.out()).contains("Profile 127.0.0.1-" + api.port() + " is the active one now");
        ast.run("profile", "use", "default");

        assertThat(ast.run("token", "--domain", domain).out()).isEqualTo("at-1\n");
        assertThat(ast.run("auth", "token", "-d", domain).out()).isEqualTo("at-1\n");
        AstResult unknown = ast.run("token", "--domain", "astronomer.io");
        assertThat(unknown.exit()).isEqualTo(4);
        assertThat(unknown.err()).isEqualTo("ast: not signed in to astronomer.io\nhint: ast login astronomer.io\n");
        assertThat(ast.run("auth", "logout", domain).exit()).isZero();
        assertThat(ast.run("token", "--domain", domain).exit()).isEqualTo(4);
        assertThat(ast.run("profile", "show").out()).contains("default");
    }

    @Test
    void aTokenThatOneHasAlreadyIsCheckedAndStored() throws Exception {
        profile();
        Path file = Files.writeString(home.resolve("token"), "given-token\n");

        AstResult login = ast.run("auth", "login", "--profile", "astro", "--token-login", "@" + file);

        assertThat(login.exit()).as(login.err()).isZero();
        assertThat(login.err()).contains("cannot be renewed");
        assertThat(auth.requests("GET /userinfo").get(0).header("Authorization"))
                .contains("Bearer given-token");
        assertThat(ast.run("token", "--profile", "astro").out()).isEqualTo("given-token\n");
        AstResult literal = ast.run("auth", "login", "--profile", "astro", "-t", "given-token");
        assertThat(literal.exit()).isZero();
        assertThat(literal.err()).contains("can be seen by other users");
        auth.on("GET /userinfo", Answer.status(401));
        assertThat(ast.run("auth", "login", "--profile", "astro", "-t", "bad").exit())
                .isEqualTo(5);
    }

    @Test
    void anApiTokenTellsWhatItIsForAndIsNobodys() {
        long end = ast.now().plus(Duration.ofDays(30)).getEpochSecond();
        String token = Jwt.of("{\"sub\":\"evil@example.com\",\"exp\":" + end
                + ",\"permissions\":[\"workspaceId:clws1\",\"organizationId:clorg\",\"deployments:write\"]}");
        profile();
        ast.run("profile", "use", "astro");
        ast.env("ASTRO_API_TOKEN", token);

        AstResult who = ast.run("whoami");

        assertThat(who.out())
                .contains("workspace API token, as it says itself", "Workspace:", "clws1", "Organization:", "clorg")
                .contains("deployments:write", "Expires:", "environment ASTRO_API_TOKEN")
                .doesNotContain("evil@example.com");
        assertThat(ast.run("whoami", "-o", "json").out())
                .contains("\"subject\":null", "\"kind\":\"workspace\"", "\"verified\":false");
        assertThat(ast.run("status").out()).contains("workspace API token", "ASTRO_API_TOKEN (used)");
        assertThat(auth.requests()).isEmpty();
        assertThat(ast.run("token").out()).isEqualTo(token + "\n");
        assertThat(ast.run("status", "--check").exit()).isZero();
        assertThat(ast.credentials()).doesNotContain(token);
        ast.pass(Duration.ofDays(31));
        AstResult ended = ast.run("token");
        assertThat(ended.exit()).isEqualTo(5);
        assertThat(ended.err()).contains("the token in ASTRO_API_TOKEN has expired");
    }

    @Test
    void anOrganizationTokenIsSeenAsOne() {
        profile();
        ast.env("ASTRO_API_TOKEN", Jwt.of("{\"permissions\":[\"organizationId:clorg\"]}"));

        assertThat(ast.run("whoami", "--profile", "astro").out()).contains("organization API token");
    }

    @Test
    void aKeyPairIsExchangedInMemoryWithAWordOfWarning() {
        profile();
        ast.run("profile", "use", "astro");
        ast.env("ASTRONOMER_KEY_ID", "key-1").env("ASTRONOMER_KEY_SECRET", "s3cret&");

        assertThat(ast.run("status").out()).contains("environment ASTRONOMER_KEY_ID");
        assertThat(ast.run("why").out())
                .contains("astro (active profile)", "environment ASTRONOMER_KEY_ID", "ASTRONOMER_KEY_SECRET (used)");
        assertThat(auth.requests()).as("neither of them asks a server").isEmpty();

        AstResult token = ast.run("token");

        assertThat(token.out()).isEqualTo("at-1\n");
        assertThat(token.err()).contains("warning: ASTRONOMER_KEY_ID is deprecated");
        assertThat(auth.requests("POST /oauth/token")).hasSize(1);
        assertThat(auth.requests("POST /oauth/token").get(0).form())
                .containsEntry("grant_type", "client_credentials")
                .containsEntry("client_id", "key-1")
                .containsEntry("client_secret", "s3cret&")
                .containsEntry("audience", "astronomer-ee")
                .doesNotContainKey("scope");
        assertThat(ast.credentials()).doesNotContain("at-1", "rt-1", "s3cret");
        ast.env("ASTRO_API_TOKEN", "api-token");
        AstResult both = ast.run("token");
        assertThat(both.out()).isEqualTo("api-token\n");
        assertThat(both.err()).contains("ASTRO_API_TOKEN is used");
        ast.withoutEnv("ASTRO_API_TOKEN").withoutEnv("ASTRONOMER_KEY_SECRET");
        AstResult half = ast.run("token");
        assertThat(half.exit()).isEqualTo(4);
        assertThat(half.err()).contains("are needed both");
    }

    @Test
    void aKeyPairThatIsNotAcceptedIsDenied() {
        profile();
        auth.on("POST /oauth/token", Answer.json(401, "{\"error\":\"access_denied\"}"));
        ast.env("ASTRONOMER_KEY_ID", "key-1").env("ASTRONOMER_KEY_SECRET", "s3cret");

        AstResult token = ast.run("token", "--profile", "astro");

        assertThat(token.exit()).isEqualTo(3);
        assertThat(token.err()).doesNotContain("s3cret");
    }

    @Test
    void aDomainAndAServerDoNotGoTogether() {
        assertThat(ast.run("login", domain, "--server", "http://127.0.0.1:1").exit())
                .isEqualTo(2);
        assertThat(ast.run("token", "--domain", domain, "--profile", "x").exit())
                .isEqualTo(2);
        assertThat(ast.run("logout", domain, "--all").exit()).isEqualTo(2);
    }
}
