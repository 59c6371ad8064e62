package dev.ast.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ast.support.Answer;
import dev.ast.support.AstInside;
import dev.ast.support.AstResult;
import dev.ast.support.Case;
import dev.ast.support.ScriptedServer;
import java.net.InetAddress;
import java.net.ServerSocket;
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
        // Its own port may be in use on a machine that runs several builds.
        ast = AstInside.in(home).config("ast:\n  providers:\n    astronomer:\n      redirect-port: 0\n");
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
        assertThat(asked.get("redirect_uri")).matches("http://localhost:[0-9]+/callback");
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
        api.on("GET /v1/organizations", Answer.status(401));
        AstResult refused = ast.run("auth", "login", "--profile", "astro", "-t", "bad");
        assertThat(refused.exit()).isEqualTo(4);
        assertThat(refused.err())
                .contains("ast: the given token is not accepted: " + api.origin() + " does not accept the token\n");
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
                .contains(
                        "workspace API token, according to its claims", "Workspace:", "clws1", "Organization:", "clorg")
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
        assertThat(ended.exit()).isEqualTo(4);
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
    @Case("P09")
    void aKeyPairThatBelongsToNoUserIsCheckedAtTheApi() {
        profile();
        ast.run("profile", "use", "astro");
        ast.env("ASTRONOMER_KEY_ID", "key-1").env("ASTRONOMER_KEY_SECRET", "s3cret&");
        for (int status : new int[] {401, 403, 404}) {
            auth.on("GET /userinfo", Answer.status(status));

            AstResult who = ast.run("whoami");

            assertThat(who.exit()).as(who.err()).isZero();
            assertThat(who.out())
                    .contains("The server knows no user for this token", "environment ASTRONOMER_KEY_ID")
                    .containsPattern("(?m)^  Platform: +astronomer$");
            assertThat(ast.run("context", "list").out()).contains("Acme", "Research");
            assertThat(ast.run("status", "--check").exit()).isZero();
        }
        assertThat(api.requests("GET /v1/users/self"))
                .as("no user is made for a machine")
                .isEmpty();
    }

    @Test
    @Case({"P08", "P09"})
    void aKeyPairWhoseTokenTheApiRefusesIsCalledThat() {
        profile();
        auth.on("GET /userinfo", Answer.status(401));
        api.on("GET /v1/organizations", Answer.status(401));
        ast.env("ASTRONOMER_KEY_ID", "key-1").env("ASTRONOMER_KEY_SECRET", "s3cret&");

        AstResult check = ast.run("status", "--check", "--profile", "astro");

        assertThat(check.exit()).isEqualTo(4);
        assertThat(check.err())
                .contains("the token in ASTRONOMER_KEY_ID is not accepted")
                .doesNotContain("session");
    }

    @Test
    @Case("P09")
    void whereTheApiNamesNothingTheTokenSaysWhatItIsFor() {
        profile();
        api.on("GET /v1/organizations", Answer.status(403));
        ast.env("ASTRO_API_TOKEN", Jwt.of("{\"permissions\":[\"workspaceId:clws1\",\"organizationId:clorg\"]}"));

        assertThat(ast.run("context", "list", "--profile", "astro").out())
                .contains("clws1  workspace", "clorg  organization");
    }

    @Test
    @Case("P11")
    void logoutRevokesTheRefreshTokenWhereTheMetadataSaysHow() throws Exception {
        String place = auth.origin().toString();
        auth.on(
                "GET /.well-known/openid-configuration",
                Answer.json("{\"issuer\":\"" + place + "/\",\"token_endpoint\":\"" + place
                        + "/oauth/token\",\"revocation_endpoint\":\"" + place + "/oauth/revoke\"}"));
        auth.on("POST /oauth/revoke", Answer.status(200));
        login("login", domain, "--login-link");

        AstResult logout = ast.run("logout");

        assertThat(logout.exit()).as(logout.err()).isZero();
        assertThat(auth.requests("POST /oauth/revoke").get(0).form())
                .containsEntry("token", "rt-1")
                .containsEntry("client_id", "client-a");
        assertThat(logout.out()).doesNotContain("did not revoke");
    }

    @Test
    @Case("P11")
    void aTokenThatWasGivenIsNotRevokedAtAServerThatDidNotIssueIt() throws Exception {
        profile();
        auth.on(
                "GET /.well-known/openid-configuration",
                Answer.json("{\"issuer\":\"" + auth.origin() + "/\",\"revocation_endpoint\":\""
                        + auth.uri("/oauth/revoke") + "\"}"));
        Path file = Files.writeString(home.resolve("token"), "given-token\n");
        ast.run("login", "--profile", "astro", "-t", "@" + file);

        AstResult logout = ast.run("logout", "--profile", "astro");

        assertThat(logout.exit()).as(logout.err()).isZero();
        assertThat(logout.out()).contains("offers no revocation");
        assertThat(auth.requests("POST /oauth/revoke")).isEmpty();
        assertThat(ast.credentials()).doesNotContain("given-token");
    }

    @Test
    @Case("P11")
    void logoutSaysThatTheRefreshTokenStaysValidWhereNothingCanBeRevoked() throws Exception {
        login("login", domain, "--login-link");

        AstResult logout = ast.run("logout");

        assertThat(logout.exit()).as(logout.err()).isZero();
        assertThat(logout.out()).contains("offers no revocation, so the refresh token stays valid");
        assertThat(ast.credentials()).doesNotContain("rt-1");
    }

    @Test
    @Case("P10")
    void aTakenPortIsReportedAtOnceWithAWayRound() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            ast.config("ast:\n  providers:\n    astronomer:\n      redirect-port: " + taken.getLocalPort() + "\n");

            AstResult login = ast.run("login", domain);

            assertThat(login.exit()).isEqualTo(1);
            assertThat(login.err())
                    .contains("cannot listen on localhost:" + taken.getLocalPort() + " for the browser")
                    .contains("sends the browser back to http://localhost:" + taken.getLocalPort() + "/callback only")
                    .contains("get a token at https://cloud.astronomer.io/token")
                    .contains("hint: ast login --provider astronomer --server " + api.origin() + " --token-login")
                    .doesNotContain("Open: ");
        }
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
