package dev.ast.login;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ast.sandbox.server.SandboxOptions;
import dev.ast.sandbox.server.SandboxServer;
import dev.ast.support.AstInside;
import dev.ast.support.AstResult;
import dev.ast.support.Chromium;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.support.ui.ExpectedConditions;

/** A user's way through {@code login --web} in headless Chromium; skipped where there is none. */
class BrowserLoginIT {
    private static final SandboxServer SERVER = new SandboxServer();

    @TempDir
    private static Path browserHome;

    private static Chromium browser;

    @TempDir
    private Path home;

    @BeforeAll
    static void start() throws IOException {
        browser = Chromium.start(browserHome);
        SERVER.start(SandboxOptions.DEFAULTS);
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
    void theBrowserComesBackAndThePageSaysThatTheTabCanBeClosed() {
        AstInside.Run login = login();
        browser.driver().get(login.awaitErr("(?m)^  Open: (\\S+)$"));
        browser.click("#one-click");
        browser.click("#allow");
        arriveAt("ast: You are signed in to the terminal");

        assertThat(browser.driver().findElement(By.cssSelector("main")).getText())
                .contains("You are signed in to the terminal", "this tab can be closed");
        assertThat(browser.driver().findElement(By.cssSelector("main")).getCssValue("border-top-left-radius"))
                .as("the style that the page's own policy lets through")
                .isEqualTo("16px");
        AstResult end = login.end();
        assertThat(end.exit()).as(end.err()).isZero();
        assertThat(end.out()).contains("Successfully authenticated as ada@example.com");
        assertThat(browser.driver().manage().logs().get("browser").getAll())
                .filteredOn(entry -> !entry.getMessage().contains("favicon"))
                .as("complaints of the browser")
                .isEmpty();
    }

    @Test
    void denyingIsReportedOnThePageAndInTheTerminal() {
        AstInside.Run login = login();

        browser.driver().get(login.awaitErr("(?m)^  Open: (\\S+)$"));
        browser.click("#one-click");
        browser.click("#deny");
        arriveAt("ast: The sign-in was refused");

        AstResult end = login.end();
        assertThat(end.exit()).isEqualTo(3);
        assertThat(end.err()).contains("ast: the sign-in was refused in the browser");
    }

    private AstInside.Run login() {
        return AstInside.in(home)
                .start("login", "--web", "--no-browser", "--provider", "sandbox", "--issuer", SERVER.issuer());
    }

    private static void arriveAt(String title) {
        browser.until(ExpectedConditions.titleIs(title));
    }
}
