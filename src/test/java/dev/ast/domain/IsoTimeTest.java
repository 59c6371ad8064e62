package dev.ast.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IsoTimeTest {

    @Test
    void everyDayIsReadAndWrittenAsTheJdkDoes() {
        LocalTime time = LocalTime.of(23, 59, 59);
        for (LocalDate day = LocalDate.of(1890, 1, 1); day.getYear() < 2110; day = day.plusDays(1)) {
            Instant instant = day.atTime(time).toInstant(ZoneOffset.UTC);
            assertThat(IsoTime.parse(instant.toString())).contains(instant);
            assertThat(IsoTime.write(instant)).isEqualTo(instant.toString());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"0000-01-01T00:00:00Z", "0000-03-01T00:00:00Z", "0400-02-29T12:00:00Z", "9999-12-31T23:59:59Z"})
    void theEndsOfTheShapeAreRead(String text) {
        assertThat(IsoTime.parse(text)).contains(Instant.parse(text));
    }

    @ParameterizedTest
    // RFC 3339 section 5.6 leaves the case of its letters to the writer.
    @ValueSource(strings = {"2026-11-22T10:00:00.250Z", "2026-11-22T10:00:00+01:00", "2026-01-01t00:00:00Z"})
    void otherShapesAreRead(String text) {
        assertThat(IsoTime.parse(text)).contains(Instant.parse(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "soon",
                "2026-11-22",
                "2026-00-10T00:00:00Z",
                "2026-13-10T00:00:00Z",
                "2026-02-29T00:00:00Z",
                "1900-02-29T00:00:00Z",
                "2026-04-31T00:00:00Z",
                "2026-04-00T00:00:00Z",
                "2026-01-32T00:00:00Z",
                "2026-01-01T25:00:00Z",
                "2026-01-01T00:60:00Z",
                "2026-01-01T00:00:60Z"
            })
    void whatIsNotATimeIsEmpty(String text) {
        assertThat(IsoTime.parse(text)).isEmpty();
    }
}
