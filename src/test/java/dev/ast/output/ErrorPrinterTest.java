package dev.ast.output;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ast.domain.Exit;
import dev.ast.domain.Failure;
import dev.ast.domain.ProfileName;
import dev.ast.domain.Secret;
import dev.ast.json.Json;
import dev.ast.support.Case;
import dev.ast.support.RecordedScreen;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ErrorPrinterTest {
    private static final ErrorPrinter.Options TEXT = new ErrorPrinter.Options(Format.TEXT, Coloring.AUTO, false);
    private static final ErrorPrinter.Options JSON = new ErrorPrinter.Options(Format.JSON, Coloring.AUTO, false);
    private static final ErrorPrinter.Options VERBOSE = new ErrorPrinter.Options(Format.TEXT, Coloring.AUTO, true);

    private final RecordedScreen screen = RecordedScreen.piped();
    private final Redactor redactor = new Redactor();
    private final ErrorPrinter errors = new ErrorPrinter(screen.screen(), redactor);

    static List<Failure> failures() {
        Optional<String> hint = Optional.of("ast help");
        ProfileName prod = new ProfileName("prod");
        return List.of(
                new Failure.Usage("m", hint),
                new Failure.Denied("m", hint),
                new Failure.NotSignedIn(prod),
                new Failure.SessionEnded(prod, "revoked"),
                new Failure.Unreachable("m", Optional.empty()),
                new Failure.Storage("m", hint),
                new Failure.TimedOut("m", hint),
                new Failure.Failed("m", hint),
                new Failure.Interrupted(Exit.INTERRUPTED),
                new Failure.Interrupted(Exit.TERMINATED));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void everyFailureHasItsLinesAndItsCode(Failure failure) {
        String hint = failure.hint().map(text -> "hint: " + text + "\n").orElse("");
        assertThat(errors.print(failure.asException(), TEXT, ""))
                .isEqualTo(failure.exit().code());
        assertThat(screen.err()).isEqualTo("ast: " + failure.message() + "\n" + hint);
        assertThat(screen.out()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("failures")
    void everyFailureIsOneJsonObject(Failure failure) {
        assertThat(errors.print(failure.asException(), JSON, "f:3"))
                .isEqualTo(failure.exit().code());
        assertThat(screen.err()).endsWith("}}\n").containsOnlyOnce("\n");
        Map<?, ?> error = (Map<?, ?>) Json.readObject(screen.err().strip().getBytes(StandardCharsets.UTF_8))
                .get("error");
        assertThat(error.keySet().stream().map(String::valueOf)).containsExactly("code", "message", "hint", "exit");
        assertThat(error.get("code")).isEqualTo(failure.exit().word());
        assertThat(error.get("message")).isEqualTo("f:3: " + failure.message());
        assertThat(error.get("hint")).isEqualTo(failure.hint().orElse(null));
        assertThat(error.get("exit")).isEqualTo(failure.exit().code());
    }

    @Test
    void neverLetsAMessageOutOfItsLine() {
        Failure failure = new Failure.Failed("a\nast: b\u001b[2J\r", Optional.of("c\u202e"));
        errors.print(failure.asException(), TEXT, "bad\nname:1");
        assertThat(screen.err()).isEqualTo("ast: bad\\nname:1: a\\nast: b\\x1b[2J\\r\nhint: c\\u202e\n");
    }

    @Test
    void boundsTheMessage() {
        errors.print(new Failure.Failed("x".repeat(100_000), Optional.empty()).asException(), TEXT, "");
        assertThat(screen.err()).hasSizeLessThan(5000).endsWith("…\n");
    }

    @Test
    void aBugIsNamedByItsTypeOnly() {
        assertThat(errors.print(new IllegalStateException("canary-7"), TEXT, ""))
                .isEqualTo(1);
        assertThat(screen.err()).isEqualTo("""
                        ast: internal error: java.lang.IllegalStateException
                        hint: add --verbose to see where it comes from
                        """);
    }

    @Test
    @Case("D02")
    void verboseShowsTheTraceWithoutSecrets() {
        redactor.register(Secret.of("canary-7"));
        Throwable cause = new IllegalArgumentException("token canary-7 and eyJhbGciOiJub25lIn0.e30.x\u001b");
        errors.print(new IllegalStateException("outer", cause), VERBOSE, "");
        assertThat(screen.err())
                .startsWith("ast: internal error: java.lang.IllegalStateException\n"
                        + "java.lang.IllegalStateException: outer\n\tat ")
                .contains("token [secret] and [secret]\\x1b\n")
                .doesNotContain("canary-7")
                .doesNotContain("hint:");
    }

    @Test
    void verboseJsonStaysOneObject() {
        ErrorPrinter.Options options = new ErrorPrinter.Options(Format.JSON, Coloring.AUTO, true);
        errors.print(new IllegalStateException("x"), options, "");
        assertThat(screen.err()).containsOnlyOnce("\n").contains("\"trace\":[\"java.lang.IllegalStateException: x\"");
    }

    @Test
    void lostOutputIsReportedUnlessTheReaderLeft() {
        assertThat(errors.print(new LostOutput("No space left on device", false), TEXT, ""))
                .isEqualTo(1);
        assertThat(screen.err()).isEqualTo("ast: cannot write to standard output: No space left on device\n");
        screen.clear();
        assertThat(errors.print(new LostOutput("Broken pipe", true), TEXT, "")).isEqualTo(1);
        assertThat(screen.err()).isEmpty();
    }

    @Test
    void silentCodesGetTheirPlace() {
        errors.ended(1, TEXT, "f:9");
        assertThat(screen.err()).isEqualTo("ast: f:9: ended with exit code 1\n");
        screen.clear();
        errors.ended(42, JSON, "f:9");
        assertThat(screen.err())
                .isEqualTo("{\"error\":{\"code\":\"failure\",\"message\":\"f:9: ended with exit code 42\","
                        + "\"hint\":null,\"exit\":42}}\n");
    }

    @Test
    void startsANewLineAfterTheEchoOfCtrlC() {
        RecordedScreen terminal = RecordedScreen.terminal();
        new ErrorPrinter(terminal.screen(), redactor)
                .print(new Failure.Interrupted(Exit.INTERRUPTED).asException(), TEXT, "");
        assertThat(terminal.err()).isEqualTo("\n\u001b[31mast:\u001b[0m interrupted\n");
    }
}
