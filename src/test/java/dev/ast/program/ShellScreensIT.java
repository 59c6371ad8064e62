package dev.ast.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ast.support.Answer;
import dev.ast.support.AstWorld;
import dev.ast.support.AuthorizationServer;
import dev.ast.support.Packages;
import dev.ast.support.Sessions;
import dev.ast.support.Tmux;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the interactive shell of the packaged program shows, in terminals of several sizes. */
class ShellScreensIT {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Duration SETTLED = Duration.ofMillis(400);
    private static final Duration HOUR = Duration.ofHours(1);

    private final AstWorld world = AstWorld.create().env("AST_STORAGE", "file").env("BROWSER", "/bin/false");
    private final AuthorizationServer server = new AuthorizationServer();

    @BeforeEach
    void signIn() {
        Packages.require("tmux");
        Sessions.signIn(world, server, "staging", HOUR);
        Sessions.signIn(world, server, "production-eu", HOUR);
    }

    @AfterEach
    void close() {
        server.close();
        world.close();
    }

    @Test
    void promptAndWhyNameTheSameProfileAndASwitchWinsOverTheEnvironment() {
        world.env("AST_PROFILE", "staging");
        try (Tmux tmux = Tmux.start(world)) {
            tmux.waitFor("staging ast>", LONG);
            tmux.type("profile use production-eu").keys("Enter");
            assertThat(tmux.waitFor("production-eu ast>", LONG)).contains("AST_PROFILE=staging is set");
            tmux.type("why").keys("Enter");
            tmux.waitFor("production-eu (selected in this shell)", LONG);
            tmux.type("logout --local").keys("Enter");
            tmux.waitFor("Signed out of production-eu", LONG);
            tmux.type("exit").keys("Enter");
            tmux.awaitExit(LONG);
        }
        assertThat(Sessions.profile(world, "staging").has("storage")).isTrue();
        assertThat(Sessions.profile(world, "production-eu").has("storage")).isFalse();
    }

    @Test
    void whatIsHintedCanBeTypedAndALeadingProgramNameIsAccepted() {
        world.run("profile", "use", "staging");
        world.run("logout", "--local");
        try (Tmux tmux = Tmux.start(world)) {
            assertThat(tmux.waitFor("staging ast>", LONG)).contains("not signed in to staging", "Sign in with: login");
            tmux.type("ast whoami").keys("Enter");
            assertThat(tmux.waitFor("staging [4] ast>", LONG))
                    .contains("ast: not signed in to staging\nhint: login --profile staging\nstaging [4] ast>");
            tmux.type("whoami --profile prodction-eu").keys("Enter");
            tmux.waitFor("there is no profile prodction-eu; did you mean production-eu?", LONG);
        }
    }

    @Test
    void aProtectedProfileAsksForItsName() {
        world.run("profile", "set", "production-eu", "--protected");
        assertThat(world.run("logout", "--profile", "production-eu").exit()).isEqualTo(2);
        try (Tmux tmux = Tmux.start(world, "--profile", "production-eu")) {
            assertThat(tmux.waitFor("▲ production-eu ast>", LONG)).contains("protected");
            tmux.type("logout --local").keys("Enter");
            tmux.waitFor("Type the profile's name to go on:", LONG);
            tmux.type("staging").keys("Enter");
            tmux.waitFor("nothing was done", LONG);
            tmux.type("logout --local").keys("Enter");
            tmux.waitFor("[1] ast> logout --local", LONG);
            tmux.type("production-eu").keys("Enter");
            tmux.waitFor("Signed out of production-eu", LONG);
        }
    }

    @Test
    void whatAnotherProcessDidIsToldBeforeTheNextPrompt() {
        try (Tmux tmux = Tmux.start(world, "--profile", "staging")) {
            tmux.waitFor("staging ast>", LONG);
            tmux.type("why").keys("Enter");
            tmux.waitFor("Identity:", LONG);
            assertThat(world.run("logout", "--local", "--profile", "staging").exit())
                    .isZero();
            tmux.keys("Enter");
            tmux.waitFor("another process signed out of staging; sign in with: login --profile staging", LONG);
        }
    }

    @ParameterizedTest
    @CsvSource({"200, 50", "80, 24", "60, 14", "40, 10"})
    void everyScreenFits(int columns, int rows) throws IOException {
        Path config = world.astHome().resolve("config.yml");
        Files.writeString(config, "ast:\n  shell:\n    pager: never\n");
        Files.setPosixFilePermissions(config, PosixFilePermissions.fromString("rw-------"));
        world.run("profile", "create", "a-very-long-profile-name-with-many-words-in-it-eu", "--provider", "seqera");
        try (Tmux tmux = Tmux.start(world, "--profile", "staging")) {
            tmux.resize(columns, rows);
            tmux.waitFor("ast>", LONG);
            for (String command : List.of("profile list", "status --profile staging", "why", "help whoami")) {
                tmux.type("clear").keys("Enter");
                await().atMost(LONG).until(() -> isClear(tmux.screen()));
                tmux.type(command).keys("Enter");
                // The next prompt is in the last line but that of the bar.
                await().atMost(LONG).until(() -> ended(tmux.screen()));
                // A line that the terminal had to break is one line here.
                assertThat(tmux.everything().lines())
                        .map(String::stripTrailing)
                        .allSatisfy(one -> assertThat(one.length()).as(one).isLessThanOrEqualTo(columns));
            }
        }
    }

