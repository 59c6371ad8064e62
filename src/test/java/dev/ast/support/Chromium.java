package dev.ast.support;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.openqa.selenium.By;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.support.ui.ExpectedCondition;
import org.openqa.selenium.support.ui.ExpectedConditions;
import org.openqa.selenium.support.ui.WebDriverWait;

/** Headless Chromium with a home of its own. A test that needs it is skipped where it is not installed. */
public final class Chromium implements AutoCloseable {
    // Held here, or the setting would be lost with the logger. It warns about a protocol that is not used.
    private static final Logger SELENIUM = Logger.getLogger("org.openqa.selenium");
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final ChromeDriver driver;

    private Chromium(ChromeDriver driver) {
        this.driver = driver;
    }

    /**
     * Starts it.
     *
     * @param home an empty folder, which the caller removes
     */
    public static Chromium start(Path home) {
        Packages.require("chromium", "chromedriver");
        SELENIUM.setLevel(Level.OFF);
        ChromeOptions options = new ChromeOptions();
        options.setBinary("/usr/bin/chromium");
        options.addArguments(
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--user-data-dir=" + home.resolve("profile"));
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(Path.of("/usr/bin/chromedriver").toFile())
                .usingAnyFreePort()
                .withEnvironment(Map.of("HOME", home.toString(), "TMPDIR", home.toString()))
                .build();
        return new Chromium(new ChromeDriver(service, options));
    }

    /** The browser itself. */
    public ChromeDriver driver() {
        return driver;
    }

    /** Signs everybody out everywhere, and forgets what was complained of. */
    public void forget() {
        driver.executeCdpCommand("Network.clearBrowserCookies", Map.of());
        driver.manage().logs().get("browser");
    }

    /** Clicks on what a CSS selector finds, as soon as that is possible. */
    public void click(String selector) {
        until(ExpectedConditions.elementToBeClickable(By.cssSelector(selector))).click();
    }

    /** Waits for something, for at most 30 seconds. */
    public <T> T until(ExpectedCondition<T> condition) {
        return new WebDriverWait(driver, PATIENCE).until(condition);
    }

    @Override
    public void close() {
        driver.quit();
    }
}
