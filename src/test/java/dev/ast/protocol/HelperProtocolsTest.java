package dev.ast.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ast.support.AstResult;
import dev.ast.support.HelperDesk;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The exchange of every protocol, byte by byte as it is documented. */
class HelperProtocolsTest {
    // An hour after the desk's time.
    private static final String END = "2026-11-26T13:00:00Z";
    private static final long SECONDS = 1_795_698_000L;

    @TempDir
    private Path folder;

    private HelperDesk desk;

    @BeforeEach
    void signIn() {
        desk = new HelperDesk(folder)
                .profile(
                        "default",
                        "https://api.example.com",
                        Map.of("also_for", List.of("https://git.example.com", "https://index.example.com:8443")),
                        Map.of(
                                "refresh_token",
                                "rt-1",
                                "id_token",
                                "id-default",
                                "id_token_issued_at",
                                "2026-11-26T12:00:00Z",
                                "id_token_expires_at",
                                END));
    }

    private AstResult ok(String input, String... words) {
        AstResult answer = desk.ask(input, words);
        assertThat(answer.exit()).as("%s", answer).isZero();
        assertThat(answer.err()).isEmpty();
        return answer;
    }

    private String git(String request) {
        return ok(request, "git", "get").out();
    }

    @Test
    void gitGetsANameAndAPassword() {
        assertThat(git("protocol=https\nhost=git.example.com\npath=a/b.git\nunknown=x\nunknown[]=y\n\n"))
                .isEqualTo("username=oauth2\npassword=at-default\npassword_expiry_utc=" + SECONDS + "\n");
        desk.profile("default", "https://api.example.com", Map.of("git_user", "x-token"), Map.of());
        assertThat(git("protocol=https\nhost=git.example.com")).startsWith("username=x-token\n");
    }

    @Test
    void gitThatKnowsAuthtypeGetsABearerToken() {
        String bearer = "capability[]=authtype\nauthtype=Bearer\ncredential=at-default\nephemeral=1\n"
                + "password_expiry_utc=" + SECONDS + "\n";

        assertThat(git("capability[]=authtype\nprotocol=https\nhost=git.example.com\n"))
                .isEqualTo(bearer);
        assertThat(git("""
                        capability[]=authtype
                        capability[]=state
                        protocol=https
                        host=git.example.com
                        wwwauth[]=Basic realm="x"
                        wwwauth[]=Bearer realm="x"
                        """)).isEqualTo("capability[]=state\nstate[]=ast.profile=default\n" + bearer);
        // The server says that it takes no such token.
        assertThat(git("capability[]=authtype\nprotocol=https\nhost=git.example.com\nwwwauth[]=Basic realm=\"x\"\n"))
                .startsWith("username=oauth2\npassword=at-default\n");
        assertThat(ok("", "git", "capability").out()).isEqualTo("version 0\ncapability authtype\ncapability state\n");
    }

    @Test
    void gitStoresNothingAndUnknownOperationsAreIgnored() {
        String before = desk.stored();
        String request = "protocol=https\nhost=git.example.com\nusername=x\npassword=typed-secret\n\n";

        assertThat(ok(request, "git", "store").out()).isEmpty();
        assertThat(ok(request, "git", "something-new").out()).isEmpty();
        assertThat(desk.stored()).isEqualTo(before);
        assertThat(git("protocol=https\nhost=other.example.com\n")).isEmpty();
        assertThat(git("protocol=https\n\nhost=git.example.com\n")).isEmpty();
        assertThat(git("")).isEmpty();
    }

    @Test
    void gitsEraseOfTheStoredTokenMakesTheNextGetRenewIt() {
        String before = desk.stored();
        for (String other : List.of("password=another", "password=", "credential=", "username=at-default")) {
            ok("protocol=https\nhost=git.example.com\n" + other + "\n", "git", "erase");
        }
        ok("protocol=https\nhost=evil.example\npassword=at-default\n", "git", "erase");
        assertThat(desk.stored()).isEqualTo(before);

        ok("protocol=https\nhost=git.example.com\npassword=at-default\n", "git", "erase");
        assertThat(desk.stored()).contains("\"at-default\"", "\"rt-1\"", "\"expires_at\":\"2026-11-26T12:00:00Z\"");
        // There is no server here, so that the renewal fails; the token that was refused is not given again.
        AstResult next = desk.ask("protocol=https\nhost=git.example.com\n", "git", "get");
        assertThat(next.exit()).isEqualTo(6);
        assertThat(next.out()).isEmpty();
    }