    private static boolean isClear(String screen) {
        return screen.lines().filter(line -> !line.isBlank()).count() <= 2
                && screen.strip().startsWith("staging ast>");
    }

    private static boolean ended(String screen) {
        List<String> prompts =
                screen.lines().filter(line -> line.contains("ast>")).toList();
        return !prompts.isEmpty()
                && prompts.get(prompts.size() - 1).endsWith("ast>")
                && screen.lines().anyMatch(line -> line.startsWith("  ") || line.startsWith("* "));
    }

    @Test
    void aSignInCanBeDoneOnASmallScreenAndAfterAResize() {
        server.decide(AuthorizationServer.Decision.PENDING);
        String login = String.join(" ", server.login("--profile", "new"));
        try (Tmux tmux = Tmux.start(world)) {
            tmux.resize(40, 10);
            tmux.waitFor("ast>", LONG);
            tmux.type("clear").keys("Enter");
            tmux.type(login).keys("Enter");
            assertThat(tmux.waitFor("waiting, ", LONG)).contains("Code: ", "Open: ");
            tmux.resize(70, 14);
            tmux.waitFor("waiting for approval, code valid for ", LONG);
            tmux.resize(44, 12);
            String screen = tmux.waitFor("⠙ waiting, ", LONG);
            assertThat(screen).contains("Code: ");
            // Later the line is still one line: nothing has scrolled.
            String later = tmux.waitFor("⠴ waiting, ", LONG);
            assertThat(later.split("waiting, ", -1)).as(later).hasSize(2);
            tmux.keys("C-c");
            tmux.waitFor("ast: interrupted", LONG);
        }
    }

    @Test
    void aShortListFollowsTheWordAndGoesWithTheLine() {
        server.serve("GET /api/things", Answer.json("{\"things\":[1,2,3]}"));
        try (Tmux tmux = Tmux.startIn("xterm-256color", world, "--profile", "staging")) {
            tmux.waitFor("staging ast>", LONG);
            tmux.type("api /api/things").keys("Enter");
            tmux.waitFor("200 · 3 items", LONG);
            tmux.type("!echo one-\\two").keys("Enter");
            tmux.waitFor("hint: config set ast.shell.programs true", LONG);
            tmux.type("config set shell.programs true").keys("Enter");
            tmux.waitFor("Set ast.shell.programs", LONG);
            tmux.type("!echo one-\\two").keys("Enter");
            tmux.waitFor("\none-two\n", LONG);
            tmux.type("profile use prod");
            tmux.waitFor("ast> profile use prod\n  production-eu  ada@example.com\n", LONG);
            tmux.waitFor("^R find", LONG);
            tmux.type("x");
            await().atMost(LONG).until(() -> !tmux.screen().contains("  production-eu  ada"));
            tmux.keys("BSpace", "Tab", "Enter");
            tmux.waitFor("\nproduction-eu ast>", LONG);
            assertThat(tmux.screen()).doesNotContain("  production-eu  ada");
        }
        assertThat(world.astHome().resolve("config.yml")).hasContent("ast:\n  shell:\n    programs: true\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"xterm-256color", "screen-256color", "tmux-256color", "linux", "vt100"})
    void keysCompletionPickerAndHistoryWorkInEveryTerminal(String type) {
        try (Tmux tmux = Tmux.startIn(type, world, "--profile", "staging")) {
            tmux.waitFor("staging ast>", LONG);
            tmux.type("why").keys("Enter");
            tmux.waitFor("Identity:", LONG);
            tmux.type("clear").keys("Enter");
            await().atMost(LONG).until(() -> isClear(tmux.screen()));
            // The beginning and the end of the line, and words.
            tmux.type("use prod")
                    .keys("Home")
                    .type("profile ")
                    .keys("End")
                    .type("x")
                    .keys("BSpace");
            tmux.waitFor("ast> profile use prod", LONG);
            // The second before the program knows of the first: as when a window is dragged.
            tmux.resize(90, 24).resize(60, 14);
            tmux.keys("Tab");
            tmux.waitFor("ast> profile use production-eu", LONG);
            await().during(SETTLED).atMost(LONG).until(() -> prompts(tmux.screen()) == 1);
            tmux.keys("Enter");
            tmux.waitFor("production-eu ast>", LONG);
            tmux.type("profile use").keys("Enter");
            tmux.waitFor("type to filter", LONG);
            tmux.type("sta");
            tmux.waitFor("1 of 2", LONG);
            tmux.resize(80, 24);
            tmux.keys("Enter");
            tmux.waitFor("Now using profile staging\nstaging ast>", LONG);
            tmux.keys("Up", "Up");
            tmux.waitFor("ast> profile use production-eu", LONG);
            tmux.keys("C-c");
            tmux.type("exit").keys("Enter");
            assertThat(tmux.awaitExit(LONG)).isZero();
            assertThat(tmux.everything()).doesNotContain("[1;", "~~", "^[");
        }
    }

    private static long prompts(String screen) {
        return screen.lines().filter(line -> line.contains("ast>")).count();
    }

    @Test
    void aPlainTerminalGetsLinesOnly() {
        try (Tmux tmux = Tmux.start(world, "--plain", "--profile", "staging")) {
            tmux.waitFor("staging ast>", LONG);
            tmux.type("profile use").keys("Enter");
            String screen = tmux.waitFor("Which profile [1-2]:", LONG);
            assertThat(screen).contains("  1  production-eu", " *2  staging").doesNotContain("^R find");
            tmux.type("1").keys("Enter");
            tmux.waitFor("production-eu ast>", LONG);
        }
    }
}
