package dev.ast.sandbox.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.ast.sandbox.server.SandboxClient.Answer;
import dev.ast.support.Chromium;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.support.ui.ExpectedConditions;

/** A user's way through the pages, in headless Chromium; skipped where there is none. */
class SandboxPagesIT {

    private static final SandboxServer SERVER = new SandboxServer();

    @TempDir
    static Path browserHome;

    private static SandboxClient terminal;
    private static Chromium browser;

    @BeforeAll
    static void start() throws IOException {
        browser = Chromium.start(browserHome);
        SERVER.start(SandboxOptions.DEFAULTS);
        terminal = new SandboxClient(SERVER);
    }

    @AfterAll
    static void stop() {
        if (browser != null) {
            browser.close();
        }
        SERVER.close();
    }

    @BeforeEach
    void forgetWhoWasSignedIn() {
        browser.forget();
    }

    @Test
    void threeClicksFromTheLinkToASignedInTerminal() {
        Answer started = terminal.startDevice();

        browser.driver().get(started.string("verification_uri_complete"));
        assertThat(browser.driver().findElement(By.id("user_code")).getDomProperty("value"))
                .isEqualTo(started.string("user_code"));
        browser.click("main button");
        arriveAt("Sign in");
        browser.click("#one-click");
        arriveAt("Allow ast to act for you?");
        assertThat(browser.driver().findElement(By.cssSelector("main")).getText())
                .contains("Signed in as Ada Lovelace", "ast-sandbox", started.string("user_code"))
                .contains("Know who you are", "See your name", "See your e-mail address", "Keep you signed in")
                .contains("Go on only if you started this sign-in yourself and your terminal shows this same code.");
        assertThat(terminal.poll(started).error()).isEqualTo("400 authorization_pending");
        browser.click("#allow");
        arriveAt("You are signed in");

        assertThat(browser.driver().findElement(By.cssSelector("main")).getText())
                .contains("You can close this tab.");
        Answer tokens = terminal.poll(started);
        assertThat(terminal.get("/userinfo", tokens.string("access_token")).string("email"))
                .isEqualTo("ada@example.com");
        assertThat(browser.driver().manage().logs().get("browser").getAll())
                .as("complaints of the browser")
                .isEmpty();
    }

    @Test
    void theCodeMayBeTypedCarelesslyAndAnotherUserMaySignIn() {
        Answer started = terminal.startDevice("profile email");

        browser.driver().get(started.string("verification_uri"));
        // By keyboard alone: the field has the focus already.
        browser.driver()
                .switchTo()
                .activeElement()
                .sendKeys(started.string("user_code").replace("-", "").toLowerCase(Locale.ROOT), Keys.ENTER);
        arriveAt("Sign in");
        browser.driver().findElement(By.id("username")).sendKeys("grace");
        browser.driver().findElement(By.id("password")).sendKeys("sandbox", Keys.ENTER);
        arriveAt("Allow ast to act for you?");
        assertThat(browser.driver().findElement(By.cssSelector("main")).getText())
                .contains("Signed in as Grace Hopper", started.string("user_code"))
                .doesNotContain("Keep you signed in");
        browser.click("#allow");
        arriveAt("You are signed in");

        Answer tokens = terminal.poll(started);
        assertThat(terminal.get("/userinfo", tokens.string("access_token")).string("name"))
                .isEqualTo("Grace Hopper");
    }

    @Test
    void denyingIsReportedOnThePageAndInTheTerminal() {
        Answer started = terminal.startDevice();

        goToConsent(started);
        browser.click("#deny");
        arriveAt("Access denied");

        assertThat(terminal.poll(started).error()).isEqualTo("400 access_denied");
    }

