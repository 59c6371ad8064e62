package dev.ast.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ast.domain.Exit;
import dev.ast.domain.Failure;
import dev.ast.domain.FailureException;
import dev.ast.host.Interrupts;
import dev.ast.support.RecordedScreen;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JqFilterTest {
    private static final Object LIST =
            List.of(new TreeMap<>(Map.of("name", "a", "n", 1)), new TreeMap<>(Map.of("name", "b \u001b[2J", "n", 2)));

    private final Interrupts interrupts = new Interrupts();

    private String shown(String filter, Object document, RecordedScreen screen) {
        JqFilter.of(filter).print(document, screen.screen(), false, interrupts);
        return screen.out();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                ".[0].name ~ a",
                ".[] | .n ~ 1,2",
                "map(.n) ~ [1,2]",
                "length ~ 2",
                ".[] | select(.n > 1) | {n} ~ {\"n\":2}",
                "map(.n) | @csv ~ '1,2'",
                "$ENV, env ~ {},{}",
                ".[0].nope ~ null"
            })
    void aFilterSelectsAndBuilds(String filter, String lines) {
        assertThat(shown(filter, LIST, RecordedScreen.piped()).strip().replace('\n', ','))
                .isEqualTo(lines);
    }

    @Test
    void aTextIsPrintedAsItIsAndMadeVisibleOnATerminal() {
        assertThat(shown(".[1].name", LIST, RecordedScreen.piped())).isEqualTo("b \u001b[2J\n");
        assertThat(shown(".[1].name", LIST, RecordedScreen.terminal())).isEqualTo("b \\x1b[2J\n");
        assertThat(shown("[.[1].name]", LIST, RecordedScreen.piped())).isEqualTo("[\"b \\u001B[2J\"]\n");
        assertThat(shown(".[0]", LIST, RecordedScreen.terminal())).isEqualTo("{\n  \"n\": 1,\n  \"name\": \"a\"\n}\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {".[", "nosuchname(", "\u0001", "", "\"", "import \"a\" as a; .", "include \"a\"; ."})
    void whatIsNoFilterIsAUsageErrorBeforeAnythingRuns(String filter) {
        assertThatThrownBy(() ->
                        JqFilter.of(filter).print(LIST, RecordedScreen.piped().screen(), false, interrupts))
                .isInstanceOfSatisfying(
                        FailureException.class,
                        e -> assertThat(e.failure().exit()).isIn(Exit.USAGE, Exit.FAILURE));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {".name", "error(\"x\")", "def f: f; f", "range(2000000)", "input", "nosuchfunction", "halt"})
    void aFilterThatFailsIsAPlainFailure(String filter) {
        assertThatThrownBy(() -> shown(filter, LIST, RecordedScreen.piped()))
                .isInstanceOfSatisfying(
                        FailureException.class, e -> assertThat(e.failure()).isInstanceOf(Failure.Failed.class))
                .hasMessageStartingWith("the filter of --jq does not go with this result");
    }

    @Test
    void anInterruptEndsAFilterThatDoesNotEnd() {
        interrupts.interrupt(Exit.INTERRUPTED);
        assertThatThrownBy(() -> shown("last(range(1e15))", LIST, RecordedScreen.piped()))
                .isInstanceOfSatisfying(
                        FailureException.class,
                        e -> assertThat(e.failure().exit()).isEqualTo(Exit.INTERRUPTED));
    }

    @Test
    void anAnswerIsFilteredOnlyWhereItIsJson() {
        RecordedScreen screen = RecordedScreen.piped();
        Views views = new Views(screen.screen(), result -> null);
        Raw json = target -> target.write("{\"a\":[1,2]}".getBytes(StandardCharsets.UTF_8));
        Raw text = target -> target.write("text".getBytes(StandardCharsets.UTF_8));
        views.show(json, JqFilter.of(".a[1]"), Coloring.NEVER, interrupts);
        views.show(json, List.of("a"), Format.JSON, Coloring.NEVER);
        views.show(json, Format.YAML, Coloring.NEVER);
        assertThat(screen.out()).isEqualTo("2\n{\"a\":[1,2]}\na:\n- 1\n- 2\n");
        assertThatThrownBy(() -> views.show(text, JqFilter.of("."), Coloring.NEVER, interrupts))
                .hasMessageStartingWith("the answer is not JSON");
        Raw refused = target -> {
            target.write("{\"error\":1}".getBytes(StandardCharsets.UTF_8));
            throw Failure.failed("HTTP 500", "ast api --help");
        };
        assertThatThrownBy(() -> views.show(refused, JqFilter.of(".a"), Coloring.NEVER, interrupts))
                .hasMessage("HTTP 500");
        assertThat(screen.out()).endsWith("{\"error\":1}");
    }
}
