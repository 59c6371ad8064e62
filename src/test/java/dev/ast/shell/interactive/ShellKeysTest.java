package dev.ast.shell.interactive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ast.credential.file.HistoryFile;
import dev.ast.domain.Exit;
import dev.ast.host.Environment;
import dev.ast.host.Interrupts;
import dev.ast.host.Signals;
import dev.ast.output.Screen;
import dev.ast.shell.grammar.Catalog;
import dev.ast.support.Case;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.jline.terminal.Size;
import org.jline.terminal.impl.LineDisciplineTerminal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Presses keys in a terminal inside this process, and reads what the shell writes to it. */
class ShellKeysTest {
    private static final Pattern ESCAPES = Pattern.compile("\u001b(\\[[0-9;?]*[ -/]*[@-~]|[()][A-Z0-9]|[=>78])");
    private static final String CTRL_C = "\u0003";
    private static final String CTRL_D = "\u0004";
    private static final String UP = "\u001bOA";
    private static final String DOWN = "\u001bOB";

    @TempDir
    private Path home;

    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final Interrupts interrupts = new Interrupts();
    private final Signals signals = new Signals(interrupts, InstantSource.system(), code -> {});
    private final CompletableFuture<Catalog> catalog = new CompletableFuture<>();
    private LineDisciplineTerminal terminal;
    private DemoShell shell;
    private Size size = Size.of(80, 24);
    private CompletableFuture<Integer> exit;

    private void start(String type, Map<String, String> variables) throws IOException {
        terminal = new LineDisciplineTerminal("test", type, written, StandardCharsets.UTF_8);
        terminal.setSize(size);
        Environment environment = Environment.of(variables);
        Screen screen = new Screen(terminal.output(), terminal.output(), environment, "012", () -> 80);
        ShellTerminal wrapped = new ShellTerminal(terminal, environment);
        shell = new DemoShell(environment, wrapped, screen, interrupts, home, catalog);
        ShellLoop loop = shell.loop(signals);
        exit = new CompletableFuture<>();
        new Thread(
                        () -> {
                            try {
                                exit.complete(loop.run());
                            } catch (RuntimeException e) {
                                exit.completeExceptionally(e);
                            }
                        },
                        "shell")
                .start();
        await("ast> ");
    }

    private void start() throws IOException {
        start("xterm-256color", Map.of("TERM", "xterm-256color"));
        catalog.complete(shell.commands());
    }

    @AfterEach
    void end() throws Exception {
        if (exit != null && !exit.isDone()) {
            signals.received(Exit.TERMINATED);
            exit.get(10, TimeUnit.SECONDS);
        }
        if (terminal != null) {
            terminal.close();
        }
    }

    private String screen() {
        return ESCAPES.matcher(written.toString(StandardCharsets.UTF_8)).replaceAll("");
    }

    /** Presses keys; what was written before is forgotten, so that only its effect is seen. */
    private void press(String keys) throws IOException {
        synchronized (written) {
            written.reset();
        }
        terminal.processInputBytes(keys.getBytes(StandardCharsets.UTF_8));
    }

    private void await(String text) {
        long end = System.nanoTime() + Duration.ofSeconds(15).toNanos();
        while (!screen().contains(text)) {
            assertThat(System.nanoTime())
                    .as("the shell never wrote «%s» but «%s»", text, screen())
                    .isLessThan(end);
            LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
        }
    }

    private void awaitRaw(String text) {
        Awaitility.await().until(() -> written.toString(StandardCharsets.UTF_8).contains(text));
    }

    private void enter(String line, String expected) throws IOException {
        press(line + "\r");
        await(expected);
        await("ast> ");
    }

    @Test
    void thePromptStandsBeforeTheCommandsAreReady() throws Exception {
        start("xterm-256color", Map.of());
        press("say early\r");
        assertThat(exit).isNotDone();
        assertThat(catalog).isNotDone();

        catalog.complete(shell.commands());

        await("early\r\n");
        await("ast> ");
    }

    @Test
    void linesRunAndThePromptFollows() throws Exception {
        start();

        enter("say 'a b' c", "a b+c\r\n");
        enter("profile use prod/acme", "prod/acme ast> ");
        enter("nonsense", "ast: unknown command 'nonsense'");
        enter("profile use '%F{red} ${x}'", "%F{red} ${x} ast> ");
    }

