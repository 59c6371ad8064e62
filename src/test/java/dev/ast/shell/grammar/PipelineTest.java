package dev.ast.shell.grammar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ast.shell.grammar.Pipeline.Target;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PipelineTest {
    private static Pipeline of(String line) {
        return Pipeline.of(line, name -> "| > #");
    }

    @Test
    void aCommandAlone() {
        assertThat(of("api '|' a|b \\> # | c").words()).containsExactly("api", "|", "a|b", ">");
        assertThat(of("api").isPlain()).isTrue();
        assertThat(of("# > x").isNothing()).isTrue();
        assertThat(of("").isNothing()).isTrue();
    }

    @Test
    void programsAndAFile() {
        Pipeline line = of("api /x | jq -r '.[] | .a' |sort >> '~/a b'");

        assertThat(line.words()).containsExactly("api", "/x");
        assertThat(line.programs()).containsExactly(List.of("jq", "-r", ".[] | .a"), List.of("sort"));
        assertThat(line.file()).contains(new Target("~/a b", true, false));
        assertThat(of("api >~/x").file()).contains(new Target("~/x", false, true));
    }

    @Test
    void aValueIsNoOperatorAndNoComment() {
        assertThat(of("say $x | cat $x"))
                .isEqualTo(new Pipeline(
                        List.of("say", "| > #"), List.of(List.of("cat", "| > #")), java.util.Optional.empty()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "| jq         ; a command is missing before |",
                "> f          ; a command is missing before >",
                "a |          ; a program is missing after |",
                "a || b       ; a program is missing after |",
                "a | > f      ; a program is missing after |",
                "a >          ; a file is missing after >",
                "a >> | b     ; a file is missing after >>",
                "a > ''       ; a file is missing after >",
                "a >&2        ; only a file can follow >",
                "a > f b      ; nothing can follow the file that is written",
                "a > f | b    ; nothing can follow the file that is written"
            })
    void somethingIsMissing(String line, String message) {
        assertThatThrownBy(() -> of(line)).hasMessage(message);
    }
}
