package dev.ast.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.ast.json.Json.NotJson;
import dev.ast.support.Case;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers that no computer can hold are not accepted as JSON by any reader; found by fuzzing. */
class LargeNumbersTest {

    @ParameterizedTest
    @ValueSource(strings = {"1e99999999999", "-1E-99999999999", "1e21474836480"})
    @Case({"B11", "E13"})
    void aNumberBeyondAllMeasureIsAnExpectedFailure(String number) {
        byte[] json = ("{\"n\":" + number + "}").getBytes(StandardCharsets.UTF_8);

        assertThatExceptionOfType(NotJson.class)
                .isThrownBy(() -> Json.readObject(json))
                .withMessageNotContaining(number);
        assertThatExceptionOfType(NotJson.class)
                .isThrownBy(() -> LocalJson.readObject(json))
                .withMessageNotContaining(number);
        assertThat(Json.tryObject(json)).isEmpty();
        assertThat(LocalJson.tryObject(json)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e400", "-1e-400", "1e999999999"})
    @Case({"B11", "E13"})
    void aLargeOneIsReadButIsNotAWholeNumber(String number) {
        byte[] json = ("{\"n\":" + number + "}").getBytes(StandardCharsets.UTF_8);

        assertThat(Json.readObject(json).number("n").orElse(0L)).isZero();
        assertThat(LocalJson.readObject(json).number("n").orElse(0L)).isZero();
    }
}
