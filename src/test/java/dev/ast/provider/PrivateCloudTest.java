package dev.ast.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ast.domain.Exit;
import dev.ast.domain.FailureException;
import dev.ast.domain.ProfileName;
import dev.ast.domain.Secret;
import dev.ast.domain.ServerOrigin;
import dev.ast.host.Environment;
import dev.ast.host.Interrupts;
import dev.ast.http.Http;
import dev.ast.json.Json;
import dev.ast.oauth.DpopProofs;
import dev.ast.oauth.TokenRequests;
import dev.ast.output.ErrorPrinter;
import dev.ast.output.Redactor;
import dev.ast.shell.ErrorOptions;
import dev.ast.support.Answer;
import dev.ast.support.AstInside;
import dev.ast.support.AstResult;
import dev.ast.support.Case;
import dev.ast.support.RecordedScreen;
import dev.ast.support.Request;
import dev.ast.support.ScriptedServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Astronomer's private cloud on a replica of its GraphQL address. */
class PrivateCloudTest {
    private final ScriptedServer houston = ScriptedServer.http();

    @TempDir
    private Path home;

    private AstInside ast;

    @BeforeEach
    void start() {
        ast = AstInside.in(home);
        houston.on("POST /v1", PrivateCloudTest::answer);
    }

    private static Answer answer(Request request) {
        String text = request.text();
        if (text.contains("authConfig")) {
            return Answer.json("{\"data\":{\"authConfig\":{\"localEnabled\":true}}}");
        }
        if (text.contains("createToken")) {
            return text.contains("\"password\":\"right\"")
                    ? Answer.json("{\"data\":{\"createToken\":{\"token\":{\"value\":\"apc-token\"}}}}")
                    : Answer.json(
                            "{\"errors\":[{\"message\":\"Invalid password and username combination\"}],\"data\":null}");
        }
        return request.header("Authorization").filter("apc-token"::equals).isPresent()
                ? Answer.json("{\"data\":{\"self\":{\"user\":{\"id\":\"u1\",\"username\":\"ada\",\"fullName\":"
                        + "\"Ada Lovelace\",\"emails\":[{\"address\":\"ada@example.com\"}]}},"
                        + "\"workspaces\":[{\"id\":\"w1\",\"label\":\"Research\"}]}}")
                : Answer.json(
                        "{\"errors\":[{\"message\":\"You do not have the appropriate permissions\"}],\"data\":null}");
    }

    @AfterEach
    void stop() {
        houston.close();
    }

    private AstResult paste(String token) throws Exception {
        Path file = Files.writeString(home.resolve("token"), token + "\n");
        return ast.run(
                "login",
                "--provider",
                "astronomer-private-cloud",
                "--server",
                houston.origin().toString(),
                "-t",
                "@" + file);
    }

    @Test
    void theTokenStandsInTheHeaderWithoutTheWordBearer() throws Exception {
        AstResult login = paste("apc-token");

        assertThat(login.exit()).as(login.err()).isZero();
        assertThat(login.out()).contains("ada@example.com");
        assertThat(ast.run("token").out()).isEqualTo("apc-token\n");
        houston.on("GET /x", Answer.json("{}"));
        ast.run("api", "/x");
        assertThat(houston.requests("GET /x").get(0).header("Authorization")).contains("apc-token");
        assertThat(ast.run("context", "list").out()).contains("Research  workspace  w1");
        assertThat(ast.run("status").out()).contains("not renewable");
    }

    @Test
    void aTokenThatIsNotAcceptedIsNotStored() throws Exception {
        AstResult login = paste("other");

        assertThat(login.exit()).isEqualTo(4);
        assertThat(login.err())
                .contains("the given token is not accepted", "does not accept the token")
                .doesNotContain("session");
        assertThat(home.resolve(".ast/credentials.json")).doesNotExist();
    }

    @Test
    @Case("I06")
    void logoutRemovesTheTokenAndSaysThatItLives() throws Exception {
        paste("apc-token");

        AstResult logout = ast.run("logout");

        assertThat(logout.exit()).as(logout.err()).isZero();
        assertThat(logout.out() + logout.err()).contains("offers no revocation");
        assertThat(ast.credentials()).doesNotContain("apc-token");
    }

    @Test
    @Case("P13")
    void withoutATerminalNobodyIsAskedAndNothingIsOpened() {
        AstResult login = ast.run(
                "login",
                "--provider",
                "astronomer-private-cloud",
                "--server",
                houston.origin().toString());

        assertThat(login.exit()).isEqualTo(2);
        assertThat(login.err())
                .contains("cannot ask here: user name and password, or a token", "hint: ast login --with-token")
                .doesNotContain("Opening browser", "Open: ");
        assertThat(houston.requests()).isEmpty();
    }

    @Test
    void userNameAndPasswordGoToTheMutationOnly() {
        try (Http http = new Http(Environment.of(Map.of()), new Interrupts(), "ast/test")) {
            Houston client = new Houston(http, new TokenRequests(http, new DpopProofs(InstantSource.system())));
            ServerOrigin server = houston.origin();

            assertThat(client.takesPasswords(server)).isTrue();
            assertThat(client.createToken(server, ProfileName.DEFAULT, "ada", Secret.of("right"))
                            .reveal())
                    .isEqualTo("apc-token");
            Request sent = houston.requests("POST /v1").get(1);
            assertThat(Json.readObject(sent.body())
                            .object("variables")
                            .orElseThrow()
                            .members())
                    .isEqualTo(Map.of("identity", "ada", "password", "right"));
            assertThat(sent.header("Authorization")).isEmpty();
            assertThatThrownBy(() -> client.createToken(server, ProfileName.DEFAULT, "ada", Secret.of("wrong")))
                    .isInstanceOfSatisfying(
                            FailureException.class,
                            e -> assertThat(e.failure().exit()).isEqualTo(Exit.DENIED))
                    .hasMessageContaining("Invalid password")
                    .hasMessageNotContaining("wrong");
        }
    }

    @Test
    @Case("P12")
    void thePlatformsOwnWordsReachTheUserWhole() {
        houston.on(
                "POST /v1", Answer.json("{\"errors\":[{\"message\":\"Invalid username and password combination\"}]}"));
        try (Http http = new Http(Environment.of(Map.of()), new Interrupts(), "ast/test")) {
            Houston client = new Houston(http, new TokenRequests(http, new DpopProofs(InstantSource.system())));
            ServerOrigin server = houston.origin();
            RecordedScreen screen = RecordedScreen.piped();
            FailureException refused = catchThrowableOfType(
                    FailureException.class,
                    () -> client.createToken(server, ProfileName.DEFAULT, "ada", Secret.of("pass-w0rd")));

            new ErrorPrinter(screen.screen(), new Redactor()).print(refused, ErrorOptions.of(List.of()), "");

            assertThat(screen.err())
                    .contains(server + " refused this sign-in: Invalid username and password combination\n");
        }
    }

    @Test
    void theTokenPageIsBesideTheApi() {
        assertThat(Houston.tokenPage(ServerOrigin.parse("https://houston.example.com")))
                .hasToString("https://app.example.com/token");
    }
}
