package dev.ast.shell.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.ast.command.ArgumentSpec;
import dev.ast.command.CommandSpec;
import dev.ast.command.OptionSpec;
import dev.ast.command.Values;
import dev.ast.domain.Exit;
import dev.ast.domain.Failure;
import dev.ast.host.ChildEnvironment;
import dev.ast.host.Environment;
import dev.ast.host.Input;
import dev.ast.host.Interrupts;
import dev.ast.host.Programs;
import dev.ast.host.Sleeper;
import dev.ast.output.Coloring;
import dev.ast.output.ErrorPrinter;
import dev.ast.output.PlainText;
import dev.ast.output.Raw;
import dev.ast.output.Redactor;
import dev.ast.output.StandardInput;
import dev.ast.output.TerminalConversation;
import dev.ast.output.Views;
import dev.ast.session.DeferredFailures;
import dev.ast.shell.CommandRunner;
import dev.ast.shell.Leave;
import dev.ast.shell.PlainExecution;
import dev.ast.shell.ShellCommands;
import dev.ast.shell.grammar.Catalog;
import dev.ast.support.MovableTime;
import dev.ast.support.RecordedScreen;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class LineExecutionTest {
    private static final String JWT = "eyJhbGciOiJub25lIn0.eyJzdWIiOiJhZGEifQ.c2ln";

    @TempDir
    private Path folder;

    private RecordedScreen screen = RecordedScreen.piped();
    private final Interrupts interrupts = new Interrupts();
    private final Leave leave = new Leave();
    private final Map<String, String> aliases = new TreeMap<>();
    private final LineState state = new LineState(() -> new Aliases() {
        @Override
        public Map<String, String> all() {
            return Map.copyOf(aliases);
        }

        @Override
        public void set(String name, String words) {
            aliases.put(name, words);
        }

        @Override
        public boolean remove(String name) {
            return aliases.remove(name) != null;
        }
    });
    private final List<String> asked = new ArrayList<>();
    private Catalog catalog;
    private CommandRunner commands;
    private Environment environment;
    private UnaryOperator<List<String>> defaults = words -> words;
    private ProgramsAllowed allowed = ProgramsAllowed.NEVER;
    private boolean trace;
    private boolean dryRun;
    private Optional<LineExecution.Watched> watched = Optional.empty();

    @BeforeEach
    void wire() {
        assumeThat(Path.of("/bin/sh")).exists();
        environment = Environment.of(Map.of("PATH", "/usr/bin:/bin", "HOME", folder.toString()));
        List<CommandSpec> specs = new ArrayList<>(List.of(
                CommandSpec.named("say", "Test", "Say words")
                        .argument(ArgumentSpec.rest("WORDS", "Words", Values.FREE))
                        .option(OptionSpec.value("key", "KEY", "A key").asSecret())
                        .does(call -> {
                            asked.addAll(call.rest());
                            return new PlainText(String.join(",", call.rest()));
                        }),
                CommandSpec.named("bytes", "Test", "Many bytes")
                        .argument(ArgumentSpec.one("N", "How many", Values.FREE))
                        .does(call -> (Raw) target -> {
                            byte[] piece = new byte[64 * 1024];
                            for (int left = Integer.parseInt(call.argument("N").orElseThrow()); left > 0; left--) {
                                target.write(piece);
                            }
                        }),
                CommandSpec.named("raw", "Test", "A body").does(call ->
                        (Raw) target -> target.write("{\"a\":1}".getBytes(StandardCharsets.UTF_8))),
                CommandSpec.named("answer", "Test", "What a server answers")
                        .gives(CommandSpec.Result.ANSWER)
                        .argument(ArgumentSpec.one("TEXT", "The body", Values.FREE))
                        .does(call -> new Raw() {
                            @Override
                            public void writeTo(OutputStream target) throws IOException {
                                target.write(call.argument("TEXT").orElseThrow().getBytes(StandardCharsets.UTF_8));
                            }

                            @Override
                            public OptionalInt status() {
                                return OptionalInt.of(200);
                            }
                        }),
                CommandSpec.named("fail", "Test", "Fail").does(call -> {
                    throw new Failure.Storage("broken", Optional.empty()).asException();
                }),
                CommandSpec.named("token", "Test", "A secret")
                        .gives(CommandSpec.Result.SECRET)
                        .does(call -> new PlainText("token-value"))));
        specs.addAll(new LineCommands(() -> state, () -> catalog).specs());
        specs.addAll(new ShellCommands(() -> catalog, List::of, () -> {}, leave).specs());
        catalog = new Catalog(specs);
        Redactor redactor = new Redactor();
        PlainExecution execution = new PlainExecution(
                catalog,
                new Views(screen.screen(), result -> result instanceof AliasList ? new AliasList.Look() : null),
                redactor,
                interrupts,
                global -> new TerminalConversation(
                        screen.screen(),
                        new StandardInput(new Input(interrupts, false)),
                        interrupts,
                        redactor,
                        new TerminalConversation.Options(false, true, Coloring.NEVER)));
        execution.keepIn(state.last());
        commands = new CommandRunner(
                execution,
                screen.screen(),
                new ErrorPrinter(screen.screen(), redactor),
                interrupts,
                leave,
                new DeferredFailures());
    }

    private int run(String line) {
        Programs programs = new Programs(new ChildEnvironment(Set.of("HOME")));
        return commands.with(new LineExecution(
                        commands,
                        new LineExecution.Parts(
                                catalog,
                                state,
                                screen.screen(),
                                () -> programs,
                                () -> allowed,
                                environment,
                                interrupts),
                        new LineExecution.Options(
                                defaults,
                                trace
                                        ? Optional.of(new LineTrace(catalog, new Redactor(), screen.screen()))
                                        : Optional.empty(),
                                dryRun,
                                watched)))
                .run(line, "f:1");
    }

    private Path file(String name) {
        return folder.resolve(name);
    }

    @Test
    void commentsAndEmptyLinesAreNothing() {
        assertThat(run("# say a")).isZero();
        assertThat(run("  ")).isZero();
        assertThat(run("say a # b")).isZero();
        assertThat(screen.out()).isEqualTo("a\n");
        assertThat(screen.err()).isEmpty();
    }

    @Test
    void aResultGoesToAFileInsteadOfTheScreen() throws IOException {
        assertThat(run("say a b > " + file("x"))).isZero();
        assertThat(run("say c >>" + file("x"))).isZero();
        assertThat(run("say home > ~/y")).isZero();
        assertThat(screen.out()).isEmpty();
        assertThat(file("x")).hasContent("a,b\nc\n");
        assertThat(file("y")).hasContent("home\n");
        assertThat(run("say d > " + file("x"))).isZero();
        assertThat(file("x")).hasContent("d\n");
        assertThat(run("say on the screen")).isZero();
        assertThat(screen.out()).isEqualTo("on,the,screen\n");
    }

    @Test
    void aSecretIsWrittenForItsOwnerOnly() throws IOException {
        assertThat(run("token > " + file("secret"))).isZero();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file("secret"))))
                .isEqualTo("rw-------");

        Files.createFile(file("open"));
        Files.setPosixFilePermissions(file("open"), PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(run("token > " + file("open"))).isEqualTo(1);
        assertThat(screen.err())
                .contains("other users may read " + file("open"))
                .contains("hint: chmod 600");
        assertThat(file("open")).isEmptyFile();
        assertThat(run("token > /dev/null")).isZero();
    }

    @Test
    void aFileThatCannotBeWrittenIsReported() {
        assertThat(run("say a > " + file("no/x"))).isEqualTo(1);
        assertThat(screen.err())
                .isEqualTo("ast: f:1: cannot write to " + file("no/x") + ": there is no such directory\n");
        assertThat(asked).isEmpty();
        screen.clear();
        assumeThat(Path.of("/dev/full")).exists();
        assertThat(run("say a > /dev/full")).isEqualTo(1);
        assertThat(screen.err()).startsWith("ast: f:1: cannot write to /dev/full: ");
        assertThat(run("say b")).isZero();
        assertThat(screen.out()).isEqualTo("b\n");
    }

    @Test
    void aWrongCommandTouchesNoFile() throws IOException {
        Files.writeString(file("x"), "kept");
        assertThat(run("nonsense > " + file("x"))).isEqualTo(2);
        assertThat(run("say a > " + file("x") + " | cat")).isEqualTo(2);
        assertThat(file("x")).hasContent("kept");
    }

    @Test
    void programsGetTheResult() {
        assertThat(run("say a | /bin/sh -c 'tr a b; echo $HOME.' | cat > " + file("x")))
                .isZero();
        assertThat(file("x")).hasContent("b\n.\n"); // the variable is withheld
        assertThat(screen.out()).isEmpty();
    }

    @Test
    void theCodeOfTheCommandComesFirst() {
        assertThat(run("fail | cat > " + file("x"))).isEqualTo(7);
        assertThat(screen.err()).isEqualTo("ast: f:1: broken\n");
        screen.clear();
        assertThat(run("say a | sh -c 'cat; exit 5' > " + file("x"))).isEqualTo(1);
        assertThat(screen.err()).isEqualTo("ast: f:1: sh exited with 5\n");
        screen.clear();
        assertThat(run("fail | sh -c 'exit 5'")).isEqualTo(7);
        assertThat(screen.err()).isEqualTo("ast: f:1: broken\n");
    }

    @Test
    void aProgramMayStopReading() {
        assertThat(run("bytes 200 | head -c 3 > " + file("x"))).isZero();
        assertThat(file("x")).hasSize(3);
        assertThat(run("bytes 200 | cat | head -c 3 > " + file("x"))).isZero();
        assertThat(screen.err()).isEmpty();
    }

    @Test
    void aProgramThatIsNotThereIsReportedBeforeAnythingRuns() throws IOException {
        assertThat(run("say a | no-such-program-here")).isEqualTo(1);
        assertThat(screen.err())
                .isEqualTo("ast: f:1: there is no program no-such-program-here\nhint: install it, or give its path\n");
        assertThat(asked).isEmpty();

        Path here = Files.createFile(
                Path.of("target", "not-through-path-" + ProcessHandle.current().pid()));
        try {
            Files.setPosixFilePermissions(here, PosixFilePermissions.fromString("rwx------"));
            environment = Environment.of(Map.of("PATH", ".:target::/usr/bin"));
            assertThat(run("say a | " + here.getFileName())).isEqualTo(1);
            assertThat(asked).isEmpty();
        } finally {
            Files.delete(here);
        }
    }

    @Test
    void anInterruptEndsCommandAndProgram() {
        Thread pressing = new Thread(() -> {
            Sleeper.plain().pause(Duration.ofMillis(300));
            interrupts.interrupt(Exit.INTERRUPTED);
        });
        pressing.start();
        assertThat(run("say a | sleep 600")).isEqualTo(130);
        assertThat(screen.err()).isEqualTo("ast: f:1: interrupted\n");
    }

    @Test
    void theLastResultIsShownAgain() {
        assertThat(run("_")).isEqualTo(2);
        assertThat(screen.err()).contains("there is no result to show again");
        run("raw");
        run("token");
        assertThat(run("_")).isEqualTo(2);
        run("raw");
        run("set x y");
        run("fail");
        screen.clear();
        assertThat(run("_ | cat > " + file("x"))).isZero();
        assertThat(file("x")).hasContent("{\"a\":1}");
        assertThat(run("_")).isZero();
        assertThat(screen.out()).isEqualTo("{\"a\":1}");
        run("say hello");
        screen.clear();
        assertThat(run("_ -o json")).isZero();
        assertThat(screen.out()).isEqualTo("\"hello\"\n");
    }

    @Test
    void aLargeResultIsNotKept() {
        run("bytes 161 > /dev/null");
        assertThat(run("_")).isEqualTo(2);
        assertThat(screen.err()).contains("the last result was larger than 10 MiB and was not kept");
    }

    @Test
    void variablesAreOneWord() {
        state.variables().setArguments(List.of("first", "two words"));
        assertThat(run("set x '> a | b # c'")).isZero();
        assertThat(run("say $x ${x}y '$x' \"<$x>\" $1 $2 $#")).isZero();
        assertThat(asked)
                .containsExactly("> a | b # c", "> a | b # cy", "$x", "<> a | b # c>", "first", "two words", "2");
        assertThat(run("say $y")).isEqualTo(2);
        assertThat(run("say $3")).isEqualTo(2);
        assertThat(run("set 1x y")).isEqualTo(2);
        assertThat(screen.err())
                .contains("ast: f:1: the variable 'y' is not set\n")
                .contains("ast: f:1: the script has no argument $3\n")
                .contains("the name of a variable");
        assertThat(run("say $PATH $HOME")).isEqualTo(2);
    }

    @Test
    void aCodeCanBeExpected() {
        assertThat(run("expect 7 fail")).isZero();
        assertThat(screen.err()).isEqualTo("ast: broken\n");
        screen.clear();
        assertThat(run("expect 4 say a")).isEqualTo(1);
        assertThat(screen.err()).isEqualTo("ast: f:1: expected exit code 4, but the command ended with 0\n");
        assertThat(run("expect 2 nonsense --x")).isZero();
        assertThat(run("expect 0 say b > " + file("x"))).isZero();
        assertThat(file("x")).hasContent("b\n");
        assertThat(run("expect 0 say --key k c")).isZero();
        assertThat(run("expect x say")).isEqualTo(2);
        assertThat(run("expect 0")).isEqualTo(2);
        assertThat(run("-q expect 0 say")).isEqualTo(2);
    }

    @Test
    void defaultsAreThoseOfTheCommand() {
        defaults =
                words -> Stream.concat(Stream.of("-o", "json"), words.stream()).toList();
        assertThat(run("expect 0 say a")).isZero();
        assertThat(screen.out()).isEqualTo("\"a\"\n");
        assertThat(run("say 'a")).isEqualTo(2);
        assertThat(screen.err()).startsWith("{\"error\"");
    }

    @Test
    void exitNamesACode() {
        assertThat(run("exit 300")).isEqualTo(2);
        assertThat(leave.asked()).isFalse();
        screen.clear();
        assertThat(run("exit 3")).isEqualTo(3);
        assertThat(leave.asked()).isTrue();
        assertThat(leave.code()).hasValue(3);
        assertThat(screen.err()).isEmpty();
    }

    @Test
    void anAliasStandsAtTheBeginningOnce() {
        aliases.putAll(Map.of("s", "say 'a b'", "say", "fail", "loop", "loop x"));
        assertThat(run("s c s")).isZero();
        assertThat(asked).containsExactly("a b", "c", "s");
        assertThat(run("expect 0 s")).isZero();
        assertThat(run("loop")).isEqualTo(2);
    }

    @Test
    void aliasesAreAddedListedAndRemoved() {
        assertThat(run("alias s = say -o json 'a b' '|'")).isZero();
        assertThat(run("alias t 'say c'")).isZero();
        assertThat(aliases).isEqualTo(Map.of("s", "say -o json a\\ b \\|", "t", "say c"));
        assertThat(run("s c")).isZero();
        assertThat(screen.out()).isEqualTo("\"a b,|,c\"\n");
        screen.clear();
        assertThat(run("alias -o json")).isZero();
        assertThat(screen.out()).contains("{\"name\":\"t\",\"words\":\"say c\"}");
        assertThat(run("alias --remove t")).isZero();
        assertThat(run("t")).isEqualTo(2);
        assertThat(aliases).containsOnlyKeys("s");
        screen.clear();
        for (String wrong : List.of(
                "alias say = x",
                "alias ast = x",
                "alias 'a b' = x",
                "alias x",
                "alias x =",
                "alias --remove nope",
                "alias x = 'say | cat'",
                "alias x = say " + JWT)) {
            assertThat(run(wrong)).as(wrong).isEqualTo(2);
        }
        assertThat(screen.err()).contains("'say' is a command already").doesNotContain(JWT);
        assertThat(aliases).containsOnlyKeys("s");
    }

    @Test
    void aPersonGetsLongResultsInAPager() {
        List<String> paged = new ArrayList<>();
        boolean[] shows = {true};
        watched = Optional.of(new LineExecution.Watched(
                text -> {
                    paged.add(new String(text, StandardCharsets.UTF_8));
                    return shows[0];
                },
                new MovableTime()));
        run("raw");
        assertThat(screen.out()).isEqualTo("{\"a\":1}");
        screen.clear();
        assertThat(run("_")).isZero();
        assertThat(paged).containsExactly("{\"a\":1}");
        assertThat(screen.out()).isEmpty();
        shows[0] = false;
        run("_");
        assertThat(screen.out()).isEqualTo("{\"a\":1}");
        paged.clear();
        run("_ > " + file("x"));
        run("alias --nope");
        run("alias --remove nope");
        run("alias x say a");
        assertThat(paged).isEmpty();
    }

    @Test
    void aTraceHidesSecrets() {
        trace = true;
        run("say a # b");
        run("# nothing");
        run("say --key hunter2 b");
        run("say " + JWT + " > /dev/null");
        assertThat(screen.err()).isEqualTo("+ say a # b\n+ say --key [secret] b\n+ say [secret] > /dev/null\n");
    }

    @Test
    void aDryRunChecksAndRunsNothing() {
        dryRun = true;
        assertThat(run("set x y")).isZero();
        assertThat(run("say $x | no-such-program > /nonexistent/x")).isZero();
        assertThat(run("expect 9 say a")).isZero();
        assertThat(asked).isEmpty();
        assertThat(run("say $y")).isEqualTo(2);
        assertThat(run("expect 9 nonsense")).isEqualTo(2);
        assertThat(run("say a |")).isEqualTo(2);
        assertThat(screen.err()).contains("f:1: the variable 'y'", "f:1: unknown command", "f:1: a program is missing");
    }

    private LineExecution.Watched user() {
        return new LineExecution.Watched(text -> false, new MovableTime());
    }

    @Test
    void aProgramRunsOnlyWhereTheSettingsAllowIt() throws IOException {
        String touch = "!sh -c 'echo \"$HOME.\" >> " + file("x") + "'";
        assertThat(run(touch)).isEqualTo(2);
        assertThat(screen.err()).isEqualTo("""
                        ast: f:1: programs are not run by scripts with !
                        hint: ast config set ast.shell.programs always
                        """);
        allowed = ProgramsAllowed.SHELL;
        assertThat(run(touch)).isEqualTo(2);
        watched = Optional.of(user());
        allowed = ProgramsAllowed.NEVER;
        screen.clear();
        assertThat(run(touch)).isEqualTo(2);
        assertThat(screen.err()).contains("from the shell with !", "ast config set ast.shell.programs true");
        assertThat(file("x")).doesNotExist();

        allowed = ProgramsAllowed.SHELL;
        assertThat(run(touch)).isZero();
        assertThat(file("x")).hasContent(".\n"); // the variable is withheld
        watched = Optional.empty();
        allowed = ProgramsAllowed.ALWAYS;
        assertThat(run("! " + touch.substring(1))).isZero();
        assertThat(file("x")).hasContent(".\n.\n");
        dryRun = true;
        assertThat(run(touch)).isZero();
        assertThat(file("x")).hasContent(".\n.\n");
        assertThat(run("!")).isEqualTo(2);
    }

    @Test
    void aProgramHasPipesAFileAndACodeAsThoseBehindACommand() {
        allowed = ProgramsAllowed.ALWAYS;
        assertThat(run("!printf aa | tr a b > " + file("x"))).isZero();
        assertThat(file("x")).hasContent("bb");
        assertThat(run("!cat")).as("the input of a script may be the script").isZero();
        assertThat(run("!sh -c 'exit 5'")).isEqualTo(1);
        assertThat(screen.err()).isEqualTo("ast: f:1: sh exited with 5\n");
        screen.clear();
        assertThat(run("!no-such-program-here")).isEqualTo(1);
        assertThat(screen.err()).contains("there is no program no-such-program-here");
        Thread pressing = new Thread(() -> {
            Sleeper.plain().pause(Duration.ofMillis(300));
            interrupts.interrupt(Exit.INTERRUPTED);
        });
        pressing.start();
        screen.clear();
        assertThat(run("!sleep 600")).isEqualTo(130);
        assertThat(screen.err()).isEqualTo("ast: f:1: interrupted\n");
    }

    @Test
    void anAnswerIsSummedUpForAPerson() {
        screen = RecordedScreen.with(Map.of("LANG", "C.UTF-8", "TERM", "xterm", "NO_COLOR", "1"), "012");
        wire();
        run("answer '[1,2]'");
        assertThat(screen.err()).isEmpty(); // no user
        watched = Optional.of(user());
        run("answer '[1,2]'");
        run("answer '{\"items\":[1],\"next\":null}'");
        run("answer '{\"a\":[1],\"b\":[2]}'");
        run("answer text");
        run("say a");
        run("answer -q '[]'");
        run("answer '[]' > " + file("x"));
        run("answer '[]' | cat > " + file("x"));
        assertThat(screen.err()).isEqualTo("200 · 2 items\n200 · 1 item\n200\n200\n");
    }
}
