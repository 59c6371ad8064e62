package dev.ast.sandbox.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ast.sandbox.server.SandboxClient.Answer;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the pages promise without a browser being asked. */
class PageSafetyTest {

    private static final SandboxServer SERVER = new SandboxServer();
    private static SandboxClient browser;

    @BeforeAll
    static void start() throws IOException {
        SERVER.start(SandboxOptions.DEFAULTS);
        browser = new SandboxClient(SERVER);
    }

    @AfterAll
    static void stop() {
        SERVER.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/device", "/login", "/device/allowed", "/device/denied", "/nowhere"})
    void noPageMayBeFramedKeptOrRunScripts(String path) {
        Answer page = browser.get(path);

        assertThat(page.header("Content-Type")).isEqualTo("text/html;charset=UTF-8");
        assertThat(page.header("Content-Security-Policy"))
                .startsWith("default-src 'none'; style-src 'sha256-")
                .contains("frame-ancestors 'none'")
                .doesNotContain("script-src")
                .doesNotContain("unsafe");
        assertThat(page.header("X-Frame-Options")).isEqualTo("DENY");
        assertThat(page.header("Cache-Control")).contains("no-store");
        assertThat(page.header("Referrer-Policy")).isEqualTo("no-referrer");
        assertThat(page.body()).contains("<html lang=\"en\">").doesNotContain("<script", "{{", "src=");
    }

    @Test
    void theCodeOfTheAddressIsFilledInAsText() {
        assertThat(browser.get("/device?user_code=BCDF-GHJK").body()).contains("value=\"BCDF-GHJK\"");
        assertThat(browser.get("/device?user_code=%22%3E%3Cb%3Ex").body())
                .contains("value=\"&quot;&gt;&lt;b&gt;x\"")
                .doesNotContain("<b>x");
    }

    @Test
    void consentCannotBeAskedForWithoutAWaitingSignIn() {
        assertThat(browser.get("/consent?state=made-up&client_id=evil&scope=all")
                        .header("Location"))
                .endsWith("/login");
    }

    @Test
    void anUnknownPageIsNotFoundWithoutDetails() {
        Answer page = browser.get("/nowhere");

        assertThat(page.status()).isEqualTo(404);
        assertThat(page.body()).contains("There is nothing here").doesNotContain("Exception", "springframework");
    }

    @Test
    void otherNamesThanItsOwnAreRefused() throws IOException {
        URI issuer = URI.create(SERVER.issuer());
        try (Socket socket = new Socket(issuer.getHost(), issuer.getPort())) {
            String request =
                    "GET /device HTTP/1.1\r\nHost: evil.example:" + issuer.getPort() + "\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(answer).startsWith("HTTP/1.1 421 ").doesNotContain("Connect a terminal");
        }
    }
}
