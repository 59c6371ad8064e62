package dev.ast.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ast.domain.Exit;
import dev.ast.domain.FailureException;
import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PastedLineTest {
    /** Keys that come at once, but for a pause at each {@code _}. */
    private static Optional<String> typed(String keys) throws IOException {
        int[] at = {0};
        return PastedLine.line(millis -> {
                    if (at[0] < keys.length() && keys.charAt(at[0]) == '_') {
                        at[0]++;
                        if (millis > 0) {
                            return -2;
                        }
                    }
                    return at[0] < keys.length() ? keys.charAt(at[0]++) : -1;
                })
                .map(String::new);
    }

    @ParameterizedTest
    @CsvSource({
        "abc\\r,           abc",
        "abc\\n_more\\r,   abc",
        "wrapped\\rtext\\r, wrappedtext",
        "ab\\b\\bxy\\x7fz\\r, xz",
        "first\\x15second\\r, second",
        "\\b\\x7fa\\r,      a",
        "a\\x04b\\r,       a\\x04b"
    })
    void aLineEndsAtALineEndThatNothingFollowsAtOnce(String keys, String line) throws IOException {
        assertThat(typed(read(keys))).contains(read(line));
    }

    @Test
    void ctrlDAndTheEndOfTheInputGiveNoLine() throws IOException {
        assertThat(typed("\u0004")).isEmpty();
        assertThat(typed("abc")).isEmpty();
    }

    @Test
    void ctrlCInterrupts() {
        assertThatThrownBy(() -> typed("ab\u0003"))
                .isInstanceOfSatisfying(
                        FailureException.class,
                        e -> assertThat(e.failure().exit()).isEqualTo(Exit.INTERRUPTED));
    }

    @Test
    void aLineWithoutEndIsCutOff() throws IOException {
        assertThat(typed("x".repeat(StandardInput.LONGEST + 10) + "\r").orElseThrow())
                .hasSize(StandardInput.LONGEST);
    }

    private static String read(String text) {
        return text.replace("\\r", "\r")
                .replace("\\n", "\n")
                .replace("\\b", "\b")
                .replace("\\x7f", "\u007f")
                .replace("\\x15", "\u0015")
                .replace("\\x04", "\u0004");
    }
}
