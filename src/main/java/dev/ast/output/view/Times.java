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
public final class Times {
    private static final String EXPIRED = "expired";

    private final InstantSource clock;
    private final Supplier<? extends ZoneId> zone;

    /** Times by a clock, shown in the given zone, which is asked only when a date is shown. */
    public Times(InstantSource clock, Supplier<? extends ZoneId> zone) {
        this.clock = clock;
        this.zone = zone;
    }

    /** For example {@code 2026-12-16 14:30:00 +01:00}. */
    String at(Instant time) {
        ZoneOffset offset = offset(time);
        String shift = offset.equals(ZoneOffset.UTC) ? "+00:00" : offset.getId();
        return local(time, offset) + " " + shift.substring(0, Math.min(6, shift.length()));
    }

    /** The same without the zone, for a column of times. */
    String local(Instant time) {
        return local(time, offset(time));
    }

    private ZoneOffset offset(Instant time) {
        return zone.get().getRules().getOffset(time);
    }

    private static String local(Instant time, ZoneOffset offset) {
        LocalDateTime local = LocalDateTime.ofEpochSecond(time.getEpochSecond(), 0, offset);
        return local.toLocalDate() + " " + two(local.getHour()) + ":" + two(local.getMinute()) + ":"
                + two(local.getSecond());
    }

    /** For example {@code in 42 min}; knows no zone, since finding it out costs as much as a whole short command. */
    String soon(Instant time) {
        String rest = rest(time);
        return rest.equals(EXPIRED) ? rest : "in " + rest;
    }

    /**
     * The same for an access token, whose end is not that of a session that is renewed.
     *
     * @param renewable whether it is renewed when it is needed
     */
    String token(Instant end, boolean renewable) {
        String when = soon(end);
        if (!renewable) {
            return when;
        }
        return when.equals(EXPIRED)
                ? "access token expired, the next command renews it"
                : when + ", renewed automatically";
    }

    /** The same with what remains. */
    String withRest(Instant time) {
        return at(time) + " (" + rest(time) + ")";
    }

    /** What remains until a time, in one unit: {@code 42 min}, {@code expired}. */
    public String rest(Instant time) {
        Duration left = Duration.between(clock.instant(), time);
        if (left.compareTo(Duration.ofSeconds(1)) < 0) {
            return EXPIRED;
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