    @Test
    @Case("G04")
    void exclamationMarksDollarsAndBackslashesStayAsTheyAre() throws Exception {
        start();

        enter("say hi!there !! !x '$HOME' '\\n' \"\\q\"", "hi!there+!!+!x+$HOME+\\n+\\q\r\n");
    }

    @Test
    void tabCompletesCommandsOptionsAndValues() throws Exception {
        start();

        press("prof\t");
        await("profile ");
        press("u\tpr\t\r");
        await("prod ast> ");
        press("logi\t--pr\t\t");
        await("--provider");
        press("\u0015login --provider=s\t\r");
        await("signed in\r\n");
    }

    @Test
    void tabShowsWhatThereIsWithDescriptions() throws Exception {
        start();

        press("profile use \t");
        await("https://api.example.com");
        assertThat(screen()).contains("prod", "dev", "my profile");
    }

    @Test
    void namesAreWrittenAsTheirQuotingNeeds() throws Exception {
        start();

        press("profile use m\t\r");
        await("my profile ast> ");
        press("profile use 'm\t\r");
        await("my profile ast> ");
        press("profile use \"my pr\t\r");
        await("my profile ast> ");
    }

    @Test
    void aLineWithAnOpenQuoteGoesOn() throws Exception {
        start();

        press("say 'a\r");
        await("> ");
        press("b'\r");
        await("a\r\nb\r\n");
    }

    @Test
    void aPasteRunsLineByLine() throws Exception {
        start();

        press("\u001b[200~say one\rnonsense\r# it's a comment\rsay two # three\rsay 'fo\rur' \\\r five\u001b[201~\r");
        await("one\r\n");
        await("unknown command 'nonsense'");
        await("two\r\n");
        await("fo\r\nur+five\r\n");
        await("ast> ");
        press("# it's nothing\r");
        await("ast> ");
        assertThat(screen()).doesNotContain("ast:");
        enter("history", "say one|nonsense|# it's a comment|say two # three|say 'fo");
    }

    @Test
    void ctrlCEndsTheRestOfAPaste() throws Exception {
        start();

        press("\u001b[200~say one\rwait\rsay two\u001b[201~\r");
        await("waiting");
        press(CTRL_C);
        await("ast> ");
        enter("history", "say one|wait|history");
    }

    @Test
    void tabCompletesTheFileThatIsWritten() throws Exception {
        Files.createDirectories(home.resolve("results"));
        start();

        press("say a | prof\t # prof\t\r");
        await("a+|+prof\r\n");
        press("say a > " + home + "/resu\t\r");
        await("a+>+" + home + "/results/\r\n");
        press("prof\t");
        await("profile ");
    }

    @Test
    @Case("J03")
    void ctrlCClearsTheLine() throws Exception {
        start();

        press("say lost" + CTRL_C);
        await("ast> ");
        enter("say kept", "kept\r\n");
        assertThat(screen()).doesNotContain("lost");
    }

    @Test
    @Case("J03")
    void ctrlCEndsACommandAndThePromptIsBack() throws Exception {
        start();

        press("wait\r");
        await("waiting\r\n");
        press(CTRL_C);
        await("ast: interrupted");
        await("ast> ");
        enter("say alive", "alive\r\n");
    }

    @Test
    void ctrlDLeavesAnEmptyLineOnly() throws Exception {
        start();

        press("say x" + CTRL_D);
        enter("", "x\r\n");
        press(CTRL_D);

        assertThat(exit.get(10, TimeUnit.SECONDS)).isZero();
        assertThat(screen().strip()).isEmpty();
    }

    @Test
    void exitAndQuitLeave() throws Exception {
        start();

        press("quit\r");

        assertThat(exit.get(10, TimeUnit.SECONDS)).isZero();
    }

    @Test
    void terminationLeavesTheShellFromAnyPlace() throws Exception {
        start();

        press("wait\r");
        await("waiting\r\n");
        signals.received(Exit.TERMINATED);

        assertThat(exit.get(10, TimeUnit.SECONDS)).isEqualTo(143);
    }

