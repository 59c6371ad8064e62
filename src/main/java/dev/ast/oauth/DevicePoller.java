package dev.ast.oauth;

import dev.ast.domain.Failure;
import dev.ast.host.Sleeper;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Waits for the user (RFC 8628 section 3.5): the first poll after one interval, {@code slow_down} adds five seconds for
 * good, after a network error it continues with growing pauses until the code ends. Real time is passed in.
 */
public final class DevicePoller {
    private static final Duration SLOWER = Duration.ofSeconds(5);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(60);

    private final InstantSource clock;
    private final Sleeper sleeper;

    /** A poller on the given time. */
    public DevicePoller(InstantSource clock, Sleeper sleeper) {
        this.clock = clock;
        this.sleeper = sleeper;
    }

    /** What one poll brought. */
    public sealed interface Poll<T> {
        /** The tokens. */
        record Done<T>(T value) implements Poll<T> {}

        /** {@code authorization_pending}. */
        record Pending<T>() implements Poll<T> {}

        /** {@code slow_down}. */
        record SlowDown<T>() implements Poll<T> {}

        /**
         * Transport error, 429 or 5xx.
         *
         * @param after the value of {@code Retry-After}
         */
        record Trouble<T>(Failure failure, Optional<Duration> after) implements Poll<T> {}
    }

    /**
     * Polls until the tokens come.
     *
     * @param interval the server's interval
     * @param deadline when the code ends
     * @param again the command that begins another sign-in
     * @param attempt one poll; throws for every end that is not the tokens
     * @throws dev.ast.domain.FailureException (timed_out) when the code has ended; whatever the attempt throws
     */
    public <T> T poll(Duration interval, Instant deadline, String again, Supplier<Poll<T>> attempt) {
        Duration pause = interval;
        Duration trouble = Duration.ZERO;
        Optional<Failure> last = Optional.empty();
        while (true) {
            Duration next = pause.compareTo(trouble) > 0 ? pause : trouble;
            if (!clock.instant().plus(next).isBefore(deadline)) {
                // One more poll would come after the end; the user may still see the code run out.
                Duration left = Duration.between(clock.instant(), deadline);
                if (!left.isNegative()) {
                    sleeper.pause(left);
                }
                throw Failure.timedOut(
                        "the code was not approved in time"
                                + last.map(failure -> " (" + failure.message() + ")")
                                        .orElse(""),
                        again);
            }
            sleeper.pause(next);
            Poll<T> poll = attempt.get();
            trouble = Duration.ZERO;
            if (poll instanceof Poll.Done<T> done) {
                return done.value();
            } else if (poll instanceof Poll.SlowDown<T>) {
                // RFC 8628 3.5: the longer interval stays for this and all later polls.
                pause = pause.plus(SLOWER);
                last = Optional.empty();
            } else if (poll instanceof Poll.Trouble<T> bad) {
                last = Optional.of(bad.failure());
                // RFC 8628 3.5 asks for exponential back-off after a time-out.
                pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0
                        ? max(pause, LONGEST_PAUSE)
                        : pause.multipliedBy(2);
                trouble = bad.after().orElse(Duration.ZERO);
            } else {
                last = Optional.empty();
            }
        }
    }

    private static Duration max(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }
}
