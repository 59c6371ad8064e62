package dev.ast.sandbox.server.grant;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class PollingLimitTest {

    private Instant now = Instant.parse("2026-11-22T12:00:00Z");
    private final PollingLimit limit = new PollingLimit(Duration.ofSeconds(2), () -> now);

    @Test
    void whoKeepsTheIntervalIsNeverTooFast() {
        for (int i = 0; i < 5; i++) {
            assertThat(limit.tooFast("code")).isFalse();
            now = now.plusSeconds(2);
        }
    }

    @Test
    void eachPollTooSoonMakesTheIntervalFiveSecondsLongerForGood() {
        limit.tooFast("code");
        now = now.plusMillis(1999);
        assertThat(limit.tooFast("code")).isTrue();
        now = now.plusMillis(6999);
        assertThat(limit.tooFast("code")).as("7 seconds are asked now").isTrue();
        now = now.plusSeconds(12);
        assertThat(limit.tooFast("code")).as("12 seconds are asked now").isFalse();
        now = now.plusSeconds(7);
        assertThat(limit.tooFast("code")).as("and stay asked").isTrue();
    }

    @Test
    void oneCodeDoesNotSlowDownAnother() {
        limit.tooFast("one");
        assertThat(limit.tooFast("two")).isFalse();
        assertThat(limit.tooFast("one")).isTrue();
    }
}
