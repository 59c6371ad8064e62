package dev.ast.support;

import dev.ast.host.Sleeper;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** Time that passes only when somebody waits, and a record of all waits. For one thread. */
public final class MovableTime implements InstantSource, Sleeper {
    /** When it begins. */
    public static final Instant START = Instant.parse("2026-11-22T10:00:00Z");

    private final List<Duration> pauses = new ArrayList<>();
    private Instant now = START;

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public void pause(Duration duration) {
        pauses.add(duration);
        now = now.plus(duration);
    }

    /** Lets time pass, or turns the clock back, without anybody waiting. */
    public void pass(Duration duration) {
        now = now.plus(duration);
    }

    /** All waits so far. */
    public List<Duration> pauses() {
        return List.copyOf(pauses);
    }
}
