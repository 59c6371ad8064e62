package dev.ast.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ast.sandbox.server.SandboxOptions;
import dev.ast.sandbox.server.SandboxServer;
import dev.ast.support.Answer;
import dev.ast.support.AstInside;
import dev.ast.support.AstResult;
import dev.ast.support.Case;
import dev.ast.support.Request;
import dev.ast.support.Script;
import dev.ast.support.ScriptedServer;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code login --web} against the real sandbox server, and against one that misbehaves. */
class BrowserLoginTest {
    private static final String OPEN = "(?m)^  Open: (\\S+)$";
    private static final SandboxServer SERVER = new SandboxServer();

    @TempDir
    private Path home;

    @BeforeAll
    static void start() throws IOException {
        SERVER.start(SandboxOptions.DEFAULTS);
    }

    @AfterAll
    static void stop() {
        SERVER.close();
    }

    @Test
    void signsInThroughTheLoopbackAddress() throws Exception {
        AstInside ast = AstInside.in(home);
        AstInside.Run login = start(ast, "--no-browser");
        URI address = URI.create(login.awaitErr(OPEN));
        Map<String, String> asked = query(address);
        assertThat(asked)
                .containsEntry("response_type", "code")
                .containsEntry("client_id", "ast-sandbox")
                .containsEntry("code_challenge_method", "S256")
                .containsEntry("scope", "openid profile email offline_access")
                .containsKeys("state", "nonce", "code_challenge");
        assertThat(asked.get("redirect_uri")).matches("http://127\\.0\\.0\\.1:[0-9]+/callback");
        assertThat(asked.get("state")).hasSizeGreaterThanOrEqualTo(43);

        WebUser user = new WebUser();
        URI callback = user.decide(address, true);
        HttpResponse<String> page = user.get(callback);

        AstResult end = login.end();
        assertThat(end.exit()).as(end.err()).isZero();
        assertThat(page.body()).contains("You are signed in to the terminal");
        assertThat(end.out()).contains("Successfully authenticated as ada@example.com");
        assertThat(ast.run("whoami").out()).contains("ada@example.com");
        assertThat(ast.run("token").out()).hasLineCount(1);
        assertThatThrownBy(() -> user.get(callback)).isInstanceOf(ConnectException.class);
        String code = query(callback).get("code");
        assertThat(end.out() + end.err()).doesNotContain(code);
    }

    @Test
    void aSessionThatIsBoundToAKeyIsGoodAtEveryEndpoint() throws Exception {
        AstInside ast = AstInside.in(home);
        AstInside.Run login = start(ast, "--no-browser", "--dpop");
        WebUser user = new WebUser();
        user.get(user.decide(URI.create(login.awaitErr(OPEN)), true));
        AstResult end = login.end();

        assertThat(end.exit()).as(end.err()).isZero();
        assertThat(end.out()).as(end.err()).contains("ada@example.com");
        String before = ast.run("token").out();
        AstResult check = ast.run("status", "--check");
        AstResult api = ast.run("api", "GET", "/api/v1/me");
        assertThat(check.exit()).as(check.err()).isZero();
        assertThat(api.exit()).as(api.err()).isZero();
        assertThat(ast.run("--token", before.strip(), "api", "GET", "/api/v1/me")
                        .exit())
                .as("the same token without its key")
                .isEqualTo(4);
        AstResult userInfo = ast.run("api", "GET", "/userinfo");
        assertThat(userInfo.exit()).as(userInfo.err()).isZero();
        ast.pass(Duration.ofSeconds(5));
        AstResult renewed = ast.run("token", "--min-ttl", "299s");
        assertThat(renewed.out()).as(renewed.err()).isNotEqualTo(before);
        assertThat(ast.run("api", "GET", "/api/v1/me").exit()).isZero();
        assertThat(ast.run("logout").exit()).isZero();
    }

    @Test
    @Case("A08")
    void theBrowserIsStartedWithTheAddressAsOneArgument() throws Exception {
        Path seen = home.resolve("seen");
        Path program =
                Script.write(home.resolve("browser"), "#!/bin/sh\nprintf '%s|%s' \"$#\" \"$1\" > " + seen + "\n");
        AstInside ast = AstInside.in(home).env("BROWSER", program.toString());

        AstInside.Run login = start(ast);
        login.awaitErr("Opening browser for authentication");
        String address = login.awaitErr(OPEN);
        login.interrupt();
        login.end();

        assertThat(Files.readString(seen)).isEqualTo("1|" + address);
    }

