package dev.ast.login;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ast.json.Json;
import dev.ast.json.JsonObject;
import dev.ast.support.Answer;
import dev.ast.support.AstInside;
import dev.ast.support.AstResult;
import dev.ast.support.AuthorizationServer;
import dev.ast.support.ClientServer;
import dev.ast.support.Request;
import dev.ast.support.ScriptedServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A machine without a user, which has a token of its platform exchanged. */
class WorkloadLoginTest {
    private static final String TOKEN = jwt("{\"iss\":\"https://ci.example.com\",\"sub\":\"repo:acme/app\","
            + "\"aud\":\"https://login.example.com\"}");
    private static final String EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange";

    @TempDir
    private Path home;

    private static String jwt(String claims) {
        return "eyJhbGciOiJSUzI1NiJ9."
                + Base64.getUrlEncoder().withoutPadding().encodeToString(claims.getBytes(StandardCharsets.UTF_8))
                + ".c2lnbmF0dXJl";
    }

    private Path tokenFile() throws IOException {
        return Files.writeString(home.resolve("token"), TOKEN + "\n");
    }

    private AstInside ast() {
        return AstInside.in(home);
    }

    private static AstResult login(AstInside ast, ClientServer server, String... more) {
        String[] words = {"login", "--provider", "oidc", "--issuer", server.issuer(), "--client-id", "robot"};
        String[] all = Arrays.copyOf(words, words.length + more.length);
        System.arraycopy(more, 0, all, words.length, more.length);
        return ast.run(all);
    }

    private static ClientServer server() {
        return new ClientServer(request -> "robot".equals(request.form().get("client_id")));
    }

    @Test
    void theTokenOfAFileIsExchangedAnewForEachCommandAndNothingIsStored() throws IOException {
        try (ClientServer server = server()) {
            AstInside ast = ast();
            Path file = tokenFile();

            AstResult login = login(ast, server, "--workload", "@" + file, "--audience", "the api", "--scope", "read");
            String second = jwt("{\"sub\":\"second\"}");
            Files.writeString(file, second);
            AstResult token = ast.run("token");

            assertThat(login.exit()).as(login.err()).isZero();
            assertThat(login.out()).contains("no token is stored: each command exchanges the one of this machine");
            assertThat(token.out()).as(token.err()).isEqualTo("access-2\n");
            List<Request> requests = server.requests("POST /token");
            assertThat(requests).hasSize(2);
            assertThat(ClientServer.fields(requests.get(0).text()))
                    .containsEntry("grant_type", List.of(EXCHANGE))
                    .containsEntry("subject_token", List.of(TOKEN))
                    .containsEntry("subject_token_type", List.of("urn:ietf:params:oauth:token-type:jwt"))
                    .containsEntry("requested_token_type", List.of("urn:ietf:params:oauth:token-type:access_token"))
                    .containsEntry("audience", List.of("the api"))
                    .containsEntry("scope", List.of("read"))
                    .containsEntry("client_id", List.of("robot"))
                    .doesNotContainKeys("client_secret", "client_assertion");
            assertThat(requests.get(1).form()).containsEntry("subject_token", second);
            assertThat(ast.credentials())
                    .contains("\"workload\":\"@" + file + "\"")
                    .doesNotContain("access-")
                    .doesNotContain("refresh-")
                    .doesNotContain(TOKEN);
            assertThat(server.requests("POST /device")).isEmpty();
        }
    }

    @Test
    void anotherProgramGetsOneForAnOriginOfAProfileThatIsNotActive() throws IOException {
        try (ClientServer server = server()) {
            AstInside ast = ast();
            login(ast, server, "--profile", "ci", "--workload", "@" + tokenFile());
            ast.run("profile", "set", "ci", "--also-for", "https://git.example.com");
            ast.run("profile", "create", "other", "--provider", "sandbox");
            ast.run("profile", "use", "other");

            AstResult headers = ast.run("credential", "headers", "https://git.example.com");

            assertThat(headers.out()).as(headers.err()).isEqualTo("Authorization: Bearer access-2\n");
        }
    }

