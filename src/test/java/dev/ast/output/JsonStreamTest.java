package dev.ast.output;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ast.support.RecordedScreen;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonStreamTest {
    @ParameterizedTest
    @CsvSource({
        "not found, 'not found\n'",
        "'not found\n', 'not found\n'",
        "'{\"a\":1}', '{\n  \"a\": 1\n}\n'",
        "'{\"a\":', '{\"a\":\n'",
        "'', ''",
    })
    void whatFollowsBeginsOnALineOfItsOwn(String body, String shown) {
        RecordedScreen screen = RecordedScreen.piped();
        JsonStream stream = new JsonStream(screen.screen(), false);
        for (byte b : body.getBytes(StandardCharsets.UTF_8)) {
            stream.write(b);
        }
        stream.end();
        assertThat(screen.out()).isEqualTo(shown);
    }
}
