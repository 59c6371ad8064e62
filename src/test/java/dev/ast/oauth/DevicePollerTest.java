package dev.ast.oauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.ast.domain.Failure;
import dev.ast.domain.FailureException;
import dev.ast.oauth.DevicePoller.Poll;
import dev.ast.support.Case;
import dev.ast.support.MovableTime;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DevicePollerTest {
    private static final Poll<String> PENDING = new Poll.Pending<>();
    private static final Poll<String> SLOW_DOWN = new Poll.SlowDown<>();
    private static final Poll<String> DONE = new Poll.Done<>("tokens");

    private final MovableTime time = new MovableTime();
    private final DevicePoller poller = new DevicePoller(time, time);

    private static Poll<String> trouble(Optional<Duration> after) {
        return new Poll.Trouble<>(new Failure.Unreachable("the server is away", Optional.empty()), after);
    }

    private String poll(int interval, int life, List<Poll<String>> polls) {
        Deque<Poll<String>> left = new ArrayDeque<>(polls);
        return poller.poll(
                Duration.ofSeconds(interval),
                MovableTime.START.plusSeconds(life),
                "ast login",
                () -> left.size() > 1 ? left.removeFirst() : left.getFirst());
    }

    private List<Long> pauses() {
        return time.pauses().stream().map(Duration::toSeconds).toList();
    }

    @Test
    @Case("A03")
    void theFirstPollComesAfterOneInterval() {
        assertThat(poll(5, 600, List.of(DONE))).isEqualTo("tokens");
        assertThat(pauses()).containsExactly(5L);
    }

    @Test
    void pendingKeepsTheInterval() {
        poll(5, 600, List.of(PENDING, PENDING, DONE));
        assertThat(pauses()).containsExactly(5L, 5L, 5L);
    }

    @Test
    @Case("A03")
    void slowDownLengthensItForGood() {
        poll(5, 600, List.of(SLOW_DOWN, PENDING, SLOW_DOWN, PENDING, DONE));
        assertThat(pauses()).containsExactly(5L, 10L, 10L, 15L, 15L);
    }

    @Test
    @Case("A05")
    void troubleDoublesItUpToAMinute() {
        Poll<String> away = trouble(Optional.empty());
        poll(5, 3600, List.of(away, away, away, away, away, DONE));
        assertThat(pauses()).containsExactly(5L, 10L, 20L, 40L, 60L, 60L);
    }

    @Test
    @Case("A05")
    void retryAfterIsWaitedForOnce() {
        poll(5, 600, List.of(trouble(Optional.of(Duration.ofSeconds(90))), PENDING, DONE));
        assertThat(pauses()).containsExactly(5L, 90L, 10L);
    }

    @Test
    void nothingIsAskedOnceTheCodeIsOver() {
        assertThatExceptionOfType(FailureException.class)
                .isThrownBy(() -> poll(5, 12, List.of(PENDING)))
                .satisfies(e -> assertThat(e.failure()).isInstanceOf(Failure.TimedOut.class))
                .withMessageContaining("the code was not approved in time");
        assertThat(pauses()).containsExactly(5L, 5L, 2L);
    }

    @Test
    void theLastTroubleIsNamedAtTheEnd() {
        assertThatExceptionOfType(FailureException.class)
                .isThrownBy(() -> poll(5, 30, List.of(trouble(Optional.of(Duration.ofHours(1))))))
                .withMessageContaining("the server is away");
        assertThat(pauses()).containsExactly(5L, 25L);
    }

    @Test
    @Case("H07")
    void aClockThatJumpsEndsIt() {
        Deque<Integer> calls = new ArrayDeque<>();
        assertThatExceptionOfType(FailureException.class)
                .isThrownBy(() ->
                        poller.poll(Duration.ofSeconds(5), MovableTime.START.plusSeconds(600), "ast login", () -> {
                            calls.add(1);
                            time.pass(Duration.ofDays(1));
                            return PENDING;
                        }));
        assertThat(calls).hasSize(1);
    }
}
