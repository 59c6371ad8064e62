package dev.ast.program;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ast.support.AstWorld;
import dev.ast.support.Chromium;
import dev.ast.support.Packages;
import dev.ast.support.Tmux;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.support.ui.ExpectedConditions;

/** A newcomer's first session: the packaged sandbox in a real terminal, approved on its page in a real browser. */
class SandboxShellIT {
    private static final Duration LONG = Duration.ofSeconds(40);
    private static final Pattern ADDRESS = Pattern.compile("Open: +(http://127\\.0\\.0\\.1:[0-9]+/\\S+)");

    @TempDir
    static Path browserHome;

    @Test
    void aWholeSession() throws IOException {
        Packages.require("tmux");
        try (Chromium browser = Chromium.start(browserHome);
                AstWorld world = AstWorld.create()) {
            world.env("BROWSER", "/bin/false").env("AST_STORAGE", "file");
            try (Tmux tmux = Tmux.start(world, "sandbox")) {
                tmux.waitFor("sandbox ast>", LONG);
                tmux.type("profile create work --provider oidc --issuer https://id.example.com --client-id x")
                        .keys("Enter");
                tmux.waitFor("Created profile work", LONG);

                tmux.type("profile use ").keys("Tab");
                assertThat(tmux.waitFor("work     oidc", LONG)).containsPattern("sandbox +sandbox\\s+work +oidc");
                tmux.keys("C-c");

                tmux.type("login --no-browser").keys("Enter");
                tmux.waitFor("waiting for approval", LONG);
                tmux.keys("C-c");
                tmux.waitFor("interrupted", LONG);

                tmux.type("clear").keys("Enter");
                tmux.type("login --no-browser").keys("Enter");
                browser.driver().get(address(tmux.waitFor("waiting for approval", LONG)));
                browser.click("main button");
                browser.until(ExpectedConditions.textToBe(By.cssSelector("h1"), "Sign in"));
                browser.click("#one-click");
                browser.until(ExpectedConditions.textToBe(By.cssSelector("h1"), "Allow ast to act for you?"));
                browser.click("#allow");
                tmux.waitFor("Successfully authenticated as ada@example.com", LONG);

                tmux.type("api /api/v1/me").keys("Enter");
                tmux.waitFor("\"email\": \"ada@example.com\"", LONG);
                tmux.type("logout").keys("Enter");
                // Before the prompt the terminal itself would take Ctrl-D, as the end of input of the command.
                tmux.waitFor("Signed out of sandbox\nsandbox ast>", LONG);
                tmux.keys("C-d");
                assertThat(tmux.awaitExit(LONG)).isZero();
            }
            assertThat(world.astHome().resolve("sandbox.json")).doesNotExist();
            assertThat(world.astHome().resolve("credentials.json")).doesNotExist();
        }
    }

    @Test
    void theEndOfTheServerIsTold() {
        Packages.require("tmux");
        try (AstWorld world = AstWorld.create().env("AST_STORAGE", "file");
                Tmux tmux = Tmux.start(world, "sandbox")) {
            tmux.waitFor("sandbox ast>", LONG);
            ProcessHandle.of(tmux.program())
                    .orElseThrow()
                    .descendants()
                    .filter(one -> Arrays.asList(one.info().arguments().orElse(new String[0]))
                            .contains("dev.ast.sandbox.server.SandboxServer"))
                    .forEach(ProcessHandle::destroyForcibly);
            tmux.type("version").keys("Enter");
            tmux.type("version").keys("Enter");
            tmux.waitFor("the server of this sandbox has ended", LONG);
            tmux.type("exit").keys("Enter");
            tmux.awaitExit(LONG);
        }
    }

    private static String address(String screen) {
        Matcher address = ADDRESS.matcher(screen);
        assertThat(address.find()).as(screen).isTrue();
        return address.group(1);
    }
}
