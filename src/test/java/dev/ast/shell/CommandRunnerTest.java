package dev.ast.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ast.command.ArgumentSpec;
import dev.ast.command.Call;
import dev.ast.command.CommandSpec;
import dev.ast.command.CommandSpec.Silent;
import dev.ast.command.OptionSpec;
import dev.ast.command.Values;
import dev.ast.domain.Exit;
import dev.ast.domain.Failure;
import dev.ast.domain.FailureException;
import dev.ast.domain.ProfileName;
import dev.ast.host.Environment;
import dev.ast.host.Input;
import dev.ast.host.Interrupts;
import dev.ast.json.Json;
import dev.ast.output.Coloring;
import dev.ast.output.ErrorPrinter;
import dev.ast.output.Outcome;
import dev.ast.output.PlainText;
import dev.ast.output.Redactor;
import dev.ast.output.Screen;
import dev.ast.output.StandardInput;
import dev.ast.output.TerminalConversation;
import dev.ast.output.Views;
import dev.ast.session.DeferredFailures;
import dev.ast.shell.grammar.Catalog;
import dev.ast.shell.grammar.Tokenizer;
import dev.ast.shell.script.Script;
import dev.ast.support.RecordedScreen;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.shell.core.command.CommandArgument;
import org.springframework.shell.core.command.ParsedInput;

class CommandRunnerTest {
    private static final String CANARY = "canary-token-0815";

    private static final Failure LATE = new Failure.Storage("not saved", Optional.of("ast doctor"));

    private final RecordedScreen screen = RecordedScreen.piped();
    private final Interrupts interrupts = new Interrupts();
    private final Leave leave = new Leave();
    private final List<Call> calls = new ArrayList<>();
    private final DeferredFailures late = new DeferredFailures();
    private final CommandRunner runner = runnerOn(screen.screen());

    private CommandRunner runnerOn(Screen target) {
        List<CommandSpec> specs = new ArrayList<>();
        specs.add(CommandSpec.named("echo", "Test", "Show the words")
                .alias("say aloud")
                .option(
                        OptionSpec.value("size", "N", "How big").letter('s').many(),
                        OptionSpec.value("maybe", "X", "Perhaps").maybe(),
                        OptionSpec.flag("loud", "Louder"),
                        OptionSpec.value("key", "KEY", "A key").asSecret())
                .argument(ArgumentSpec.one("FIRST", "A word", Values.FREE))
                .argument(ArgumentSpec.maybe("SECOND", "A word", Values.FREE))
                .argument(ArgumentSpec.rest("MORE", "Words", Values.FREE))
                .does(call -> {
                    calls.add(call);
                    return new PlainText(String.join("|", call.arguments().values()) + "/" + call.rest());
                }));
        specs.add(CommandSpec.named("profile use", "Test", "Switch")
                .argument(ArgumentSpec.one("NAME", "Which", Values.PROFILE))
                .does(call -> Silent.NOTHING));
        specs.add(CommandSpec.named("secret door", "Test", "Hidden").hide().does(call -> new PlainText("open")));
        specs.add(CommandSpec.named("throw", "Test", "Fail")
                .argument(ArgumentSpec.one("HOW", "Which way", Values.FREE))
                .does(call -> thrown(call.argument("HOW").orElseThrow())));
        specs.add(CommandSpec.named("partly", "Test", "Show and fail")
                .does(call -> Outcome.failed(
                        new PlainText("half"), new Failure.Storage("not saved", Optional.of("ast doctor")))));
        specs.add(CommandSpec.named("code", "Test", "End with a code")
                .argument(ArgumentSpec.one("N", "Which", Values.FREE))
                .does(call -> Outcome.of(
                        new PlainText("body"),
                        Integer.parseInt(call.argument("N").orElseThrow()))));
        Redactor redactor = new Redactor();
        Views views = new Views(
                target,
                result -> result instanceof HelpPage
                        ? new HelpView(List.of("Test"))
                        : result instanceof HistoryPage ? new HistoryPage.Look() : null);
        Catalog[] catalog = new Catalog[1];
        specs.addAll(new ShellCommands(() -> catalog[0], () -> List.of("whoami", "a\u001b"), () -> {}, leave).specs());
        catalog[0] = new Catalog(specs);
        PlainExecution execution = new PlainExecution(
                catalog[0],
                views,
                redactor,
                interrupts,
                global -> new TerminalConversation(
                        target,
                        new StandardInput(new Input(interrupts, false)),
                        interrupts,
                        redactor,
                        new TerminalConversation.Options(global.quiet(), global.noInput(), Coloring.NEVER)));
        return new CommandRunner(
                new SpringShellExecution(
                        new AstCommandParser(catalog[0]), new AstCommandRegistry(catalog[0], execution), target),
                target,
                new ErrorPrinter(target, redactor),
                interrupts,
                leave,
                late);
    }