    @Test
    void denyingInTheBrowserIsDenied() throws Exception {
        AstInside.Run login = start(AstInside.in(home), "--no-browser");
        WebUser user = new WebUser();
        URI callback = user.decide(URI.create(login.awaitErr(OPEN)), false);

        assertThat(user.get(callback).body()).contains("The sign-in was refused");
        AstResult end = login.end();
        assertThat(end.exit()).isEqualTo(3);
        assertThat(end.err()).contains("ast: the sign-in was refused in the browser");
        assertThat(home.resolve(".ast/credentials.json")).doesNotExist();
    }

    @Test
    void anAnswerWithAnotherStateChangesNothingAndTheRealOneStillCounts() throws Exception {
        AstInside.Run login = start(AstInside.in(home), "--no-browser");
        URI address = URI.create(login.awaitErr(OPEN));
        String redirect = query(address).get("redirect_uri");

        for (String other : new String[] {"?code=stolen&state=guessed", "?code=stolen", "?error=access_denied"}) {
            HttpResponse<String> page = new WebUser().get(URI.create(redirect + other));
            assertThat(page.statusCode()).isEqualTo(400);
        }
        login.awaitErr("does not belong to this sign-in: its state is not the one that was sent");
        WebUser user = new WebUser();
        user.get(user.decide(address, true));

        AstResult end = login.end();
        assertThat(end.exit()).as(end.err()).isZero();
        assertThat(end.err())
                .containsOnlyOnce("does not belong to this sign-in")
                .doesNotContain("stolen", "guessed");
    }

    @Test
    void anAnswerOfAnotherIssuerIsNotBelieved() throws Exception {
        AstInside.Run login = start(AstInside.in(home), "--no-browser");
        Map<String, String> asked = query(URI.create(login.awaitErr(OPEN)));

        new WebUser()
                .get(URI.create(asked.get("redirect_uri") + "?code=x&state=" + asked.get("state") + "&iss="
                        + URLEncoder.encode("https://evil.example", StandardCharsets.UTF_8)));

        AstResult end = login.end();
        assertThat(end.exit()).isEqualTo(6);
        assertThat(end.err()).contains("https://evil.example");
    }

    @Test
    void aServerErrorInTheCallbackIsShownWithItsWordsMadeHarmless() throws Exception {
        AstInside.Run login = start(AstInside.in(home), "--no-browser");
        Map<String, String> asked = query(URI.create(login.awaitErr(OPEN)));

        new WebUser()
                .get(URI.create(asked.get("redirect_uri") + "?error=invalid_scope&error_description=%1B%5B2Jno&state="
                        + asked.get("state")));

        AstResult end = login.end();
        assertThat(end.exit()).isEqualTo(1);
        assertThat(end.err()).contains("invalid_scope").doesNotContain("\u001b");
    }

    @Test
    void ctrlCEndsItAtOnceAndFreesThePort() throws Exception {
        AstInside.Run login = start(AstInside.in(home), "--no-browser");
        int port = URI.create(query(URI.create(login.awaitErr(OPEN))).get("redirect_uri"))
                .getPort();

        login.interrupt();

        assertThat(login.end().exit()).isEqualTo(130);
        new ServerSocket(port, 1, InetAddress.getLoopbackAddress()).close();
    }

    @Test
    void twoSignInsAtOnceDoNotDisturbOneAnother() throws Exception {
        AstInside ast = AstInside.in(home);
        AstInside.Run one = start(ast, "--no-browser", "--profile", "one");
        AstInside.Run two = start(ast, "--no-browser", "--profile", "two");
        for (AstInside.Run login : new AstInside.Run[] {two, one}) {
            WebUser user = new WebUser();
            user.get(user.decide(URI.create(login.awaitErr(OPEN)), true));
            AstResult end = login.end();
            assertThat(end.exit()).as(end.err()).isZero();
        }
        assertThat(ast.run("profile", "list").out()).contains("one", "two");
    }

