package dev.ast.shell.interactive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ast.support.Case;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The shell in a process of its own, in a real terminal that tmux provides. */
class InteractiveShellIT {
    /** The last line, or the one above the bar. */
    private static final Pattern NEW_PROMPT = Pattern.compile("\nast> *(\n[^\n]*\\^R find *)?$");

    private static final Path TMUX = Path.of("/usr/bin/tmux");
    private static final Duration LONG = Duration.ofSeconds(30);

    @TempDir
    private Path folder;

    private Path home;

    @BeforeEach
    void prepare() {
        assumeTrue(Files.isExecutable(TMUX), "skipped: there is no " + TMUX);
        home = folder.resolve("home");
    }

    @AfterEach
    void end() throws Exception {
        if (Files.isExecutable(TMUX)) {
            run(List.of("kill-server"), false);
        }
    }

    /** Starts a login shell in the terminal, and the program in it, so that what is left of the terminal shows. */
    private void start(String term, int readyAfterMillis) throws Exception {
        launch(term, readyAfterMillis);
        await("\nast>");
    }

    private void launch(String term, int readyAfterMillis) throws Exception {
        Path settings = Files.writeString(
                folder.resolve("tmux.conf"), "set -g default-terminal screen-256color\nset -g escape-time 0\n");
        run(
                List.of(
                        "-f",
                        settings.toString(),
                        "new-session",
                        "-d",
                        "-x",
                        "80",
                        "-y",
                        "24",
                        "env PS1='outer$ ' ENV= /bin/sh -i"),
                true);
        await("outer$");
        type(
                "TERM=%s %s -Dast.tty=012 -XX:TieredStopAtLevel=1 --enable-native-access=ALL-UNNAMED -cp @%s %s %s %d; echo code=$?"
                        .formatted(
                                term,
                                Path.of(System.getProperty("java.home"), "bin", "java"),
                                Files.writeString(
                                        folder.resolve("cp"), '"' + System.getProperty("java.class.path") + '"'),
                                DemoMain.class.getName(),
                                home,
                                readyAfterMillis));
        keys("Enter");
    }

    private void keys(String... keys) throws Exception {
        List<String> command = new ArrayList<>(List.of("send-keys"));
        command.addAll(List.of(keys));
        run(command, true);
    }

    private void type(String text) throws Exception {
        run(List.of("send-keys", "-l", "--", text), true);
    }

    private String screen() throws Exception {
        return "\n" + run(List.of("capture-pane", "-p"), true).stripTrailing();
    }

    private String await(String text) throws Exception {
        long end = System.nanoTime() + LONG.toNanos();
        String screen = screen();
        while (!screen.contains(text)) {
            assertThat(System.nanoTime())
                    .as("the terminal never showed «%s» but:%n%s", text, screen)
                    .isLessThan(end);
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
            screen = screen();
        }
        return screen;
    }

