package dev.ast.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ast.domain.Failure;
import dev.ast.domain.FailureException;
import dev.ast.host.Environment;
import dev.ast.host.Interrupts;
import dev.ast.http.TransportFailure.Kind;
import dev.ast.support.Answer;
import dev.ast.support.Case;
import dev.ast.support.ConnectProxy;
import dev.ast.support.EvilServer;
import dev.ast.support.Request;
import dev.ast.support.ScriptedServer;
import dev.ast.support.TestAuthority;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpProxyTest {
    private static final TestAuthority AUTHORITY = new TestAuthority();
    private static final URI API = URI.create("https://api.test.invalid/me?x=1");

    @TempDir
    Path folder;

    private final ScriptedServer server =
            ScriptedServer.https(AUTHORITY.serverKey("api.test.invalid")).on("*", any -> Answer.text(200, "hello"));
    private final ConnectProxy proxy = ConnectProxy.to(server.port());

    @AfterEach
    void close() {
        proxy.close();
        server.close();
    }

    @Test
    @Case("C09")
    void anHttpsAddressIsReachedThroughATunnelInWhichTheProxySeesNothing() {
        HttpAnswer answer = send(HttpCall.post(API)
                .header("Authorization", "Bearer canary-token")
                .form(Map.of("refresh_token", "canary-refresh")));
        assertThat(answer.text()).isEqualTo("hello");
        Request asked = proxy.requests().get(0);
        assertThat(asked.toString()).isEqualTo("CONNECT api.test.invalid:443");
        assertThat(asked.headers())
                .containsExactlyInAnyOrder(
                        Map.entry("Host", "api.test.invalid:443"),
                        Map.entry("User-Agent", "ast/1.2"),
                        Map.entry("Proxy-Authorization", "Basic dXNlcjpwQHNzIHfDtnJk"));
        assertThat(proxy.seen()).isNotEmpty().doesNotContain("canary");
        Request arrived = server.requests().get(0);
        assertThat(arrived.header("Proxy-Authorization")).isEmpty();
        assertThat(arrived.header("Authorization")).contains("Bearer canary-token");
        assertThat(arrived.target()).isEqualTo("/me?x=1");
    }

    @Test
    void theProxyMayBeSpokenToInTls() {
        try (ConnectProxy secured = ConnectProxy.to(server.port(), AUTHORITY.serverKey("127.0.0.1"))) {
            HttpAnswer answer = send(HttpCall.get(API), "HTTPS_PROXY", "https://u:p@127.0.0.1:" + secured.port() + "/");
            assertThat(answer.text()).isEqualTo("hello");
            assertThat(secured.requests().get(0).header("Proxy-Authorization")).contains("Basic dTpw");
            assertThat(server.requests().get(0).header("Proxy-Authorization")).isEmpty();
        }
    }

    @Test
    void aProxyInTlsMustBeTrustedToo() {
        try (ConnectProxy secured = ConnectProxy.to(server.port(), TestAuthority.selfSigned("127.0.0.1"))) {
            String address = "https://u:canary@127.0.0.1:" + secured.port();
            FailureException failure = failureOf(HttpCall.get(API), "HTTPS_PROXY", address);
            assertThat(failure)
                    .hasMessage("cannot trust https://api.test.invalid or the proxy https://127.0.0.1:" + secured.port()
                            + ": its certificate is self-signed or of an unknown authority");
            assertThat(secured.requests()).isEmpty();
        }
    }

    @ParameterizedTest
    @Case("C09")
    @CsvSource({
        "407, the proxy asks for another user or password (407)",
        "403, the proxy refused the tunnel (403)",
        "502, the proxy refused the tunnel (502)",
        "204, the proxy refused the tunnel (204)",
        "302, the proxy refused the tunnel (302)"
    })
    void whatTheProxyAnswersIsNeverTakenForTheServer(int status, String why) {
        try (EvilServer evil = new EvilServer()) {
            proxy.refusing(Answer.redirect(status, evil.uri("/"))
                    .header("Proxy-Authenticate", "Basic realm=\"x\"")
                    .body("{\"access_token\":\"evil\"}".getBytes(java.nio.charset.StandardCharsets.UTF_8)));
            FailureException failure = failureOf(HttpCall.post(API));
            assertThat(failure)
                    .hasMessage("cannot reach https://api.test.invalid through the proxy 127.0.0.1:" + proxy.port()
                            + ": " + why);
            assertProxy(failure);
            assertThat(proxy.requests()).hasSize(1);
            assertThat(server.connections()).isZero();
        }
    }

    @Test
    void aProxyThatIsNotThereIsReported() throws Exception {
        int port;
        try (ServerSocket taken = new ServerSocket(0)) {
            port = taken.getLocalPort();
        }
        FailureException refused = failureOf(HttpCall.get(API), "HTTPS_PROXY", "http://u:canary@127.0.0.1:" + port);
        assertThat(refused)
                .hasMessage("cannot reach https://api.test.invalid through the proxy 127.0.0.1:" + port
                        + ": connection refused");
        assertProxy(refused);
        FailureException unknown = failureOf(HttpCall.get(API), "HTTPS_PROXY", "proxy.invalid:3128");
        assertThat(unknown)
                .hasMessage("cannot reach https://api.test.invalid through the proxy proxy.invalid:3128: "
                        + "the name proxy.invalid was not found");
        assertProxy(unknown);
    }

    @Test
    void aProxyThatHangsUpOrSpeaksNoHttpIsReported() {
        for (String noise : new String[] {"", "SSH-2.0-x\r\n"}) {
            proxy.refusing(Answer.raw(noise));
            FailureException failure = failureOf(HttpCall.get(API));
            assertThat(failure)
                    .hasMessageStartingWith("cannot reach https://api.test.invalid through the proxy 127.0.0.1:");
            assertProxy(failure);
        }
    }

    @Test
    @Case("C09")
    void loopbackIsNeverProxied() {
        try (ScriptedServer local = ScriptedServer.http().on("*", any -> Answer.status(204))) {
            for (String variable : new String[] {"HTTP_PROXY", "http_proxy", "ALL_PROXY", "HTTPS_PROXY"}) {
                assertThat(send(HttpCall.get(local.uri("/")), variable, proxyAddress())
                                .status())
                        .isEqualTo(204);
            }
        }
        assertThat(proxy.requests()).isEmpty();
    }

    @Test
    void theVariableForPlainHttpIsNotUsedForHttps() {
        FailureException failure = failureOf(HttpCall.get(API), "HTTP_PROXY", proxyAddress());
        assertThat(failure)
                .hasMessage("cannot reach https://api.test.invalid: the name api.test.invalid was not found");
        assertThat(proxy.requests()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"})
    void theseVariablesNameTheProxyForHttps(String variable) {
        assertThat(send(HttpCall.get(API), variable, proxyAddress()).text()).isEqualTo("hello");
    }

    @Test
    @Case("C09")
    void theProxyOfTheJvmIsIgnored() {
        System.setProperty("https.proxyHost", "127.0.0.1");
        System.setProperty("https.proxyPort", Integer.toString(proxy.port()));
        try {
            assertThat(failureOf(HttpCall.get(API), "X", "y")).hasMessageEndingWith("was not found");
            assertThat(proxy.requests()).isEmpty();
        } finally {
            System.clearProperty("https.proxyHost");
            System.clearProperty("https.proxyPort");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "socks4://u:canary@proxy:1080",
                "http://u:canary@",
                "http://u:canary@proxy:99999",
                "http://u:canary@proxy/path",
                "http://u:canary@pro xy",
                "http://u:can%0Aary@proxy:1"
            })
    void anAddressThatIsNoneIsAMistakeOfTheUserAndNotShown(String address) {
        FailureException failure = failureOf(HttpCall.get(API), "HTTPS_PROXY", address);
        assertThat(failure.failure()).isInstanceOf(Failure.Usage.class);
        assertThat(failure).hasMessage("HTTPS_PROXY is not the address of an http or SOCKS 5 proxy");
    }

    private String proxyAddress() {
        return "http://user:p@ss%20w%C3%B6rd@127.0.0.1:" + proxy.port();
    }

    private HttpAnswer send(HttpCall call) {
        return send(call, "HTTPS_PROXY", proxyAddress());
    }

    private HttpAnswer send(HttpCall call, String variable, String value) {
        try {
            Path bundle = Files.writeString(folder.resolve("ca.pem"), AUTHORITY.pem());
            Map<String, String> variables = new TreeMap<>(Map.of("AST_CA_BUNDLE", bundle.toString(), variable, value));
            try (Http http = new Http(Environment.of(variables), new Interrupts(), "ast/1.2")) {
                return http.send(call);
            }
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private FailureException failureOf(HttpCall call) {
        return failureOf(call, "HTTPS_PROXY", proxyAddress());
    }

    private FailureException failureOf(HttpCall call, String variable, String value) {
        FailureException failure = catchThrowableOfType(FailureException.class, () -> send(call, variable, value));
        for (Throwable t = failure; t != null; t = t.getCause()) {
            assertThat(t.toString())
                    .doesNotContain("canary")
                    .doesNotContain("p@ss")
                    .doesNotContain("x=1");
        }
        return failure;
    }

    private static void assertProxy(FailureException failure) {
        assertThat(failure.failure()).isInstanceOf(Failure.Unreachable.class);
        assertThat(failure.failure().hint()).contains("check HTTPS_PROXY, ALL_PROXY and NO_PROXY");
        assertThat(TransportFailure.in(failure).orElseThrow().kind()).isEqualTo(Kind.PROXY);
        assertThat(TransportFailure.in(failure).orElseThrow().mayHaveBeenSent()).isFalse();
    }
}
