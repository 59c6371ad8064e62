package dev.ast.sandbox.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SandboxOptionsTest {

    @Test
    void nothingAskedIsTheDefaults() {
        assertThat(SandboxOptions.parse(List.of()))
                .isEqualTo(new SandboxOptions(
                        0, Duration.ofSeconds(5), Duration.ofMinutes(5), Duration.ofHours(8), Duration.ofMinutes(5)));
    }

    @Test
    void everyOptionIsReadInBothSpellings() {
        assertThat(SandboxOptions.parse(List.of(
                        "--port",
                        "8080",
                        "--interval=1",
                        "--access-token-seconds",
                        "3",
                        "--refresh-token-seconds=4",
                        "--device-code-seconds",
                        "6")))
                .isEqualTo(new SandboxOptions(
                        8080,
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(3),
                        Duration.ofSeconds(4),
                        Duration.ofSeconds(6)));
    }

    @ParameterizedTest
    @CsvSource({
        "--interval 0, --interval takes a whole number from 1 to 31536000",
        "--interval x, --interval takes a whole number from 1 to 31536000",
        "--interval, --interval takes a whole number from 1 to 31536000",
        "--port 65536, --port takes a whole number from 0 to 65535",
        "--spring.config.location=x, unknown option --spring.config.location",
        "word, unknown option word"
    })
    void theRestIsRefusedInASentence(String words, String sentence) {
        assertThatThrownBy(() -> SandboxOptions.parse(Arrays.asList(words.split(" "))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(sentence);
    }
}
