package dev.ast.sandbox.server.grant;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Notices who polls faster than allowed. Each time makes the interval of that device code 5 seconds longer, for good
 * (RFC 8628 3.5); the first poll of a code is always in time.
 */
public final class PollingLimit {

    private static final Duration PENALTY = Duration.ofSeconds(5);
    private static final int REMEMBERED = 1000;

    private record Pace(Instant lastPoll, Duration interval) {}

    private final Duration interval;
    private final InstantSource clock;
    private final Map<String, Pace> paces = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Pace> eldest) {
            return size() > REMEMBERED;
        }
    };

    /** Allows one poll per interval and device code. */
    public PollingLimit(Duration interval, InstantSource clock) {
        this.interval = interval;
        this.clock = clock;
    }

    /** Records a poll with that code; whether it came too early. */
    public synchronized boolean tooFast(String deviceCode) {
        Instant now = clock.instant();
        @Nullable Pace pace = paces.get(deviceCode);
        if (pace == null) {
            paces.put(deviceCode, new Pace(now, interval));
            return false;
        }
        boolean early = now.isBefore(pace.lastPoll().plus(pace.interval()));
        paces.put(deviceCode, new Pace(now, early ? pace.interval().plus(PENALTY) : pace.interval()));
        return early;
    }
}
