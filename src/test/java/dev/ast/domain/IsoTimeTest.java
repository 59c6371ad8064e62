package dev.ast.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IsoTimeTest {
    @Test
    void readsAndWritesEveryDayAsTheJdkDoes() {
        // Not a whole number of days, so that the time of day differs, too.
        Duration step = Duration.ofSeconds(86_399);
        Instant end = Instant.parse("2403-03-01T00:00:00Z");
        for (Instant time = Instant.parse("1896-02-27T23:59:59Z"); time.isBefore(end); time = time.plus(step)) {
            assertThat(IsoTime.parse(time.toString())).contains(time);
            assertThat(IsoTime.write(time)).isEqualTo(time.toString());
        }
        assertThat(IsoTime.parse("0000-01-01T00:00:00Z")).contains(Instant.parse("0000-01-01T00:00:00Z"));
        assertThat(IsoTime.parse("9999-12-31T23:59:59Z")).contains(Instant.parse("9999-12-31T23:59:59Z"));
    }

    @Test
    void readsWhatOthersWrite() {
        assertThat(IsoTime.parse("2026-12-16T13:30:00.125Z"))
                .contains(Instant.ofEpochSecond(1_797_427_800L, 125_000_000));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2026-13-01T00:00:00Z",
                "2026-00-01T00:00:00Z",
                "2026-04-31T00:00:00Z",
                "2026-01-32T00:00:00Z",
                "2026-01-00T00:00:00Z",
                "2023-02-29T00:00:00Z",
                "2100-02-29T00:00:00Z",
                "2026-01-01T24:00:01Z",
                "2026-01-01T00:60:00Z",
                "2026-01-01T00:00:61Z",
                "2026-01-01 00:00:00Z"
            })
    void whatIsNoTimeIsNone(String text) {
        assertThat(IsoTime.parse(text)).isEmpty();
    }
}