    private static Object thrown(String how) {
        if (how.equals("error")) {
            throw new StackOverflowError();
        }
        throw switch (how) {
            case "usage" -> Failure.usage("m");
            case "denied" -> Failure.denied("m", "h");
            case "not_signed_in" -> new Failure.NotSignedIn(new ProfileName("prod")).asException();
            case "session_ended" -> new Failure.SessionEnded(new ProfileName("prod"), "revoked").asException();
            case "unreachable" -> Failure.unreachable("m", "h");
            case "storage" -> Failure.storage("m", "h");
            case "timed_out" -> Failure.timedOut("m", "h");
            case "not_executable" -> new Failure.NotRun("m", Optional.of("h"), Exit.NOT_EXECUTABLE).asException();
            case "not_found" -> new Failure.NotRun("m", Optional.of("h"), Exit.NOT_FOUND).asException();
            case "failure" -> Failure.failed("m", "h");
            case "interrupted" -> new Failure.Interrupted(Exit.INTERRUPTED).asException();
            case "terminated" -> new Failure.Interrupted(Exit.TERMINATED).asException();
            case "bug" -> new IllegalStateException("got " + CANARY);
            default -> new IllegalArgumentException(how);
        };
    }

    private Map<?, ?> jsonError() {
        String err = screen.err();
        assertThat(err).endsWith("}}\n").containsOnlyOnce("\n");
        return (Map<?, ?>)
                Json.readObject(err.strip().getBytes(StandardCharsets.UTF_8)).get("error");
    }

    @Test
    void keepsWordsApartExactly() {
        assertThat(runner.run(List.of("echo", "--", "a b", "", "-x'\"\\", "é\n")))
                .isZero();
        Call call = calls.get(0);
        assertThat(call.argument("FIRST")).contains("a b");
        assertThat(call.argument("SECOND")).contains("");
        assertThat(call.rest()).containsExactly("-x'\"\\", "é\n");
    }

    @Test
    void givesOptionsAndGlobalOptionsToTheAction() {
        assertThat(
                        runner.run(
                                "--profile prod echo -s 1 --size=2 --maybe --loud one --server https://api.example.com -o text -v"))
                .isZero();
        Call call = calls.get(0);
        assertThat(call.all("size")).containsExactly("1", "2");
        assertThat(call.has("maybe")).isTrue();
        assertThat(call.option("maybe")).isEmpty();
        assertThat(call.has("loud")).isTrue();
        assertThat(call.global().profile()).contains(new ProfileName("prod"));
        assertThat(call.global().server().map(Object::toString)).contains("https://api.example.com");
        assertThat(call.global().verbose()).isTrue();
        assertThat(call.global().quiet()).isFalse();
        assertThat(call.argument("FIRST")).contains("one");
        assertThat(call.argument("SECOND")).isEmpty();
        assertThat(call.rest()).isEmpty();
    }

    @Test
    void runsAliasesAndHiddenCommands() {
        assertThat(runner.run("say aloud x")).isZero();
        assertThat(runner.run("secret door")).isZero();
        assertThat(screen.out()).isEqualTo("x/[]\nopen\n");
    }

    @ParameterizedTest
    @EnumSource(value = Exit.class, mode = EnumSource.Mode.EXCLUDE, names = "OK")
    void everyFailureEndsWithItsCode(Exit exit) {
        assertThat(runner.run("throw " + exit.word())).isEqualTo(exit.code());
        assertThat(screen.out()).isEmpty();
        assertThat(screen.err()).startsWith("ast: ").doesNotContain("\tat ");
    }

    @ParameterizedTest
    @EnumSource(value = Exit.class, mode = EnumSource.Mode.EXCLUDE, names = "OK")
    void everyFailureIsJsonWhenAskedFor(Exit exit) {
        assertThat(runner.run("throw " + exit.word() + " -o json")).isEqualTo(exit.code());
        assertThat(screen.out()).isEmpty();
        assertThat(jsonError().get("code")).isEqualTo(exit.word());
        assertThat(jsonError().get("exit")).isEqualTo(exit.code());
    }