    @Test
    void terminationLeavesThePrompt() throws Exception {
        start();

        signals.received(Exit.TERMINATED);

        assertThat(exit.get(10, TimeUnit.SECONDS)).isEqualTo(143);
    }

    @Test
    @Case("D11")
    void theTerminalIsGivenBackAsItWas() throws Exception {
        start();
        var before = terminal.getAttributes().toString();
        press(CTRL_D);
        exit.get(10, TimeUnit.SECONDS);

        assertThat(terminal.getAttributes().toString()).contains("echo").contains("icanon");
        assertThat(before).isNotEqualTo(terminal.getAttributes().toString());
    }

    @Test
    @Case("D04")
    void historyComesBackWithoutSecretsAndAnswers() throws Exception {
        start();

        enter("say one", "one\r\n");
        enter("say --token CANARY1 x", "x\r\n");
        enter(" say space", "space\r\n");
        press("ask\r");
        await("Name: ");
        enter("CANARY2", "answer: CANARY2\r\n");
        press("secret\r");
        await("Token (not shown): ");
        press("CANARY3\r");
        await("length: 7\r\n");
        assertThat(screen()).doesNotContain("CANARY3");
        press("wait\r");
        await("waiting\r\n");
        terminal.processInputBytes("CANARY4".getBytes(StandardCharsets.UTF_8));
        press(CTRL_C);
        await("ast> ");
        press(CTRL_C);
        await("ast> ");

        enter("history", "say one|ask|secret|wait|history\r\n");
        assertThat(Files.readString(home.resolve("history"))).isEqualTo("say one\nask\nsecret\nwait\nhistory\n");
        press(UP + UP + UP + UP + UP + "\r");
        await("one\r\n");
    }

    @Test
    void historyOfAnEarlierShellComesBack() throws Exception {
        Files.writeString(home.resolve("history"), "say earlier\n");
        start();

        press(UP + "\r");
        await("earlier\r\n");
    }

    @Test
    void aHistoryThatCannotBeUsedIsSaidOnceAndNothingIsWritten() throws Exception {
        Path victim = Files.writeString(home.resolve("victim"), "");
        Files.createSymbolicLink(home.resolve("history"), victim);
        start();

        enter("say one", "is a symbolic link");
        enter("say two", "two\r\n");
        assertThat(screen()).doesNotContain("warning");
        assertThat(victim).isEmptyFile();
    }

    @Test
    void historyIsSuggestedWhileTyping() throws Exception {
        start();
        enter("say something rare", "something+rare\r\n");

        press("say so");
        await("mething rare");
        press("\u001bOC\r");
        await("something+rare\r\n");
    }

    @Test
    void questionsAreAnsweredInTheShell() throws Exception {
        start();

        press("confirm\r");
        await("Sure? [y/N] ");
        enter("y", "confirmed: true\r\n");
        press("confirm\r");
        await("Sure? [y/N] ");
        enter("", "confirmed: false\r\n");
        press("ask\r");
        await("Name: ");
        enter("a \\ ! ' b", "answer: a \\ ! ' b\r\n");
        press("ask\r");
        await("Name: ");
        press(CTRL_C);
        await("ast: interrupted");
        await("ast> ");
        press("ask\r");
        await("Name: ");
        press(CTRL_D);
        await("ast: no answer was given");
        await("ast> ");
    }

    @Test
    void oneOfSeveralIsChosen() throws Exception {
        start();

        choose(DOWN, "chosen: 2\r\n"); // from the active one
        choose(UP, "chosen: 0\r\n");
        choose("gam", "chosen: 2\r\n");
        choose("GMA", "chosen: 2\r\n");
        choose("\u001b[5~", "chosen: 0\r\n");
        choose("\u001b[4~", "chosen: 2\r\n");
        choose("x\u007f\u001b[99~", "chosen: 1\r\n");
    }

    private void choose(String keys, String expected) throws IOException {
        press("choose\r");
        await("gamma");
        press(keys);
        enter("", expected);
    }

