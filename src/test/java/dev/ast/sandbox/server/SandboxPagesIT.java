package dev.ast.sandbox.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import dev.ast.sandbox.server.SandboxClient.Answer;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.support.ui.ExpectedConditions;
import org.openqa.selenium.support.ui.WebDriverWait;

/** A person's way through the pages, in headless Chromium; skipped where there is none. */
class SandboxPagesIT {

    private static final File BROWSER = new File("/usr/bin/chromium");
    private static final File DRIVER = new File("/usr/bin/chromedriver");
    // Held here, or the setting would be lost with the logger. It warns about a protocol that is not used.
    private static final Logger SELENIUM = Logger.getLogger("org.openqa.selenium");
    private static final SandboxServer SERVER = new SandboxServer();

    @TempDir
    static Path browserHome;

    private static SandboxClient terminal;
    private static ChromeDriver browser;

    @BeforeAll
    static void start() throws IOException {
        boolean present = BROWSER.canExecute() && DRIVER.canExecute();
        if (!present) {
            System.out.println("SandboxPagesIT skipped: /usr/bin/chromium and /usr/bin/chromedriver are needed");
        }
        assumeTrue(present, "needs /usr/bin/chromium and /usr/bin/chromedriver");
        SELENIUM.setLevel(Level.OFF);
        SERVER.start(SandboxOptions.DEFAULTS);
        terminal = new SandboxClient(SERVER);
        browser = openBrowser();
    }

    @AfterAll
    static void stop() {
        if (browser != null) {
            browser.quit();
        }
        SERVER.close();
    }

    @BeforeEach
    void forgetWhoWasSignedIn() {
        browser.executeCdpCommand("Network.clearBrowserCookies", Map.of());
    }

    private static ChromeDriver openBrowser() {
        ChromeOptions options = new ChromeOptions();
        options.setBinary(BROWSER);
        options.addArguments(
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--user-data-dir=" + browserHome.resolve("profile"));
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(DRIVER)
                .usingAnyFreePort()
                .withEnvironment(Map.of("HOME", browserHome.toString(), "TMPDIR", browserHome.toString()))
                .build();
        return new ChromeDriver(service, options);
    }

    @Test
    void threeClicksFromTheLinkToASignedInTerminal() {
        browser.manage().logs().get("browser");
        Answer started = terminal.startDevice();

        browser.get(started.string("verification_uri_complete"));
        assertThat(browser.findElement(By.id("user_code")).getDomProperty("value"))
                .isEqualTo(started.string("user_code"));
        click("main button");
        arriveAt("Sign in");
        click("#one-click");
        arriveAt("Allow ast to act for you?");
        assertThat(browser.findElement(By.cssSelector("main")).getText())
                .contains("Signed in as Ada Lovelace", "ast-sandbox", started.string("user_code"))
                .contains("Know who you are", "See your name", "See your e-mail address", "Keep you signed in")
                .contains("Go on only if you started this sign-in yourself and your terminal shows this same code.");
        assertThat(terminal.poll(started).error()).isEqualTo("400 authorization_pending");
        click("#allow");
        arriveAt("You are signed in");

        assertThat(browser.findElement(By.cssSelector("main")).getText()).contains("You can close this tab.");
        Answer tokens = terminal.poll(started);
        assertThat(terminal.get("/userinfo", tokens.string("access_token")).string("email"))
                .isEqualTo("ada@example.com");
        assertThat(browser.manage().logs().get("browser").getAll())
                .as("complaints of the browser")
                .isEmpty();
    }

    @Test
    void theCodeMayBeTypedCarelesslyAndAnotherPersonMaySignIn() {
        Answer started = terminal.startDevice("profile email");

        browser.get(started.string("verification_uri"));
        // By keyboard alone: the field has the focus already.
        browser.switchTo()
                .activeElement()
                .sendKeys(started.string("user_code").replace("-", "").toLowerCase(Locale.ROOT), Keys.ENTER);
        arriveAt("Sign in");
        browser.findElement(By.id("username")).sendKeys("grace");
        browser.findElement(By.id("password")).sendKeys("sandbox", Keys.ENTER);
        arriveAt("Allow ast to act for you?");
        assertThat(browser.findElement(By.cssSelector("main")).getText())
                .contains("Signed in as Grace Hopper", started.string("user_code"))
                .doesNotContain("Keep you signed in");
        click("#allow");
        arriveAt("You are signed in");

        Answer tokens = terminal.poll(started);
        assertThat(terminal.get("/userinfo", tokens.string("access_token")).string("name"))
                .isEqualTo("Grace Hopper");
    }

    @Test
    void denyingSaysSoOnThePageAndInTheTerminal() {
        Answer started = terminal.startDevice();

        goToConsent(started);
        click("#deny");
        arriveAt("Access denied");

        assertThat(terminal.poll(started).error()).isEqualTo("400 access_denied");
    }

    @Test
    void aPermissionGivenBeforeNeitherSkipsTheQuestionNorOutweighsADenial() {
        Answer first = terminal.startDevice("profile");
        goToConsent(first);
        click("#allow");
        arriveAt("You are signed in");

        Answer second = terminal.startDevice("profile email");
        browser.get(second.string("verification_uri_complete"));
        click("main button");
        arriveAt("Allow ast to act for you?");
        click("#deny");
        arriveAt("Access denied");

        assertThat(terminal.poll(second).error()).isEqualTo("400 access_denied");
        assertThat(terminal.poll(first).status()).isEqualTo(200);
    }

    @Test
    void aUsedCodeIsExplained() {
        Answer started = terminal.startDevice();
        goToConsent(started);
        click("#allow");
        arriveAt("You are signed in");

        browser.get(started.string("verification_uri_complete"));
        click("main button");

        new WebDriverWait(browser, Duration.ofSeconds(30))
                .until(ExpectedConditions.visibilityOfElementLocated(By.id("problem")));
        assertThat(browser.findElement(By.id("problem")).getText())
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
            browser.get(SERVER.issuer() + "/oauth2/authorize?response_type=code&client_id=ast-sandbox&state=xyz"
                    + "&scope=openid%20email&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
                    + "&code_challenge_method=S256&redirect_uri=" + redirect);
            click("#one-click");
            arriveAt("Allow ast to act for you?");
            click("#allow");

            // The content security policy has to let this redirect through.
            assertThat(query.get(30, TimeUnit.SECONDS)).startsWith("code=").endsWith("&state=xyz");
        } finally {
            program.stop(0);
        }
    }