    @Test
    void whoAndHowIsShownWithoutAnExchange() throws IOException {
        try (ClientServer server = server()) {
            AstInside ast = ast();
            login(ast, server, "--workload", "@" + tokenFile());

            AstResult status = ast.run("status", "-o", "json");
            AstResult list = ast.run("profile", "list", "-o", "json");
            AstResult shown = ast.run("profile", "show");
            AstResult why = ast.run("why");

            assertThat(status.out())
                    .contains("\"signed_in\":true")
                    .contains("\"credential_source\":\"workload token of the file ");
            assertThat(ast.fast("token")).isEmpty();
            assertThat(ast.fast("status"))
                    .hasValueSatisfying(
                            fast -> assertThat(fast.out()).contains("never, as long as this machine has its token"));
            assertThat(ast.run("status").out()).contains("never, as long as this machine has its token");
            assertThat(list.out()).contains("\"signed_in\":true");
            assertThat(shown.out()).contains("Workload:").contains("robot");
            assertThat(why.out()).contains("workload token of the file ");
            assertThat(server.requests("POST /token")).hasSize(1);
            assertThat(ast.run("whoami", "-o", "json").out()).contains("\"subject\":\"robot\"");
            assertThat(ast.run("status", "--check").exit()).isZero();
        }
    }

    @Test
    void tokensAreStoredWhereAskedAndRenewedByAnotherExchange() throws IOException {
        try (ClientServer server = server()) {
            AstInside ast = ast();

            AstResult login = login(ast, server, "--workload", "@" + tokenFile(), "--storage", "file");
            AstResult before = ast.run("token");
            ast.pass(Duration.ofHours(2));
            AstResult after = ast.run("token");

            assertThat(login.out()).contains("tokens in the credentials file");
            assertThat(before.out()).isEqualTo("access-1\n");
            assertThat(after.out()).as(after.err()).isEqualTo("access-2\n");
            assertThat(server.requests("POST /token"))
                    .hasSize(2)
                    .allSatisfy(request -> assertThat(request.form())
                            .containsEntry("grant_type", EXCHANGE)
                            .containsEntry("subject_token", TOKEN));
            assertThat(ast.credentials())
                    .contains("access-2")
                    .doesNotContain("refresh-")
                    .doesNotContain(TOKEN);
            // A user who signs out wants no more tokens.
            assertThat(ast.run("logout").exit()).isZero();
            assertThat(ast.run("token").exit()).isEqualTo(4);
            assertThat(ast.credentials()).doesNotContain("workload").doesNotContain("access-");
        }
    }

    @Test
    void aRefusedRenewalSaysSoAndIsNoEndOfASession() throws IOException {
        try (ClientServer server = server()) {
            AstInside ast = ast();
            login(ast, server, "--workload", "@" + tokenFile(), "--storage", "file");
            server.server().on("POST /token", AuthorizationServer.error(400, "invalid_grant", "the trust is gone"));
            ast.pass(Duration.ofHours(2));

            AstResult token = ast.run("token");

            assertThat(token.exit()).isEqualTo(3);
            assertThat(token.err())
                    .contains("does not accept the workload token: invalid_grant: the trust is gone")
                    .contains(
                            "issuer https://ci.example.com, subject repo:acme/app, audience https://login.example.com")
                    .doesNotContain(TOKEN);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "jwt-bearer, urn:ietf:params:oauth:grant-type:jwt-bearer, assertion",
        "client-assertion, client_credentials, client_assertion"
    })
    void otherGrantsSendTheTokenInTheirOwnPlace(String grant, String type, String parameter) throws IOException {
        try (ClientServer server = server()) {
            AstResult login =
                    login(ast(), server, "--workload", "@" + tokenFile(), "--workload-grant", grant, "--scope", "a b");

            assertThat(login.exit()).as(login.err()).isZero();
            assertThat(ClientServer.fields(server.requests("POST /token").get(0).text()))
                    .containsEntry("grant_type", List.of(type))
                    .containsEntry(parameter, List.of(TOKEN))
                    .containsEntry("scope", List.of("a b"))
                    .containsEntry("client_id", List.of("robot"))
                    .doesNotContainKey("subject_token")
                    .satisfies(fields -> assertThat(fields.getOrDefault("client_assertion_type", List.of()))
                            .isEqualTo(
                                    grant.equals("client-assertion")
                                            ? List.of("urn:ietf:params:oauth:client-assertion-type:jwt-bearer")
                                            : List.of()));
        }
    }