    @Test
    void leavingAListSaysNothing() throws Exception {
        start();

        press("choose\r");
        await("gamma");
        press("al");
        await("1 of 3");
        press("\u001b");
        await("3 - type to filter");
        press("\u001b");
        await("ast> ");
        press("choose\r");
        await("gamma");
        press(CTRL_D);
        await("ast> ");
        press("choose\r");
        await("gamma");
        press(CTRL_C);
        await("ast> ");
        enter("say alive", "alive\r\n");
    }

    @Test
    void noInputAsksNothing() throws Exception {
        start();

        enter("ask --no-input", "ast: cannot ask here");
        enter("choose --no-input", "ast: cannot ask here");
    }

    @Test
    void coloursAreLeftOutWhenNotWanted() throws Exception {
        start("xterm-256color", Map.of("NO_COLOR", "1"));
        catalog.complete(shell.commands());
        press("nonsense");
        await("nonsense");

        assertThat(written.toString(StandardCharsets.UTF_8)).doesNotContain("\u001b[31m", "\u001b[1m");
    }

    @Test
    void anUnknownWordIsRedAndACommandBold() throws Exception {
        start();

        press("nonsense ");
        await("nonsense ");
        assertThat(written.toString(StandardCharsets.UTF_8)).contains("\u001b[4;31m");
        press("\u0015say x");
        await("say");
        assertThat(written.toString(StandardCharsets.UTF_8)).contains("\u001b[1m");
    }

    @Test
    void aTerminalWithoutASizeWorks() throws Exception {
        size = Size.of(0, 0);
        start();

        enter("say wide", "wide\r\n");
        choose("", "chosen: 1\r\n");
    }

    @Test
    void aDumbTerminalGetsPlainLines() throws Exception {
        start("dumb", Map.of("TERM", "dumb"));
        catalog.complete(shell.commands());

        enter("say plain", "plain");
        assertThat(written.toString(StandardCharsets.UTF_8)).doesNotContain("\u001b");
    }

    @Test
    void aLineWithASecretGoesIntoNoEditor() throws Exception {
        start("xterm-256color", Map.of("EDITOR", "/bin/false"));
        catalog.complete(shell.commands());

        press("say --token CANARY\u0018\u0005");
        await("may contain a secret");
        press("\u0015say x\u0018\u0005");
        await("ended with code 1");
        enter("", "x\r\n");
    }

    @Test
    void onlyWhatSucceededIsSuggested() throws Exception {
        start();
        enter("say something rare", "something+rare\r\n");
        enter("sax something wrong", "unknown command");

        press("sa");
        await("y something rare");
        assertThat(written.toString(StandardCharsets.UTF_8)).contains("\u001b[2m");
    }

    @Test
    void nothingIsSuggestedWhereItCannotBeToldApart() throws Exception {
        start("xterm-mono", Map.of("TERM", "xterm-mono"));
        catalog.complete(shell.commands());
        enter("say something rare", "something+rare\r\n");

        press("say so");
        enter("", "so\r\n");
        assertThat(screen()).doesNotContain("mething");
    }

    @Test
    void theNameOfTheNextArgumentIsShownAndNotTaken() throws Exception {
        start();

        press("profile use ");
        await("NAME");
        press("\u001b[F");
        enter("x", "x ast> ");
    }

    @Test
    void aSecondTabExplainsWhereNothingCanBeCompleted() throws Exception {
        start();

        press("say x\t\t");
        await("say [WORDS...]");
        enter("", "x\r\n");
    }

    @Test
    void anEarlierLineIsChosenFromAListAndNotRun() throws Exception {
        start();
        enter("say first", "first\r\n");
        enter("say second", "second\r\n");

        press("\u0012");
        await("2 - type to filter");
        press("fst");
        await("1 of 2");
        press("\r");
        enter("X", "firstX\r\n");
        press("kept\u0012");
        await("0 of 3");
        press("\u001b");
        await("3 - type");
        press("\u001b");
        awaitRaw("\u001b[?1049l");
        enter("", "unknown command 'kept'");
    }

    @Test
    void linesOfAnotherShellAreFoundAtTheNextPrompt() throws Exception {
        start();
        enter("say mine", "mine\r\n");
        new HistoryFile(home.resolve("history")).append("say theirs");
        enter("", "ast> ");

        enter("history", "say mine|say theirs|history\r\n");
    }
}