    @Test
    void theCodeIsSentOnceWithItsVerifierAndALostAnswerIsTheEnd() throws Exception {
        try (ScriptedServer server = codeOnlyServer()) {
            server.on("POST /token", Answer.raw("HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{\"acc"));
            AstInside.Run login = AstInside.in(home)
                    .start(
                            "login",
                            "--provider",
                            "oidc",
                            "--issuer",
                            server.origin().toString(),
                            "--client-id",
                            "cli");
            login.awaitErr("the server offers no sign-in by code");
            Map<String, String> asked = query(URI.create(login.awaitErr(OPEN)));
            new WebUser().get(URI.create(asked.get("redirect_uri") + "?code=c0de&state=" + asked.get("state")));

            AstResult end = login.end();
            assertThat(end.exit()).isEqualTo(6);
            assertThat(end.err()).contains("the approval is used up").contains("hint: start again");
            assertThat(server.requests("POST /token")).hasSize(1);
            Request sent = server.requests("POST /token").get(0);
            assertThat(sent.form())
                    .containsEntry("grant_type", "authorization_code")
                    .containsEntry("code", "c0de")
                    .containsEntry("client_id", "cli")
                    .containsEntry("redirect_uri", asked.get("redirect_uri"))
                    .doesNotContainKey("client_secret");
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest(sent.form().get("code_verifier").getBytes(StandardCharsets.US_ASCII));
            assertThat(Base64.getUrlEncoder().withoutPadding().encodeToString(hash))
                    .isEqualTo(asked.get("code_challenge"));
            assertThat(home.resolve(".ast/credentials.json")).doesNotExist();
        }
    }

    @Test
    void withoutDeviceGrantACodeIsRefusedInWords() {
        try (ScriptedServer server = codeOnlyServer()) {
            AstResult end = AstInside.in(home)
                    .run(
                            "login",
                            "--device",
                            "--provider",
                            "oidc",
                            "--issuer",
                            server.origin().toString(),
                            "--client-id",
                            "c");

            assertThat(end.exit()).isEqualTo(1);
            assertThat(end.err()).contains("does not offer sign-in by code");
        }
    }

    @Test
    void aFixedPortThatIsTakenIsReportedWithAnotherWay() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            AstInside ast = AstInside.in(home)
                    .config("ast:\n  providers:\n    sandbox:\n      redirect-port: " + taken.getLocalPort() + "\n");

            AstResult end = start(ast, "--no-browser").end();