    @Test
    void variablesAreEnoughForOneCommandOnACleanMachine() {
        try (ClientServer server = new ClientServer(request -> request.header("Authorization")
                .filter(value -> value.startsWith("Basic "))
                .isPresent())) {
            AstInside ast = ast().env("AST_ISSUER", server.issuer())
                    .env("AST_CLIENT_ID", "robot")
                    .env("AST_CLIENT_SECRET", "secret-of-the-test")
                    .env("AST_WORKLOAD", "env:CI_TOKEN")
                    .env("AST_WORKLOAD_TOKEN_TYPE", "id_token")
                    .env("CI_TOKEN", TOKEN);

            AstResult token = ast.run("token");

            assertThat(token.out()).as(token.err()).isEqualTo("access-1\n");
            assertThat(server.requests("POST /token").get(0).form())
                    .containsEntry("grant_type", EXCHANGE)
                    .containsEntry("subject_token_type", "urn:ietf:params:oauth:token-type:id_token");
            assertThat(ast.astHome().resolve("credentials.json")).doesNotExist();
            assertThat(ast.run("why").out()).contains("workload token of the variable CI_TOKEN");
        }
    }

    @Test
    void theSettingsOfAPlatformAreEnoughToo() throws IOException {
        try (ClientServer server = server()) {
            AstInside ast = ast().config("""
                    ast:
                      providers:
                        work:
                          issuer-uri: %s
                          client-id: robot
                          workload: "@%s"
                          workload-grant: jwt-bearer
                    """.formatted(server.issuer(), tokenFile()));

            assertThat(ast.env("AST_PROVIDER", "work").run("token").out()).isEqualTo("access-1\n");
            ast.withoutEnv("AST_PROVIDER");
            assertThat(ast.run("profile", "create", "ci", "--provider", "work").exit())
                    .isZero();
            assertThat(ast.run("token", "--profile", "ci").out()).isEqualTo("access-2\n");
            assertThat(server.requests("POST /token"))
                    .allSatisfy(request -> assertThat(request.form()).containsEntry("assertion", TOKEN));
            // A way that the line names goes before.
            AstResult login = ast.run("login", "--provider", "work", "--device", "--no-browser");
            assertThat(login.err()).contains("ABCD-EFGH");
        }
    }

    @Test
    void gitHubIsAskedForATokenOfTheAudience() {
        try (ScriptedServer github = ScriptedServer.http();
                ClientServer server = server()) {
            github.on("GET /token", Answer.json(200, "{\"value\":\"" + TOKEN + "\",\"count\":1}"));
            AstInside ast = ast().env("ACTIONS_ID_TOKEN_REQUEST_URL", github.uri("/token?api-version=2.0") + "")
                    .env("ACTIONS_ID_TOKEN_REQUEST_TOKEN", "request-token-of-the-job");

            AstResult login = login(ast, server, "--workload");
            AstResult other = login(ast, server, "--workload", "github", "--workload-audience", "api://a b&c");

            assertThat(login.exit()).as(login.err()).isZero();
            assertThat(other.exit()).as(other.err()).isZero();
            assertThat(server.requests("POST /token").get(0).form()).containsEntry("subject_token", TOKEN);
            assertThat(github.requests())
                    .hasSize(2)
                    .allSatisfy(request ->
                            assertThat(request.header("Authorization")).hasValue("Bearer request-token-of-the-job"));
            assertThat(github.requests().get(0).query())
                    .containsEntry("api-version", "2.0")
                    .containsEntry("audience", server.issuer());
            assertThat(github.requests().get(1).query()).containsEntry("audience", "api://a b&c");
            assertThat(server.server().requests())
                    .noneSatisfy(request -> assertThat(request.headers().toString() + request.text())
                            .contains("request-token-of-the-job"));
        }
    }

