package dev.ast.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ast.domain.Failure;
import dev.ast.domain.FailureException;
import dev.ast.host.Environment;
import dev.ast.host.Interrupts;
import dev.ast.support.Answer;
import dev.ast.support.ScriptedServer;
import dev.ast.support.SocksProxy;
import dev.ast.support.TestAuthority;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpSocksTest {
    private static final TestAuthority AUTHORITY = new TestAuthority();
    private static final URI API = URI.create("https://api.test.invalid/me");

    @TempDir
    private Path folder;

    private final ScriptedServer server = ScriptedServer.https(AUTHORITY.serverKey("api.test.invalid", "192.0.2.1"))
            .on("*", any -> Answer.text(200, "hello"));
    private final SocksProxy proxy = SocksProxy.to(server.port());

    @AfterEach
    void close() {
        proxy.close();
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"socks5h", "socks", "SOCKS5H"})
    void theProxyLooksTheNameUp(String scheme) throws IOException {
        assertThat(send(HttpCall.get(API), "ALL_PROXY", scheme + "://127.0.0.1:" + proxy.port())
                        .text())
                .isEqualTo("hello");
        assertThat(proxy.requests()).containsExactly("3 api.test.invalid 443");
    }

    @Test
    void withSocks5NamesAreLookedUpHere() throws IOException {
        String value = "socks5://127.0.0.1:" + proxy.port();

        assertThat(send(HttpCall.get(URI.create("https://192.0.2.1/me")), "HTTPS_PROXY", value)
                        .text())
                .isEqualTo("hello");
        assertThat(proxy.requests()).containsExactly("1 192.0.2.1 443");
        FailureException unknown = failure(HttpCall.get(API), value);
        assertThat(unknown).hasMessageEndingWith("the name api.test.invalid was not found");
        assertThat(unknown.failure().hint().orElse("")).contains("socks5h://");
        assertThat(proxy.requests()).hasSize(1);
    }

    @Test
    void userAndPasswordGoToTheProxyOnly() throws IOException {
        proxy.asking("user:p@ss wörd");
        String value = "socks5h://user:p@ss%20w%C3%B6rd@127.0.0.1:" + proxy.port();

        assertThat(send(HttpCall.post(API).header("Authorization", "Bearer t"), "all_proxy", value)
                        .text())
                .isEqualTo("hello");
        assertThat(server.requests().get(0).header("Proxy-Authorization")).isEmpty();
        assertThat(failure(HttpCall.get(API), "socks5h://user:canary@127.0.0.1:" + proxy.port()))
                .hasMessageEndingWith("the proxy does not accept the user and the password");
        assertThat(failure(HttpCall.get(API), "socks5h://127.0.0.1:" + proxy.port()))
                .hasMessageEndingWith("the proxy asks for a user and a password");
        assertThat(failure(HttpCall.get(API), "socks5h://user:" + "canary".repeat(60) + "@127.0.0.1:" + proxy.port()))
                .hasMessageContaining("longer than the 255 bytes");
    }

    @ParameterizedTest
    @CsvSource({
        "1, the proxy failed",
        "2, the rules of the proxy do not allow it",
        "4, the proxy does not find or reach it",
        "5, 'connection refused, behind the proxy'",
        "8, the proxy does not support this kind of connection",
        "99, the proxy failed"
    })
    void whatTheProxyRefusesIsReported(int code, String why) {
        proxy.refusing(code);
        String value = "socks5h://127.0.0.1:" + proxy.port();

        assertThat(failure(HttpCall.post(API), value))
                .hasMessage("cannot reach https://api.test.invalid through the proxy " + value + ": " + why);
        assertThat(proxy.requests()).hasSize(1);
        assertThat(server.connections()).isZero();
    }

    @Test
    void whatIsNoSocksProxyIsReported() throws IOException {
        String value = "socks5h://127.0.0.1:" + proxy.port();
        proxy.answering("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        assertThat(failure(HttpCall.get(API), value)).hasMessageEndingWith("this proxy does not use SOCKS 5");
        proxy.answering(new byte[] {5});
        assertThat(failure(HttpCall.get(API), value)).hasMessageEndingWith("the proxy closed the connection");
        int port;
        try (ServerSocket taken = new ServerSocket(0)) {
            port = taken.getLocalPort();
        }
        assertThat(failure(HttpCall.get(API), "socks5://127.0.0.1:" + port).failure())
                .isInstanceOf(Failure.Unreachable.class);
        assertThat(failure(HttpCall.get(API), "socks5h://proxy.invalid:1080"))
                .hasMessageEndingWith("the name proxy.invalid of the proxy was not found");
    }

    @Test
    void aSilentProxyIsLeftAtTheDeadline() throws IOException {
        try (ServerSocket silent = new ServerSocket(0)) {
            HttpCall call = HttpCall.get(API).deadline(Duration.ofMillis(300));

            assertThat(failure(call, "socks5h://127.0.0.1:" + silent.getLocalPort())
                            .failure())
                    .isInstanceOf(Failure.Unreachable.class);
        }
    }

    @Test
    void noProxyAndLoopbackAreKept() throws IOException {
        try (ScriptedServer local = ScriptedServer.http().on("*", any -> Answer.status(204))) {
            assertThat(send(HttpCall.get(local.uri("/")), "ALL_PROXY", "socks5://127.0.0.1:" + proxy.port())
                            .status())
                    .isEqualTo(204);
        }
        assertThat(proxy.requests()).isEmpty();
    }

    private HttpAnswer send(HttpCall call, String variable, String value) throws IOException {
        Path bundle = Files.writeString(folder.resolve("ca.pem"), AUTHORITY.pem());
        Environment environment = Environment.of(Map.of("AST_CA_BUNDLE", bundle.toString(), variable, value));
        try (Http http = new Http(environment, new Interrupts(), "ast/1.2")) {
            return http.send(call);
        }
    }

    private FailureException failure(HttpCall call, String value) {
        FailureException failure = catchThrowableOfType(FailureException.class, () -> send(call, "ALL_PROXY", value));
        for (Throwable t = failure; t != null; t = t.getCause()) {
            assertThat(t.toString()).doesNotContain("canary");
        }
        return failure;
    }
}