    private String run(List<String> arguments, boolean must) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(TMUX.toString(), "-u", "-L", "ast-shell-it"));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment()
                .putAll(Map.of(
                        "PATH",
                        "/usr/bin:/bin",
                        "LANG",
                        "C.UTF-8",
                        "HOME",
                        folder.toString(),
                        "TMUX_TMPDIR",
                        folder.toString()));
        Process process = builder.start();
        process.getOutputStream().close();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        if (must) {
            assertThat(process.exitValue()).as(printed).isZero();
        }
        return printed;
    }

    private long shellProcess() throws Exception {
        return ProcessHandle.allProcesses()
                .filter(process -> process.info().commandLine().orElse("").contains(home.toString()))
                .filter(process -> process.info().command().orElse("").endsWith("java"))
                .findFirst()
                .orElseThrow()
                .pid();
    }

    @Test
    void thePromptIsThereBeforeTheCommandsAre() throws Exception {
        start("screen-256color", 3_000);
        type("say typed early");
        keys("Enter");

        await("\ntyped+early\nast>");
    }

    @Test
    @Case("J03")
    void tabCompletesAndCtrlCAndCtrlDDoWhatTheyDoEverywhere() throws Exception {
        start("screen-256color", 0);

        type("prof");
        keys("Tab");
        type("u");
        keys("Tab");
        type("m");
        keys("Tab");
        await("profile use my\\ profile");
        keys("Enter");
        await("\nmy profile ast>");
        type("profile use ");
        keys("Tab");
        await("https://api.example.com");
        keys("C-c");
        type("wait");
        keys("Enter");
        await("\nwaiting");
        keys("C-c");
        await("ast: interrupted\nmy profile ast>");
        keys("C-d");
        await("\nmy profile ast>\ncode=0\nouter$");
        type("echo visible");
        keys("Enter");
        await("$ echo visible\nvisible");
    }

    @Test
    void theNextPromptBeginsOnALineOfItsOwn() throws Exception {
        start("screen-256color", 0);
        type("dots");
        keys("Enter");

        assertThat(await("...").lines().map(String::strip)).contains("ast> dots");
        await("\nast>");
    }

    @ParameterizedTest
    @Case("J09")
    @ValueSource(strings = {"TERM", "HUP"})
    void aSignalEndsTheShellInTimeAndGivesTheTerminalBack(String signal) throws Exception {
        start("screen-256color", 0);
        long start = System.nanoTime();
        new ProcessBuilder("/bin/kill", "-" + signal, String.valueOf(shellProcess()))
                .start()
                .waitFor();

        await("code=143");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
        type("echo visible");
        keys("Enter");
        await("$ echo visible\nvisible");
    }

    @Test
    void aCommandThatNeverEndsIsEndedByASignalTooWithTheTerminalGivenBack() throws Exception {
        start("screen-256color", 0);
        type("hang");
        keys("Enter");
        LockSupport.parkNanos(Duration.ofMillis(300).toNanos());
        new ProcessBuilder("/bin/kill", "-TERM", String.valueOf(shellProcess()))
                .start()
                .waitFor();

        await("code=143");
        type("echo visible");
        keys("Enter");
        await("$ echo visible\nvisible");
    }

    @Test
    @Case({"D04", "D11"})
    void aSecretIsNotShownAndNotRemembered() throws Exception {
        start("screen-256color", 0);
        type("secret");
        keys("Enter");
        await("Token (not shown):");
        type("CANARY");
        keys("Enter");

        assertThat(await("length: 6")).doesNotContain("CANARY");
        keys("Up");
        await("ast> secret");
        assertThat(Files.readString(home.resolve("history"))).isEqualTo("secret\n");
    }

    @Test
    void oneOfSeveralIsChosenWithTheArrows() throws Exception {
        start("screen-256color", 0);
        type("choose");
        keys("Enter");
        await("> * beta");
        keys("Down");
        await(">   gamma");
        keys("Enter");

        assertThat(await("chosen: 2")).contains("Which one: gamma").doesNotContain("alpha");
    }

    @Test
    void whatIsTypedBeforeThePromptIsKept() throws Exception {
        launch("screen-256color", 0);
        type("say early");
        keys("Enter");

        await("\nearly\nast>");
    }

    @ParameterizedTest
    @Case("G06")
    @ValueSource(strings = {"dumb", "''", "unknown-terminal"})
    void oddTerminalsGetPlainLinesWithoutWarnings(String term) throws Exception {
        start(term, 0);
        type("say plain lines");
        keys("Enter");

        assertThat(await("\nplain+lines\nast>")).doesNotContainIgnoringCase("warn");
        type("wait");
        keys("Enter");
        await("\nwaiting");
        keys("C-c");
        await("ast: interrupted\nast>");
        type("half a line");
        await("half a line");
        keys("C-c");
        awaitPrompt();
        type("say alive");
        keys("Enter");
        await("\nalive\nast>");
        keys("C-d");
        await("\nast>\ncode=0\nouter$");
    }

    /** A new prompt below all else: what is typed sooner may still belong to the line that Ctrl-C ends. */
    private void awaitPrompt() {
        Awaitility.await().atMost(LONG).until(() -> NEW_PROMPT.matcher(screen()).find());
    }
}