    @Test
    void aPermissionGivenBeforeNeitherSkipsTheQuestionNorOutweighsADenial() {
        Answer first = terminal.startDevice("profile");
        goToConsent(first);
        browser.click("#allow");
        arriveAt("You are signed in");

        Answer second = terminal.startDevice("profile email");
        browser.driver().get(second.string("verification_uri_complete"));
        browser.click("main button");
        arriveAt("Allow ast to act for you?");
        browser.click("#deny");
        arriveAt("Access denied");

        assertThat(terminal.poll(second).error()).isEqualTo("400 access_denied");
        assertThat(terminal.poll(first).status()).isEqualTo(200);
    }

    @Test
    void aUsedCodeIsExplained() {
        Answer started = terminal.startDevice();
        goToConsent(started);
        browser.click("#allow");
        arriveAt("You are signed in");

        browser.driver().get(started.string("verification_uri_complete"));
        browser.click("main button");

        browser.until(ExpectedConditions.visibilityOfElementLocated(By.id("problem")));
        assertThat(browser.driver().findElement(By.id("problem")).getText())
                .isEqualTo("This code is not known, has expired or was used already. Compare it with your terminal.");
    }

    @Test
    void theCodeGrantComesBackToTheProgramsOwnPort() throws Exception {
        CompletableFuture<String> query = new CompletableFuture<>();
        HttpServer program = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        program.createContext("/callback", exchange -> {
            query.complete(exchange.getRequestURI().getQuery());
            byte[] page = "back in the program".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, page.length);
            exchange.getResponseBody().write(page);
            exchange.close();
        });
        program.start();
        try {
            String redirect = "http://127.0.0.1:" + program.getAddress().getPort() + "/callback";
            browser.driver()
                    .get(SERVER.issuer() + "/oauth2/authorize?response_type=code&client_id=ast-sandbox&state=xyz"
                            + "&scope=openid%20email&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
                            + "&code_challenge_method=S256&redirect_uri=" + redirect);
            browser.click("#one-click");
            arriveAt("Allow ast to act for you?");
            browser.click("#allow");

            // The content security policy has to let this redirect through.
            assertThat(query.get(30, TimeUnit.SECONDS)).startsWith("code=").endsWith("&state=xyz");
        } finally {
            program.stop(0);
        }
    }

    @Test
    void pagesFitAPhoneFollowTheDarkSchemeAndLabelTheirFields() {
        browser.driver()
                .executeCdpCommand(
                        "Emulation.setDeviceMetricsOverride",
                        Map.of("width", 360, "height", 740, "deviceScaleFactor", 2, "mobile", true));
        browser.driver().get(SERVER.issuer() + "/login");
        assertThat(script("return document.documentElement.scrollWidth")).isEqualTo(360L);
        for (WebElement field : browser.driver().findElements(By.cssSelector("input:not([type=hidden])"))) {
            assertThat(field.getAccessibleName()).isNotBlank();
        }
        assertThat(script("return document.documentElement.lang")).isEqualTo("en");
        Object light = background("light");
        Object dark = background("dark");
        assertThat(light).isEqualTo("rgb(243, 245, 248)");
        assertThat(dark).isEqualTo("rgb(15, 20, 27)");
        browser.driver().executeCdpCommand("Emulation.setEmulatedMedia", Map.of());
        browser.driver().executeCdpCommand("Emulation.clearDeviceMetricsOverride", Map.of());
    }

    private Object background(String scheme) {
        browser.driver()
                .executeCdpCommand(
                        "Emulation.setEmulatedMedia",
                        Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
        return script("return getComputedStyle(document.body).backgroundColor");
    }

    private Object script(String text) {
        Object result = browser.driver().executeScript(text);
        assertThat(result).isNotNull();
        return result;
    }

    private void goToConsent(Answer started) {
        browser.driver().get(started.string("verification_uri_complete"));
        browser.click("main button");
        arriveAt("Sign in");
        browser.click("#one-click");
        arriveAt("Allow ast to act for you?");
    }

    private void arriveAt(String heading) {
        browser.until(ExpectedConditions.textToBe(By.cssSelector("h1"), heading));
    }
}
