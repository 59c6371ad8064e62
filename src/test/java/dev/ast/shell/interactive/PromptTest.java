package dev.ast.shell.interactive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ast.support.Case;
import org.jline.utils.AttributedString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PromptTest {

    @ParameterizedTest
    @Case("G03")
    @CsvSource({
        "'', 'ast> '",
        "prod, 'prod ast> '",
        "prod/acme, 'prod/acme ast> '",
        "%F{red}, '%%F{red} ast> '",
        "${x}, '${x} ast> '",
        "100%, '100%% ast> '"
    })
    void standsBeforeTheNameAsPlainText(String place, String prompt) {
        assertThat(Prompt.of(place)).isEqualTo(prompt);
    }

    @Test
    @Case("G03")
    void hidesNothingAndMovesNothing() {
        assertThat(Prompt.of("a\u001b]0;x\u0007b\u202e")).doesNotContain("\u001b", "\u0007", "\u202e");
    }

    @Test
    void isBounded() {
        assertThat(Prompt.of("x".repeat(300))).isEqualTo("x".repeat(39) + "… ast> ");
        assertThat(new AttributedString(Prompt.of("漢".repeat(300))).columnLength())
                .isLessThanOrEqualTo(Prompt.WIDEST + 6);
    }
}
