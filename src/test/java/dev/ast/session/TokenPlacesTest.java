package dev.ast.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ast.support.Answer;
import dev.ast.support.AstInside;
import dev.ast.support.AstResult;
import dev.ast.support.Case;
import dev.ast.support.Request;
import dev.ast.support.ScriptedServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A token of one platform and server never reaches another: stored or from the environment, by whatever option, variable,
 * profile or redirect. The other server answers everything willingly and records all it gets.
 */
class TokenPlacesTest {
    private static final List<String> PROVIDERS =
            List.of("astropods", "astronomer", "astronomer-private-cloud", "seqera", "oidc");
    private static final List<String> VARIABLES =
            List.of("ASTRO_ACCESS_TOKEN", "ASTRO_API_TOKEN", "SEQERA_ACCESS_TOKEN", "TOWER_ACCESS_TOKEN");

    private final ScriptedServer own = ScriptedServer.http();
    private final ScriptedServer other = ScriptedServer.http();

    @TempDir
    private Path home;

    private AstInside ast;

    @BeforeEach
    void start() {
        ast = AstInside.in(home)
                .config("ast:\n  providers:\n    oidc:\n      client-id: cli\n      identity-path: /me\n"
                        + "    astropods:\n      device-authorization-uri: " + own.uri("/device")
                        + "\n      token-uri: " + own.uri("/token") + "\n");
        script(own);
        script(other);
    }

    @AfterEach
    void stop() {
        own.close();
        other.close();
    }

    /** A server that is every platform at once. */
    private static void script(ScriptedServer server) {
        String place = server.origin().toString();
        server.on("*", Answer.json("{}"))
                .on("GET /me", Answer.json("{\"id\":\"u1\",\"email\":\"ada@example.com\"}"))
                .on(
                        "GET /api/v1/me",
                        Answer.json("{\"id\":\"u1\",\"email\":\"ada@example.com\",\"accounts\":["
                                + "{\"id\":\"a1\",\"name\":\"ada\",\"type\":\"personal\"}]}"))
                .on("GET /user-info", Answer.json("{\"user\":{\"id\":7,\"email\":\"ada@example.com\"}}"))
                .on("GET /userinfo", Answer.json("{\"sub\":\"u1\",\"email\":\"ada@example.com\"}"))
                .on(
                        "GET /private/v1alpha1/cli/auth-config",
                        Answer.json("{\"clientId\":\"c\",\"audience\":\"a\",\"domainUrl\":\"" + place + "/\"}"))
                .on(
                        "GET /.well-known/openid-configuration",
                        Answer.json("{\"issuer\":\"" + place
                                + "\",\"authorization_endpoint\":\"" + place + "/authorize\",\"token_endpoint\":\""
                                + place
                                + "/token\",\"revocation_endpoint\":\"" + place + "/revoke\"}"))
                .on(
                        "POST /v1",
                        Answer.json("{\"data\":{\"self\":{\"user\":{\"id\":\"u1\",\"username\":\"ada\","
                                + "\"emails\":[]}},\"workspaces\":[]}}"))
                .on(
                        "POST /device",
                        Answer.json("{\"device_code\":\"secret-device\",\"user_code\":\"U\","
                                + "\"verification_uri\":\"" + place + "/verify\"}"))
                .on(
                        "POST /token",
                        Answer.json("{\"access_token\":\"secret-access\",\"refresh_token\":"
                                + "\"secret-refresh\",\"token_type\":\"Bearer\",\"expires_in\":600}"));
    }