            assertThat(end.exit()).isEqualTo(1);
            assertThat(end.err())
                    .contains("cannot listen on 127.0.0.1:" + taken.getLocalPort())
                    .contains("hint: sign in by code: ast login --device");
        }
    }

    @Test
    void aClosedTabIsTheEndAfterTwoMinutesWithoutATerminal() {
        AstInside ast = AstInside.in(home);
        AstInside.Run login = start(ast, "--no-browser");
        login.awaitErr(OPEN);

        ast.pass(java.time.Duration.ofMinutes(2));

        AstResult end = login.end();
        assertThat(end.exit()).isEqualTo(8);
        assertThat(end.err()).contains("hint: sign in by code: ast login --device");
    }

    @Test
    void aPlatformThatPrefersTheBrowserUsesACodeWhereThereIsNoneOnThisScreen() {
        try (ScriptedServer server = ScriptedServer.http()) {
            String place = server.origin().toString();
            server.on(
                    "GET /.well-known/openid-configuration",
                    Answer.json("{\"issuer\":\"" + place + "\",\"authorization_endpoint\":\"" + place
                            + "/authorize\",\"token_endpoint\":\"" + place
                            + "/token\",\"device_authorization_endpoint\":\"" + place + "/device\"}"));
            server.on(
                    "POST /device",
                    Answer.json("{\"device_code\":\"d\",\"user_code\":\"U\",\"verification_uri\":\"" + place
                            + "/verify\",\"expires_in\":10}"));
            server.on("POST /token", Answer.json(400, "{\"error\":\"access_denied\"}"));
            AstInside ast = AstInside.in(home).env("SSH_CONNECTION", "1 2 3 4").env("BROWSER", "/bin/true");

            AstResult end = ast.run("login", "--provider", "seqera", "--server", place);

            assertThat(end.exit()).isEqualTo(3);
            assertThat(end.err()).contains("Signing in by code: no browser on this machine can be used", "Code: U");
            ast.withoutEnv("SSH_CONNECTION");
            AstInside.Run here = ast.start("login", "--provider", "seqera", "--server", place);
            here.awaitErr("Signing in by the browser on this machine; for a code use --device");
            here.interrupt();
            assertThat(here.end().exit()).isEqualTo(130);
        }
    }

    @Test
    void theTimeOfTheWaitCanBeSet() {
        AstInside ast = AstInside.in(home);
        AstInside.Run login = start(ast, "--no-browser", "--timeout", "30m");
        login.awaitErr(OPEN);

        ast.pass(java.time.Duration.ofMinutes(4));
        login.awaitErr(OPEN);
        login.interrupt();
        assertThat(login.end().exit()).isEqualTo(130);
        AstInside.Run brief = start(ast, "--no-browser", "--timeout", "10s");
        brief.awaitErr(OPEN);
        ast.pass(java.time.Duration.ofSeconds(10));
        assertThat(brief.end().exit()).isEqualTo(8);
        assertThat(start(ast, "--timeout", "0").end().exit()).isEqualTo(2);
        assertThat(start(ast, "--timeout", "2d").end().exit()).isEqualTo(2);
    }

    @Test
    void aMachineBehindSshIsToldHowToForwardThePort() throws Exception {
        AstInside ast = AstInside.in(home).env("SSH_CONNECTION", "10.0.0.1 5 10.0.0.2 22");
        AstInside.Run login = start(ast);
        int port = URI.create(query(URI.create(login.awaitErr(OPEN))).get("redirect_uri"))
                .getPort();

        login.awaitErr("  ssh -L " + port + ":127.0.0.1:" + port + " HOST\n");
        login.interrupt();

        // Nobody is asked without a terminal.
        assertThat(login.end().err()).doesNotContain("paste", "not shown");
    }

    @Test
    void theListenerGoesWhereTheUserSays() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        AstInside ast = AstInside.in(home);
        AstInside.Run login = start(ast, "--no-browser", "--listen", "0.0.0.0:" + port);
        assertThat(query(URI.create(login.awaitErr(OPEN))).get("redirect_uri"))
                .isEqualTo("http://127.0.0.1:" + port + "/callback");
        login.interrupt();

        assertThat(login.end().err()).containsOnlyOnce("warning: other machines can reach the port " + port);
        AstInside.Run here = start(ast, "--no-browser", "--listen", "127.0.0.1:0");
        here.awaitErr(OPEN);
        here.interrupt();
        assertThat(here.end().err()).doesNotContain("warning: other machines");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "8400",
                "127.0.0.1",
                "127.0.0.1:65536",
                "127.0.0.1:x",
                "example.com:1",
                "300.1.1.1:1",
                "::1:5",
                ""
            })
    void whatIsNoAddressToListenAtIsAUsageError(String bad) {
        AstResult end = start(AstInside.in(home), "--listen", bad).end();

        assertThat(end.exit()).isEqualTo(2);
        assertThat(end.err()).contains("not an address to listen at").contains("127.0.0.1:8400");
    }

    @Test
    void pastingNeedsATerminal() {
        AstResult end = start(AstInside.in(home), "--paste").end();

        assertThat(end.exit()).isEqualTo(2);
        assertThat(end.err()).contains("cannot ask here: the final address of the browser");
    }

    @Test
    void aSignInInAJobIsRefusedWhereAVariableHasTheToken() {
        AstResult end =
                start(AstInside.in(home).env("AST_TOKEN", "tok-from-the-job")).end();

        assertThat(end.exit()).isEqualTo(2);
        assertThat(end.err()).contains("AST_TOKEN", "hint: unset AST_TOKEN").doesNotContain("tok-from-the-job");
        assertThat(end.err()).doesNotContain("Open:");
    }

    @Test
    void twoWaysAtOnceAreAUsageError() {
        assertThat(AstInside.in(home).run("login", "--paste", "--device").exit())
                .isEqualTo(2);
        assertThat(AstInside.in(home).run("login", "--web", "--device").exit()).isEqualTo(2);
        assertThat(AstInside.in(home).run("login", "--web", "--with-token").exit())
                .isEqualTo(2);
    }

    private static ScriptedServer codeOnlyServer() {
        ScriptedServer server = ScriptedServer.http();
        String place = server.origin().toString();
        return server.on(
                "GET /.well-known/openid-configuration",
                Answer.json("{\"issuer\":\"" + place + "\",\"authorization_endpoint\":\"" + place
                        + "/authorize\",\"token_endpoint\":\"" + place + "/token\"}"));
    }

    private static AstInside.Run start(AstInside ast, String... more) {
        String[] words = new String[more.length + 6];
        String[] first = {"login", "--web", "--provider", "sandbox", "--issuer", SERVER.issuer()};
        System.arraycopy(first, 0, words, 0, first.length);
        System.arraycopy(more, 0, words, first.length, more.length);
        return ast.start(words);
    }

    private static Map<String, String> query(URI address) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (String field : address.getRawQuery().split("&", -1)) {
            String[] pair = field.split("=", 2);
            fields.put(pair[0], URLDecoder.decode(pair[1], StandardCharsets.UTF_8));
        }
        return fields;
    }
}