    @Test
    void gitsEraseLeavesATokenThatNothingCanRenew() {
        desk.profile("fixed", "https://fixed.example.com");
        String before = desk.stored();

        ok("protocol=https\nhost=fixed.example.com\npassword=at-fixed\n", "git", "erase");
        assertThat(desk.stored()).isEqualTo(before);
        assertThat(git("protocol=https\nhost=fixed.example.com\n")).contains("at-fixed");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "protocol=https\r\nhost=git.example.com\r\n",
                "protocol=https\nhost=git.example.com\0.evil\n",
                "protocol=https\nhost=git.example.com\nno attribute\n",
                "protocol=https\nhost=git.example.com\n=x\n",
            })
    void gitsHostileRequestsAreErrors(String request) {
        AstResult get = desk.ask(request, "git", "get");

        assertThat(get.exit()).isEqualTo(2);
        assertThat(get.out()).isEmpty();
        assertThat(get.err()).contains("request of git").doesNotContain("at-default");
    }

    @ParameterizedTest
    @ValueSource(strings = {"git get", "git erase", "docker get", "bazel get", "cargo"})
    void moreThan64KibOrNoTextIsAnError(String command) {
        String[] words = command.split(" ", -1);
        for (byte[] input : List.of(
                ("protocol=https\nhost=git.example.com\nx=" + "x".repeat(64 * 1024)).getBytes(StandardCharsets.UTF_8),
                new byte[] {'a', '=', (byte) 0xc3, (byte) 0x28})) {
            AstResult answer = desk.ask(input, words);
            assertThat(answer.out() + answer.err()).as(command).doesNotContain("at-default");
            assertThat(answer.exit() == 2 || answer.out().contains("\"Err\""))
                    .as("%s: %s", command, answer)
                    .isTrue();
        }
    }

    @Test
    void dockerGetsTheTokenForAnOriginOfTheListToo() {
        assertThat(ok("git.example.com\n", "docker", "get").out())
                .isEqualTo("{\"ServerURL\":\"git.example.com\",\"Username\":\"token\",\"Secret\":\"at-default\"}\n");
        assertThat(ok("https://index.example.com:8443/v2/", "docker", "get").out())
                .contains("at-default");
        assertThat(ok("", "docker", "list").out())
                .isEqualTo("{\"git.example.com\":\"token\",\"index.example.com:8443\":\"token\"}\n");
        AstResult none = desk.ask("index.example.com\n", "docker", "get");
        assertThat(none.exit()).isEqualTo(1);
        assertThat(none.out()).isEqualTo("credentials not found in native keychain\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"v1", "v1beta1"})
    void kubectlGetsTheIdTokenInTheVersionThatItAsksFor(String version) {
        desk.env("KUBERNETES_EXEC_INFO", """
                {"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/%s","spec":{"cluster":\
                {"server":"https://api.example.com/k8s/clusters/c-1","config":null},"interactive":true}}""".formatted(version));

        assertThat(ok("", "kubectl").out())
                .isEqualTo("{\"kind\":\"ExecCredential\",\"apiVersion\":\"client.authentication.k8s.io/" + version
                        + "\",\"spec\":{},\"status\":{\"expirationTimestamp\":\"" + END
                        + "\",\"token\":\"id-default\"}}\n");
        assertThat(ok("", "kubectl", "--access-token").out()).contains("\"token\":\"at-default\"");
    }

    @Test
    void kubectlsOtherRequests() {
        assertThat(ok("", "kubectl").out())
                .contains("\"apiVersion\":\"client.authentication.k8s.io/v1\"", "id-default");
        desk.env("KUBERNETES_EXEC_INFO", "{\"apiVersion\":\"client.authentication.k8s.io/v1alpha1\"}");
        assertThat(desk.ask("", "kubectl").exit()).isEqualTo(2);
        desk.env("KUBERNETES_EXEC_INFO", "not JSON");
        assertThat(desk.ask("", "kubectl").exit()).isEqualTo(2);
        desk.env(
                "KUBERNETES_EXEC_INFO",
                "{\"apiVersion\":\"client.authentication.k8s.io/v1\",\"spec\":{\"cluster\":"
                        + "{\"server\":\"https://evil.example\"}}}");
        AstResult evil = desk.ask("", "kubectl");
        assertThat(evil.exit()).isEqualTo(4);
        assertThat(evil.out()).isEmpty();
        assertThat(evil.err()).contains("no profile that is signed in answers for https://evil.example");
    }

    @Test
    void terraform() {
        assertThat(ok("", "terraform", "get", "git.example.com").out()).isEqualTo("{\"token\":\"at-default\"}\n");
        assertThat(ok("", "terraform", "get", "other.example.com").out()).isEqualTo("{}\n");
        AstResult store = desk.ask("{\"token\":\"typed-secret\"}", "terraform", "store", "git.example.com");
        assertThat(store.exit()).isEqualTo(1);
        assertThat(store.err()).contains("no token of terraform's is stored").doesNotContain("typed-secret");
        AstResult forget = desk.ask("", "terraform", "forget", "git.example.com");
        assertThat(forget.exit()).isZero();
        assertThat(forget.err()).contains("ast logout");
        assertThat(desk.ask("", "terraform", "get").exit()).isEqualTo(2);
    }

    @Test
    void bazel() {
        assertThat(ok("{\"uri\":\"https://git.example.com/cache/x\",\"new\":{}}", "bazel", "get")
                        .out())
                .isEqualTo("{\"headers\":{\"Authorization\":[\"Bearer at-default\"]},\"expires\":\"" + END + "\"}\n");
        assertThat(ok("{\"uri\":\"https://other.example.com\"}", "bazel", "get").out())
                .isEqualTo("{\"headers\":{}}\n");
        for (String wrong : List.of("", "{}", "[]", "{\"uri\":1}", "{\"uri\":\"a\",\"uri\":\"b\"}")) {
            assertThat(desk.ask(wrong, "bazel", "get").exit()).as(wrong).isEqualTo(2);
        }
    }

    @Test
    void cargo() {
        String hello = "{\"v\":[1]}\n";
        String get = "{\"v\":1,\"registry\":{\"index-url\":\"sparse+https://index.example.com:8443/index/\","
                + "\"name\":\"mine\",\"headers\":[\"WWW-Authenticate: Cargo\"]},\"kind\":\"get\",\"operation\":\"read\","
                + "\"args\":[]}\n";
        String found = "{\"Ok\":{\"kind\":\"get\",\"token\":\"Bearer at-default\",\"cache\":\"expires\","
                + "\"expiration\":" + SECONDS + ",\"operation_independent\":true}}\n";

        assertThat(ok(get, "cargo", "--cargo-plugin").out()).isEqualTo(hello + found);
        assertThat(ok("", "cargo").out()).isEqualTo(hello);
        assertThat(ok(
                                get.replace("index.example.com", "other.example.com")
                                        + get.replace("\"get\"", "\"login\"")
                                        + get.replace("\"get\"", "\"logout\"")
                                        + get,
                                "cargo")
                        .out())
                .isEqualTo(hello
                        + "{\"Err\":{\"kind\":\"not-found\"}}\n"
                        + "{\"Err\":{\"kind\":\"operation-not-supported\"}}\n".repeat(2)
                        + found);
        assertThat(ok("not JSON\n" + get.replace("\"v\":1", "\"v\":2"), "cargo")
                        .out()
                        .lines())
                .hasSize(3)
                .anyMatch(line -> line.startsWith("{\"Err\":{\"kind\":\"other\",\"message\":\"a request of cargo"));
    }

    @Test
    void go() {
        assertThat(ok("", "go").out()).isEqualTo("""
                        https://git.example.com
                        https://index.example.com:8443
                        https://api.example.com

                        Authorization: Bearer at-default

                        """);
        assertThat(ok("HTTP/1.1 401 Unauthorized\n\n", "go", "https://git.example.com/mod?go-get=1")
                        .out())
                .isEqualTo("https://git.example.com\n\nAuthorization: Bearer at-default\n\n");
        assertThat(ok("", "go", "https://other.example.com/mod").out()).isEmpty();
    }

    @Test
    void google() {
        assertThat(ok("", "google").out())
                .isEqualTo("{\"version\":1,\"success\":true,"
                        + "\"token_type\":\"urn:ietf:params:oauth:token-type:id_token\",\"id_token\":\"id-default\","
                        + "\"expiration_time\":" + SECONDS + "}\n");
        desk.env("GOOGLE_EXTERNAL_ACCOUNT_TOKEN_TYPE", "urn:ietf:params:oauth:token-type:jwt");
        assertThat(ok("", "google").out()).contains("token-type:jwt");
        desk.env("GOOGLE_EXTERNAL_ACCOUNT_TOKEN_TYPE", "urn:ietf:params:oauth:token-type:saml2");
        AstResult saml = desk.ask("", "google");
        assertThat(saml.exit()).isEqualTo(2);
        assertThat(saml.out()).startsWith("{\"version\":1,\"success\":false,\"code\":\"usage\",\"message\":\"GOOGLE_");
        desk.withoutEnv("GOOGLE_EXTERNAL_ACCOUNT_TOKEN_TYPE").env("AST_PROFILE", "nobody");
        AstResult nobody = desk.ask("", "google");
        assertThat(nobody.exit()).isEqualTo(4);
        assertThat(nobody.out()).contains("\"success\":false,\"code\":\"not_signed_in\"");
    }

    @Test
    void headers() {
        assertThat(ok("", "headers").out()).isEqualTo("Authorization: Bearer at-default\n");
        assertThat(ok("", "headers", "https://git.example.com/x").out()).contains("at-default");
        assertThat(desk.ask("", "headers", "https://other.example.com").exit()).isEqualTo(4);
    }
}
