package dev.ast.output.view;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.function.Supplier;

/**
 * Times for the user: local, with the zone's offset. Written by hand because a pattern formatter would cost more than all
 * else that a short command does.
 */
final class Times {
    private final InstantSource clock;
    private final Supplier<? extends ZoneId> zone;

    Times(InstantSource clock, Supplier<? extends ZoneId> zone) {
        this.clock = clock;
        this.zone = zone;
    }

    /** For example {@code 2026-12-16 14:30:00 +01:00}. */
    String at(Instant time) {
        ZoneOffset offset = zone.get().getRules().getOffset(time);
        LocalDateTime local = LocalDateTime.ofEpochSecond(time.getEpochSecond(), 0, offset);
        String shift = offset.equals(ZoneOffset.UTC) ? "+00:00" : offset.getId();
        return local.toLocalDate() + " " + two(local.getHour()) + ":" + two(local.getMinute()) + ":"
                + two(local.getSecond()) + " " + shift.substring(0, Math.min(6, shift.length()));
    }

    /** For example {@code in 42 min}; knows no zone, since finding it out costs as much as a whole short command. */
    String soon(Instant time) {
        String rest = rest(time);
        return rest.equals("expired") ? rest : "in " + rest;
    }

    /** The same with what remains. */
    String withRest(Instant time) {
        return at(time) + " (" + rest(time) + ")";
    }

    /** What remains until a time, in one unit: {@code 42 min}, {@code expired}. */
    String rest(Instant time) {
        Duration left = Duration.between(clock.instant(), time);
        if (left.isNegative() || left.isZero()) {
            return "expired";
        }
        if (left.compareTo(Duration.ofMinutes(2)) < 0) {
            return left.toSeconds() + " s";
        }
        if (left.compareTo(Duration.ofHours(2)) < 0) {
            return left.toMinutes() + " min";
        }
        return left.compareTo(Duration.ofDays(2)) < 0 ? left.toHours() + " h" : left.toDays() + " days";
    }

    private static String two(int number) {
        String text = Integer.toString(number);
        return text.length() < 2 ? "0" + text : text;
    }
}
