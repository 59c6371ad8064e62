package dev.ast.shell.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ast.domain.Exit;
import dev.ast.domain.Failure;
import dev.ast.domain.FailureException;
import dev.ast.host.Input;
import dev.ast.host.Interrupts;
import dev.ast.support.Case;
import dev.ast.support.MovableTime;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class ScriptTest {
    private final Input input = new Input(new Interrupts(), false);
    private final Log log = new Log();

    /** Notes each line. {@code fail N} has the code N, {@code exit} ends the script, at {@code signal EXIT} one comes. */
    private static final class Log implements Script.Target {
        private final List<String> events = new ArrayList<>();
        private boolean ended;
        private OptionalInt left = OptionalInt.empty();
        private Optional<Exit> signal = Optional.empty();

        @Override
        public int run(String line, String place) {
            events.add(place + "> " + line);
            ended |= line.equals("exit");
            signal = line.startsWith("signal ") ? Optional.of(Exit.valueOf(line.substring(7))) : signal;
            return line.startsWith("fail ") ? Integer.parseInt(line.substring(5)) : 0;
        }

        @Override
        public int fail(Failure failure, String place) {
            events.add(place + "! " + failure.message());
            return failure.exit().code();
        }

        @Override
        public boolean ended() {
            return ended;
        }

        @Override
        public OptionalInt left() {
            return left;
        }

        @Override
        public Optional<Failure> interrupted() {
            return signal.map(Failure.Interrupted::new);
        }
    }

    private int run(byte[] script, boolean keepGoing) {
        return Script.run("f", new ByteArrayInputStream(script), keepGoing, log);
    }

    private int run(String script) {
        return run(script.getBytes(StandardCharsets.UTF_8), false);
    }

    private int runOn(String script) {
        return run(script.getBytes(StandardCharsets.UTF_8), true);
    }

    @Test
    void leavesOutCommentsAndEmptyLinesAndCountsThem() {
        assertThat(run("# first\n\n  \t\n   # indented\nwhoami\n#\nstatus # not a comment"))
                .isZero();
        assertThat(log.events).containsExactly("f:5> whoami", "f:7> status # not a comment");
    }

    @Test
    void joinsContinuedLinesAndNamesTheFirst() {
        assertThat(run("a \\\n  b\\\n c\n# comment \\\nd\ne \\\\\nf \\\n# part\n"))
                .isZero();
        assertThat(log.events).containsExactly("f:1> a   b c", "f:5> d", "f:6> e \\\\", "f:7> f # part");
    }

    @Test
    void aCommentIsNotContinued() {
        assertThat(run("a # b \\\nc '#' \\\nd # \\\ne")).isZero();
        assertThat(log.events).containsExactly("f:1> a # b \\", "f:2> c '#' d # \\", "f:4> e");
    }

    @Test
    void endsWithTheCodeThatALineNames() {
        log.left = OptionalInt.of(3);
        assertThat(runOn("fail 5\nexit\na")).isEqualTo(3);
        assertThat(log.events).hasSize(2);
    }

    @Test
    void aSummaryCountsLinesAndTime() {
        MovableTime time = new MovableTime();
        Summary summary = new Summary(log, time);
        Script.run(
                "f", new ByteArrayInputStream("a\n# b\nfail 5\n\0\n".getBytes(StandardCharsets.UTF_8)), true, summary);
        time.pass(Duration.ofMillis(1240));
        assertThat(summary.text()).isEqualTo("3 commands, 2 failed, 1.2 s");
        Summary one = new Summary(log, time);
        Script.run("f", new ByteArrayInputStream("a".getBytes(StandardCharsets.UTF_8)), true, one);
        assertThat(one.text()).isEqualTo("1 command, 0 failed, 0.0 s");
    }

    @Test
    void readsFilesOfOtherSystems() {
        assertThat(run("\ufeffwhoami\r\na \\\r\nb\r\n\r\nlast\r")).isZero();
        assertThat(log.events).containsExactly("f:1> whoami", "f:2> a b", "f:5> last");
    }

    @Test
    void anEmptyScriptIsFine() {
        assertThat(run("")).isZero();
        assertThat(run("\ufeff")).isZero();
        assertThat(run("# only\n")).isZero();
        assertThat(log.events).isEmpty();
    }

    @Test
    void stopsAtTheFirstFailure() {
        assertThat(run("a\nfail 5\nb\n")).isEqualTo(5);
        assertThat(log.events).containsExactly("f:1> a", "f:2> fail 5");
    }

    @Test
    void keepsGoingAndEndsWithTheFirstFailingCode() {
        assertThat(runOn("fail 5\na\nfail 7\nb\n")).isEqualTo(5);
        assertThat(log.events).hasSize(4);
    }

    @Test
    void exitEndsTheScriptWithZero() {
        assertThat(run("a\nexit\nfail 1\n")).isZero();
        assertThat(log.events).hasSize(2);
    }

    @Test
    void exitAfterAFailureKeepsTheFailure() {
        assertThat(runOn("fail 4\nexit\na\n")).isEqualTo(4);
        assertThat(log.events).hasSize(2);
    }

    @Test
    void anInterruptStopsAlsoWhatKeepsGoing() {
        assertThat(runOn("fail 4\nsignal INTERRUPTED\nb\n")).isEqualTo(130);
        assertThat(log.events).containsExactly("f:1> fail 4", "f:2> signal INTERRUPTED", "f:2! interrupted");
    }

    @Test
    @Case("J02")
    void aSignalThatTheLineDidNotNoticeIsSaidWithTheLine() {
        assertThat(run("a\nsignal TERMINATED\nb\n")).isEqualTo(143);
        assertThat(log.events).containsExactly("f:1> a", "f:2> signal TERMINATED", "f:2! terminated");
    }

    @ParameterizedTest
    @Case("J02")
    @ValueSource(strings = {"--script other", " --script=other", "'--script' other", "--script"})
    void refusesScriptsInScripts(String line) {
        assertThat(run("a\n" + line + "\nb\n")).isEqualTo(2);
        assertThat(log.events).containsExactly("f:1> a", "f:2! a script cannot run another script");
    }

    @Test
    void refusesWhatIsNoText() {
        assertThat(run("a\0b\n", true, "f:1! a script cannot hold a NUL character", "f:2> x"))
                .isEqualTo(2);
        assertThat(run(new byte[] {(byte) 0xff, '\n', 'y'}, true)).isEqualTo(2);
        assertThat(log.events).containsExactly("f:1! the line is not UTF-8", "f:2> y");
    }

    private int run(String script, boolean keepGoing, String... expected) {
        int code = run((script + "x\n").getBytes(StandardCharsets.UTF_8), keepGoing);
        assertThat(log.events).containsExactly(expected);
        log.events.clear();
        return code;
    }

    @Test
    void boundsALineAndWhatContinuesIt() {
        String longest = "x".repeat(ScriptLines.LONGEST);
        assertThat(run(longest + "\n")).isZero();
        assertThat(log.events).containsExactly("f:1> " + longest);
        log.events.clear();
        assertThat(runOn(longest + "x\nnext\n")).isEqualTo(2);
        assertThat(log.events).containsExactly("f:1! the line is longer than 65536 bytes", "f:2> next");
        log.events.clear();
        assertThat(runOn(("y".repeat(1000) + "\\\n").repeat(100) + "end\nnext\n"))
                .isEqualTo(2);
        assertThat(log.events).containsExactly("f:1! the line is longer than 65536 bytes", "f:102> next");
    }

    @Test
    void runsNoPartOfACommandThatIsBroken() {
        assertThat(runOn("a \0 \\\nremove everything\nb\n")).isEqualTo(2);
        assertThat(log.events).containsExactly("f:1! a script cannot hold a NUL character", "f:3> b");
    }

    @Test
    void refusesToContinueIntoNothing() {
        assertThat(run("a\nb \\\n")).isEqualTo(2);
        assertThat(log.events).containsExactly("f:1> a", "f:2! the script ends where a line is to be continued");
    }

    @Test
    void runsTenThousandLinesAndCountsThem() {
        byte[] script = "token --min-ttl 30m\n".repeat(10_000).getBytes(StandardCharsets.UTF_8);
        int[] count = {0};
        Script.Target counting = new Script.Target() {
            @Override
            public int run(String line, String place) {
                assertThat(place).isEqualTo("-:" + ++count[0]);
                return 0;
            }

            @Override
            public int fail(Failure failure, String place) {
                throw new AssertionError(failure.message());
            }

            @Override
            public boolean ended() {
                return false;
            }

            @Override
            public Optional<Failure> interrupted() {
                return Optional.empty();
            }
        };
        assertThat(Script.run("-", new ByteArrayInputStream(script), false, counting))
                .isZero();
        assertThat(count[0]).isEqualTo(10_000);
    }

    @Test
    void runsALineOfAPipeWhenItArrives() throws Exception {
        LinkedBlockingQueue<String> ran = new LinkedBlockingQueue<>();
        Script.Target target = new Script.Target() {
            @Override
            public int run(String line, String place) {
                ran.add(line);
                return 0;
            }

            @Override
            public int fail(Failure failure, String place) {
                return 1;
            }

            @Override
            public boolean ended() {
                return false;
            }

            @Override
            public Optional<Failure> interrupted() {
                return Optional.empty();
            }
        };
        try (PipedOutputStream typing = new PipedOutputStream();
                PipedInputStream in = new PipedInputStream(typing)) {
            Thread script = new Thread(() -> Script.run("-", in, false, target));
            script.start();
            typing.write("one\ntw".getBytes(StandardCharsets.UTF_8));
            typing.flush();
            assertThat(ran.poll(20, TimeUnit.SECONDS)).isEqualTo("one");
            typing.write("o\n".getBytes(StandardCharsets.UTF_8));
            typing.flush();
            assertThat(ran.poll(20, TimeUnit.SECONDS)).isEqualTo("two");
            typing.close();
            script.join();
        }
    }

    @Test
    void aSourceThatBreaksIsAFailure() throws IOException {
        InputStream broken = InputStream.nullInputStream();
        broken.close();
        assertThat(Script.run("f", broken, true, log)).isEqualTo(1);
        assertThat(log.events).containsExactly("f! cannot read the script any further");
    }

    @Test
    void opensWhatCanBeReadOnly(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("my script.ast"), "whoami\n");
        try (InputStream in = Script.open(file.toString(), input)) {
            assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo("whoami\n");
        }
        for (String name : List.of(directory.resolve("absent").toString(), directory.toString(), "a\0b")) {
            assertThatThrownBy(() -> Script.open(name, input).close())
                    .isInstanceOfSatisfying(FailureException.class, e -> {
                        assertThat(e.failure().exit()).isEqualTo(Exit.USAGE);
                        assertThat(e.failure().message()).contains(name);
                    });
        }
    }
}