    @Test
    void theRequestTokenOfGitHubIsNotSentOnByARedirect() {
        try (ScriptedServer github = ScriptedServer.http();
                ScriptedServer elsewhere = ScriptedServer.http();
                ClientServer server = server()) {
            github.on("GET /token", Answer.status(302).header("Location", elsewhere.uri("/token") + ""));
            AstInside ast = ast().env("ACTIONS_ID_TOKEN_REQUEST_URL", github.uri("/token") + "")
                    .env("ACTIONS_ID_TOKEN_REQUEST_TOKEN", "request-token-of-the-job");

            AstResult login = login(ast, server, "--workload", "github");

            assertThat(login.exit()).isEqualTo(6);
            assertThat(login.err()).contains("which is not followed");
            assertThat(elsewhere.requests()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "403 | {} | 3 | gives this job no token (HTTP 403)",
                "500 | {} | 6 | with HTTP 500",
                "200 | {\"count\":0} | 6 | for the job's token without one",
                "200 | {\"value\":\"\"} | 6 | for the job's token without one"
            })
    void whatGitHubAnswersInsteadOfATokenIsSaid(int status, String body, int exit, String message) {
        try (ScriptedServer github = ScriptedServer.http();
                ClientServer server = server()) {
            github.on("GET /token", Answer.json(status, body));
            AstInside ast = ast().env("ACTIONS_ID_TOKEN_REQUEST_URL", github.uri("/token") + "")
                    .env("ACTIONS_ID_TOKEN_REQUEST_TOKEN", "request-token-of-the-job");

            AstResult login = login(ast, server, "--workload", "github");

            assertThat(login.exit()).as(login.err()).isEqualTo(exit);
            assertThat(login.err()).contains(message);
            assertThat(server.requests("POST /token")).isEmpty();
            assertThat(ast.astHome().resolve("credentials.json")).doesNotExist();
        }
    }

    @Test
    void gitHubIsAskedOverTlsOnly() {
        try (ClientServer server = server()) {
            AstInside ast = ast().env("ACTIONS_ID_TOKEN_REQUEST_URL", "http://actions.example.com/token")
                    .env("ACTIONS_ID_TOKEN_REQUEST_TOKEN", "request-token-of-the-job");

            AstResult login = login(ast, server, "--workload", "github");

            assertThat(login.exit()).isEqualTo(4);
            assertThat(login.err()).contains("ACTIONS_ID_TOKEN_REQUEST_URL is not an address with https");
        }
    }

    @Test
    void outsideOfGitHubItIsSaidWhatIsMissing() {
        try (ClientServer server = server()) {
            AstResult login = login(ast(), server, "--workload", "github");
            AstResult without = login(ast(), server, "--workload");

            assertThat(login.exit()).isEqualTo(4);
            assertThat(login.err())
                    .contains("there is no workload token: GitHub Actions gives none here:"
                            + " ACTIONS_ID_TOKEN_REQUEST_URL is not set")
                    .contains("hint: run it in a job of GitHub Actions that has \"permissions: id-token: write\"");
            assertThat(without.exit()).isEqualTo(2);
            assertThat(without.err()).contains("--workload github, --workload @FILE and --workload env:NAME");
        }
    }

    @Test
    void aSourceWithoutATokenIsNamed() throws IOException {
        try (ClientServer server = server()) {
            AstInside ast = ast();
            Path empty = Files.writeString(home.resolve("empty"), " \n");
            Path large = Files.writeString(home.resolve("large"), "x".repeat(64 * 1024 + 1));
            Path odd = Files.writeString(home.resolve("odd"), "two words");

            assertSaid(login(ast, server, "--workload", "@" + home.resolve("none")), "none does not exist");
            assertSaid(login(ast, server, "--workload", "@" + home), " is no file");
            assertSaid(login(ast, server, "--workload", "@" + empty), "empty is empty");
            assertSaid(login(ast, server, "--workload", "@" + large), "large holds more than 64 KiB");
            assertSaid(login(ast, server, "--workload", "@" + odd), "odd holds something that is no token");
            assertSaid(login(ast, server, "--workload", "env:CI_TOKEN"), "the variable CI_TOKEN is not set");
            assertThat(server.requests("POST /token")).isEmpty();
        }
    }

    private static void assertSaid(AstResult result, String message) {
        assertThat(result.exit()).isEqualTo(4);
        assertThat(result.err()).contains("ast: there is no workload token: ").contains(message);
    }

    @Test
    void aRefusalNamesWhatTheServerHasToTrust() throws IOException {
        try (ClientServer server = new ClientServer(request -> false)) {
            AstInside ast = ast();

            AstResult login = login(ast, server, "--workload", "@" + tokenFile());

            assertThat(login.exit()).isEqualTo(3);
            assertThat(login.err())
                    .contains("does not accept the workload token: invalid_client")
                    .contains("subject repo:acme/app")
                    .contains("hint: have the server trust")
                    .doesNotContain(TOKEN);
            assertThat(ast.astHome().resolve("credentials.json")).doesNotExist();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"--device", "--web", "--client-credentials", "--with-token", "--no-wait"})
    void oneWayOfSigningInIsEnough(String other) {
        AstResult refused = ast().run("login", "--workload", "github", other);

        assertThat(refused.exit()).isEqualTo(2);
        assertThat(refused.err()).contains("do not go together");
    }

    @Test
    void aTokenInPlaceOfItsSourceIsNotRepeated() {
        AstResult refused = ast().run("login", "--workload", TOKEN);

        assertThat(refused.exit()).isEqualTo(2);
        assertThat(refused.err())
                .contains("not a source of a workload token", "github, @FILE, env:NAME")
                .doesNotContain(TOKEN);
    }

    @Test
    void aSecretIsNotLostWithoutAWord() throws IOException {
        try (ClientServer server = server()) {
            AstResult refused = login(
                    ast(), server, "--workload", "@" + tokenFile(), "--client-secret", "@" + home.resolve("token"));

            assertThat(refused.exit()).isEqualTo(2);
            assertThat(refused.err()).contains("set AST_CLIENT_SECRET instead, or add --storage");
        }
    }

    @Test
    void aMachineTakesThePlaceOfTheUserBefore() throws IOException {
        try (ClientServer server = new ClientServer(request -> true)) {
            AstInside ast = ast();
            login(ast, server, "--device", "--no-browser");
            assertThat(ast.credentials()).contains("access-1");

            AstResult login = login(ast, server, "--workload", "@" + tokenFile());
            JsonObject who =
                    Json.readObject(ast.run("whoami", "-o", "json").out().getBytes(StandardCharsets.UTF_8));

            assertThat(login.exit()).as(login.err()).isZero();
            assertThat(ast.credentials()).doesNotContain("access-").doesNotContain("ada@example.com");
            assertThat(who.get("subject")).isEqualTo("robot");
            // And the other way round.
            login(ast, server, "--device", "--no-browser");
            assertThat(ast.run("whoami").out()).contains("ada@example.com");
        }
    }
}
