package dev.ast.credential.keyring.dbus;

import java.time.Duration;

/** A moment until which to wait, on the monotonic clock. */
public final class Deadline {
    private final long nanos;

    private Deadline(long nanos) {
        this.nanos = nanos;
    }

    /** The moment that lies this far ahead. */
    public static Deadline in(Duration duration) {
        return new Deadline(System.nanoTime() + duration.toNanos());
    }

    /** The earlier one of both. */
    public Deadline orEarlier(Deadline other) {
        return nanos - other.nanos <= 0 ? this : other;
    }

    /** The moment that lies so much later; for time that was not ours, such as the user's. */
    public Deadline plus(Duration duration) {
        return new Deadline(nanos + duration.toNanos());
    }

    /** Milliseconds that remain, rounded up; zero or less when the moment has passed. */
    public long millisLeft() {
        return Math.floorDiv(nanos - System.nanoTime() + 999_999, 1_000_000L);
    }
}
