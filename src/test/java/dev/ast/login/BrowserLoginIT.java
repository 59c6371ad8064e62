package dev.ast.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ast.sandbox.server.SandboxOptions;
import dev.ast.sandbox.server.SandboxServer;
import dev.ast.support.AstInside;
import dev.ast.support.AstResult;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.support.ui.ExpectedConditions;
import org.openqa.selenium.support.ui.WebDriverWait;

/** A person's way through {@code login --web} in headless Chromium; skipped where there is none. */
class BrowserLoginIT {
    private static final File BROWSER = new File("/usr/bin/chromium");
    private static final File DRIVER = new File("/usr/bin/chromedriver");
    // Held here, or the setting would be lost with the logger. It warns about a protocol that is not used.
    private static final Logger SELENIUM = Logger.getLogger("org.openqa.selenium");
    private static final SandboxServer SERVER = new SandboxServer();

    @TempDir
    private static Path browserHome;

    private static ChromeDriver browser;

    @TempDir
    private Path home;

    @BeforeAll
    static void start() throws IOException {
        assumeTrue(BROWSER.canExecute() && DRIVER.canExecute(), "needs /usr/bin/chromium and /usr/bin/chromedriver");
        SELENIUM.setLevel(Level.OFF);
        SERVER.start(SandboxOptions.DEFAULTS);
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
        browser = new ChromeDriver(service, options);
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

    @Test
    void theBrowserComesBackAndThePageSaysThatTheTabCanBeClosed() {
        AstInside.Run login = login();
        browser.manage().logs().get("browser");

        browser.get(login.awaitErr("(?m)^  Open: (\\S+)$"));
        click("#one-click");
        click("#allow");
        arriveAt("ast: You are signed in to the terminal");

        assertThat(browser.findElement(By.cssSelector("main")).getText())
                .contains("You are signed in to the terminal", "this tab can be closed");
        assertThat(browser.findElement(By.cssSelector("main")).getCssValue("border-top-left-radius"))
                .as("the style that the page's own policy lets through")
                .isEqualTo("16px");
        AstResult end = login.end();
        assertThat(end.exit()).as(end.err()).isZero();
        assertThat(end.out()).contains("Successfully authenticated as ada@example.com");
        assertThat(browser.manage().logs().get("browser").getAll())
                .filteredOn(entry -> !entry.getMessage().contains("favicon"))
                .as("complaints of the browser")
                .isEmpty();
    }

    @Test
    void denyingIsSaidOnThePageAndInTheTerminal() {
        AstInside.Run login = login();

        browser.get(login.awaitErr("(?m)^  Open: (\\S+)$"));
        click("#one-click");
        click("#deny");
        arriveAt("ast: The sign-in was refused");

        AstResult end = login.end();
        assertThat(end.exit()).isEqualTo(3);
        assertThat(end.err()).contains("ast: the sign-in was refused in the browser");
    }

    private AstInside.Run login() {
        return AstInside.in(home)
                .start("login", "--web", "--no-browser", "--provider", "sandbox", "--issuer", SERVER.issuer());
    }

    private static void click(String selector) {
        new WebDriverWait(browser, Duration.ofSeconds(30))
                .until(ExpectedConditions.elementToBeClickable(By.cssSelector(selector)))
                .click();
    }

    private static void arriveAt(String title) {
        new WebDriverWait(browser, Duration.ofSeconds(30)).until(ExpectedConditions.titleIs(title));
    }
}