    @Test
    void pagesFitAPhoneFollowTheDarkSchemeAndLabelTheirFields() {
        browser.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", 360, "height", 740, "deviceScaleFactor", 2, "mobile", true));
        browser.get(SERVER.issuer() + "/login");
        assertThat(script("return document.documentElement.scrollWidth")).isEqualTo(360L);
        for (WebElement field : browser.findElements(By.cssSelector("input:not([type=hidden])"))) {
            assertThat(field.getAccessibleName()).isNotBlank();
        }
        assertThat(script("return document.documentElement.lang")).isEqualTo("en");
        Object light = background("light");
        Object dark = background("dark");
        assertThat(light).isEqualTo("rgb(243, 245, 248)");
        assertThat(dark).isEqualTo("rgb(15, 20, 27)");
        browser.executeCdpCommand("Emulation.setEmulatedMedia", Map.of());
        browser.executeCdpCommand("Emulation.clearDeviceMetricsOverride", Map.of());
    }

    private Object background(String scheme) {
        browser.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
        return script("return getComputedStyle(document.body).backgroundColor");
    }

    private Object script(String text) {
        Object result = browser.executeScript(text);
        assertThat(result).isNotNull();
        return result;
    }

    private void goToConsent(Answer started) {
        browser.get(started.string("verification_uri_complete"));
        click("main button");
        arriveAt("Sign in");
        click("#one-click");
        arriveAt("Allow ast to act for you?");
    }

    private void click(String selector) {
        browser.findElement(By.cssSelector(selector)).click();
    }

    private void arriveAt(String heading) {
        new WebDriverWait(browser, Duration.ofSeconds(30))
                .until(ExpectedConditions.textToBe(By.cssSelector("h1"), heading));
    }
}