    @ParameterizedTest
    @CsvSource({"bug,java.lang.IllegalStateException", "error,java.lang.StackOverflowError"})
    void aBugIsAFailureWithoutATrace(String how, String type) {
        assertThat(runner.run("throw " + how)).isEqualTo(1);
        assertThat(screen.err())
                .startsWith("ast: internal error: " + type + "\n")
                .doesNotContain("\tat ", CANARY);
        screen.clear();
        assertThat(runner.run("throw " + how + " --verbose --token " + CANARY)).isEqualTo(1);
        assertThat(screen.err()).contains("\tat ").doesNotContain(CANARY);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "nope",
                "echo",
                "echo a --nope",
                "echo a --size",
                "profile use",
                "profile use a b",
                "profile",
                "echo 'a",
                "echo a\\",
                "echo a --profile ''",
                "echo a --loud=1",
                "''",
                "help nope",
                "echo a -o xml"
            })
    void whatIsNotUnderstoodIsNotRun(String line) {
        assertThat(runner.run(line)).isEqualTo(2);
        assertThat(calls).isEmpty();
        assertThat(screen.out()).isEmpty();
        assertThat(screen.err()).startsWith("ast: ");
        screen.clear();
        assertThat(runner.run("-o json " + line)).isEqualTo(2);
        if (!line.endsWith("xml")) {
            assertThat(jsonError().get("code")).isEqualTo("usage");
        }
        assertThat(screen.out()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "nope --output json",
                "nope --output=json",
                "nope -o json",
                "nope -ojson",
                "nope -o=json",
                "-qo json nope",
                "nope 'open -o json"
            })
    void findsTheFormatInALineThatCannotBeParsed(String line) {
        assertThat(runner.run(line)).isEqualTo(2);
        assertThat(jsonError().get("exit")).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "echo --token " + CANARY + " --nope",
                "echo --key=" + CANARY + " --nope",
                "echo --key " + CANARY + " 'x",
                "echo a --token " + CANARY + " --token " + CANARY,
                "throw bug --token " + CANARY,
                "throw bug -v --token " + CANARY,
                "echo --key '" + CANARY + " \u0007' a"
            })
    void neverRepeatsASecretOfTheLine(String line) {
        assertThat(runner.run(line)).isIn(1, 2);
        assertThat(runner.run(line + " -o json")).isIn(1, 2);
        assertThat(screen.err() + screen.out()).doesNotContain(CANARY);
    }

    @Test
    void showsAResultThatWasReachedPartlyAndSaysWhy() {
        assertThat(runner.run("partly")).isEqualTo(7);
        assertThat(screen.out()).isEqualTo("half\n");
        assertThat(screen.err()).isEqualTo("ast: not saved\nhint: ast doctor\n");
    }

    @Test
    void saysWhatACommandSurvivedAndEndsWithItsCode() {
        late.add(LATE);
        assertThat(runner.run("echo a")).isEqualTo(7);
        assertThat(screen.out()).isEqualTo("a/[]\n");
        assertThat(screen.err()).isEqualTo("ast: not saved\nhint: ast doctor\n");
        assertThat(runner.run("echo a")).isZero();
    }

    @Test
    void completesTheWordsOfLinesButNotOfArgv() {
        CommandRunner json = runner.with(new CommandRunner.Lines() {
            @Override
            public int run(String line, String place) {
                List<String> words = new ArrayList<>(List.of("-o", "json"));
                words.addAll(Tokenizer.words(line));
                return runner.run(words, place);
            }

            @Override
            public List<String> options(String line) {
                return List.of("-o", "json");
            }
        });
        assertThat(json.run("echo a")).isZero();
        assertThat(screen.out()).isEqualTo("\"a/[]\"\n");
        assertThat(json.run("echo 'a")).isEqualTo(2);
        assertThat(jsonError().get("code")).isEqualTo("usage");
        screen.clear();
        assertThat(json.run(List.of("echo", "a"))).isZero();
        assertThat(screen.out()).isEqualTo("a/[]\n");
    }

    @Test
    void endsWithTheCodeOfAnOutcome() {
        assertThat(runner.run("code 42")).isEqualTo(42);
        assertThat(screen.out()).isEqualTo("body\n");
        assertThat(screen.err()).isEmpty();
        assertThat(runner.run("code 3", "f:7")).isEqualTo(3);
        assertThat(screen.err()).isEqualTo("ast: f:7: ended with exit code 3\n");
    }

    @Test
    void saysThePlaceOfAFailure() {
        assertThat(runner.run("throw storage", "my.ast:12")).isEqualTo(7);
        assertThat(screen.err()).isEqualTo("ast: my.ast:12: m\nhint: h\n");
    }

    @Test
    void anInterruptWinsOverWhatItCaused() {
        interrupts.interrupt(Exit.INTERRUPTED);
        assertThat(runner.run("throw unreachable")).isEqualTo(130);
        assertThat(runner.interrupted()).contains(new Failure.Interrupted(Exit.INTERRUPTED));
        interrupts.clear();
        assertThat(runner.run("echo a")).isZero();
        assertThat(runner.interrupted()).isEmpty();
    }

    @Test
    void runsTenThousandLinesOfAScriptUntilOneFails() {
        StringBuilder script = new StringBuilder();
        for (int i = 1; i <= 10_000; i++) {
            script.append("echo ")
                    .append(i)
                    .append(" --token secret-number-")
                    .append(i)
                    .append('\n');
        }
        script.append("throw denied\necho never\n");
        InputStream lines = new ByteArrayInputStream(script.toString().getBytes(StandardCharsets.UTF_8));
        assertThat(Script.run("long.ast", lines, false, runner)).isEqualTo(3);
        assertThat(screen.out().lines().count()).isEqualTo(10_000);
        assertThat(screen.out()).startsWith("1/[]\n2/[]\n").endsWith("\n10000/[]\n");
        assertThat(screen.err()).isEqualTo("ast: long.ast:10001: m\nhint: h\n");
    }

    @Test
    void exitAsksToLeave() {
        assertThat(runner.run("quit")).isZero();
        assertThat(leave.asked()).isTrue();
        assertThat(runner.ended()).isTrue();
    }

    @Test
    void lostOutputIsAFailure() throws Exception {
        Assumptions.assumeTrue(Files.exists(Path.of("/dev/full")), "no /dev/full here");
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        try (OutputStream full = new FileOutputStream("/dev/full")) {
            CommandRunner lost = runnerOn(new Screen(full, err, Environment.of(Map.of()), "", () -> 0));
            assertThat(lost.run("echo a")).isEqualTo(1);
            assertThat(err.toString(StandardCharsets.UTF_8)).startsWith("ast: cannot write to standard output: ");
            assertThat(lost.ended()).isTrue();
        }
    }

    @Test
    void showsHelpForCommandsGroupsAndTheProgram() {
        assertThat(runner.run("profile --help")).isZero();
        assertThat(screen.out()).contains("Usage: ast profile COMMAND").contains("profile use");
        screen.clear();
        assertThat(runner.run("echo --help")).isZero();
        String byOption = screen.out();
        screen.clear();
        assertThat(runner.run("help echo")).isZero();
        assertThat(screen.out()).isEqualTo(byOption).contains("Usage: ast echo [OPTIONS] FIRST [SECOND] [MORE...]");
        screen.clear();
        assertThat(runner.run(List.of("--help"))).isZero();
        assertThat(screen.out()).contains("Usage: ast [COMMAND]");
    }

    @Test
    void suggestsTheNearestTopicOfHelp() {
        assertThat(runner.run("help ehco")).isEqualTo(2);
        assertThat(screen.err()).isEqualTo("ast: unknown command 'ehco'; did you mean 'echo'?\nhint: ast help echo\n");
    }

    @Test
    void showsVersionAndHistory() {
        assertThat(runner.run("--version")).isZero();
        assertThat(screen.out()).startsWith("ast ").containsOnlyOnce("\n");
        screen.clear();
        assertThat(runner.run("history")).isZero();
        assertThat(screen.out()).isEqualTo("    1  whoami\n    2  a\\x1b\n");
        screen.clear();
        assertThat(runner.run("history -o json")).isZero();
        assertThat(screen.out()).isEqualTo("[\"whoami\",\"a\\u001B\"]\n");
        assertThat(runner.run("clear")).isZero();
    }

    @Test
    void keepsSpringShellsParsedInput() {
        Catalog catalog = new Catalog(List.of(CommandSpec.named("profile use", "Test", "Switch")
                .argument(ArgumentSpec.one("NAME", "Which", Values.PROFILE))
                .does(call -> Silent.NOTHING)));
        ParsedInput input = new AstCommandParser(catalog).parse("profile use 'my profile' -q");
        assertThat(input.commandName()).isEqualTo("profile");
        assertThat(input.subCommands()).containsExactly("use");
        assertThat(input.arguments())
                .extracting(CommandArgument::value)
                .containsExactly("profile", "use", "my profile", "-q");
    }

    @Test
    void aFailureOutsideACommandIsThrownByTheParserAsItIs() {
        AstCommandParser parser = new AstCommandParser(new Catalog(List.of()));
        assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> parser.parse("x")))
                .isInstanceOf(FailureException.class);
    }
}