    private void signIn(String provider, String profile, ScriptedServer server) {
        try {
            Path file = Files.writeString(home.resolve("token"), "secret-" + profile);
            AstResult login = ast.run(
                    "login",
                    "--provider",
                    provider,
                    "--profile",
                    profile,
                    "--server",
                    server.origin().toString(),
                    "--issuer",
                    server.origin().toString(),
                    "--client-id",
                    "cli",
                    "-t",
                    "@" + file);
            assertThat(login.exit()).as(login.err()).isZero();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static void assertNoSecret(ScriptedServer server, String secret) {
        for (Request request : server.requests()) {
            String all = request + " " + new String(request.body(), StandardCharsets.ISO_8859_1);
            assertThat(all + request.header("Authorization").orElse("")).doesNotContain(secret);
        }
    }

    private void everyCommand(String... more) {
        for (String line : List.of(
                "api /x", "whoami", "status --check", "context list --refresh", "pat list", "token", "logout")) {
            ast.run(Stream.concat(Stream.of(line.split(" ", -1)), Stream.of(more))
                    .toArray(String[]::new));
        }
    }

    /** Each platform with itself, and with the next one. */
    static Stream<Arguments> pairs() {
        return IntStream.range(0, PROVIDERS.size() * 2)
                .mapToObj(i -> Arguments.of(PROVIDERS.get(i / 2), PROVIDERS.get((i / 2 + i % 2) % PROVIDERS.size())));
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void aStoredTokenStaysWithItsProfileAndServer(String provider, String second) {
        signIn(provider, "one", own);
        signIn(second, "two", other);

        ast.run("api", "/x", "--profile", "two");
        ast.env("AST_PROFILE", "two");
        everyCommand();

        assertNoSecret(other, "secret-one");
        assertNoSecret(own, "secret-two");
        assertThat(other.requests().toString()).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"astropods", "astronomer", "astronomer-private-cloud", "seqera", "oidc"})
    void anotherServerGetsNoStoredTokenByOptionOrVariable(String provider) {
        signIn(provider, "one", own);
        String place = other.origin().toString();

        everyCommand("--profile", "one", "--server", place);
        signIn(provider, "one", own);
        ast.env("AST_SERVER", place).env("ASTRO_SERVER_URL", place);
        everyCommand("--profile", "one");

        assertNoSecret(other, "secret-one");
    }

    @ParameterizedTest
    @Case("C07")
    @ValueSource(strings = {"astropods", "astronomer", "astronomer-private-cloud", "seqera", "oidc"})
    void aTokenOfTheEnvironmentIsForItsOwnPlatformAndForNoServerOfAnOption(String provider) {
        VARIABLES.forEach(name -> ast.env(name, "secret-" + name));
        ast.run(
                "profile",
                "create",
                "mine",
                "--provider",
                provider,
                "--server",
                own.origin().toString());

        everyCommand("--profile", "mine");
        everyCommand("--profile", "mine", "--server", other.origin().toString());

        assertNoSecret(other, "secret-");
        List<String> ours = switch (provider) {
            case "astropods" -> List.of("ASTRO_ACCESS_TOKEN");
            case "astronomer" -> List.of("ASTRO_API_TOKEN");
            case "seqera" -> List.of("SEQERA_ACCESS_TOKEN");
            default -> List.of();
        };
        for (String name : VARIABLES) {
            if (!ours.contains(name)) {
                assertNoSecret(own, "secret-" + name);
            }
        }
        for (String name : ours) {
            assertThat(own.requests().stream()
                            .map(request -> request.header("Authorization").orElse("")))
                    .contains("Bearer secret-" + name);
        }
    }

    @ParameterizedTest
    @Case("C03")
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void noRedirectTakesATokenAlong(int status) {
        assertThat(ast.run("login", "--no-browser", "--server", own.origin().toString())
                        .exit())
                .isZero();
        for (String provider : PROVIDERS) {
            signIn(provider, "p-" + provider, own);
        }
        own.on("*", Answer.redirect(status, other.uri("/stolen")));
        for (String path : List.of(
                "GET /me",
                "GET /api/v1/me",
                "GET /user-info",
                "GET /userinfo",
                "GET /private/v1alpha1/cli/auth-config",
                "GET /.well-known/openid-configuration",
                "POST /v1",
                "POST /token",
                "POST /device")) {
            own.on(path, Answer.redirect(status, other.uri("/stolen")));
        }
        ast.pass(java.time.Duration.ofMinutes(9));

        assertThat(ast.run("token", "--min-ttl", "9m").out()).doesNotContain("stolen");
        ast.run(
                "login",
                "--no-browser",
                "--profile",
                "again",
                "--server",
                own.origin().toString());
        everyCommand();
        // The status makes no difference between platforms, so one that repeats a body is enough for all of them.
        for (String provider : status == 307 ? PROVIDERS : List.<String>of()) {
            everyCommand("--profile", "p-" + provider);
        }

        assertThat(other.connections()).isZero();
    }

    @Test
    void aTokenOfTheLineGoesToTheServerOfTheLineOnlyAndTheStoredOneNowhere() {
        signIn("astropods", "one", own);
        int before = own.requests().size();

        ast.run("api", "/x", "--profile", "one", "--server", other.origin().toString(), "--token", "secret-line");

        assertThat(other.requests("GET /x").get(0).header("Authorization")).contains("Bearer secret-line");
        assertNoSecret(other, "secret-one");
        assertThat(own.requests()).hasSize(before);
    }
}
