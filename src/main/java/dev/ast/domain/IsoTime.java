package dev.ast.domain;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * Times as ISO 8601 text in UTC. Whole seconds, which is all that this program writes, are read and written without the
 * JDK's formatters: their first use costs 10 ms.
 */
public final class IsoTime {
    private static final String SHAPE = "0000-00-00T00:00:00Z";

    private IsoTime() {}

    /** Reads a time; empty when the text is not a time. */
    public static Optional<Instant> parse(String text) {
        try {
            return plain(text) ? seconds(text) : Optional.of(Instant.parse(text));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Optional<Instant> seconds(String text) {
        int year = number(text, 0, 4);
        int month = number(text, 5, 7);
        int day = number(text, 8, 10);
        int hour = number(text, 11, 13);
        int minute = number(text, 14, 16);
        int second = number(text, 17, 19);
        if (month < 1 || month > 12 || day < 1 || day > daysOf(month, year)) {
            return Optional.empty();
        }
        if (hour > 23 || minute > 59 || second > 59) {
            return Optional.empty();
        }
        return Optional.of(Instant.ofEpochSecond(((daysSince1970(year, month, day) * 24 + hour) * 60 + minute) * 60
                + second));
    }

    private static int daysOf(int month, int year) {
        return switch (month) {
            case 2 -> year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28;
            case 4, 6, 9, 11 -> 30;
            default -> 31;
        };
    }

    // The JDK's own way from a date to a number makes its formatters, too. A year is counted from March here, so that
    // the leap day is its last; the months from then on have 153 days in every five.
    private static long daysSince1970(int year, int month, int day) {
        int marchYear = month > 2 ? year : year - 1;
        int marchMonth = (month + 9) % 12;
        int leapDays = Math.floorDiv(marchYear, 4) - Math.floorDiv(marchYear, 100) + Math.floorDiv(marchYear, 400);
        return marchYear * 365L + leapDays + (153 * marchMonth + 2) / 5 + day - 1 - 719_468;
    }

    /** Writes a time in whole seconds, for example {@code 2026-12-16T13:30:00Z}. */
    public static String write(Instant time) {
        LocalDateTime utc = LocalDateTime.ofEpochSecond(time.getEpochSecond(), 0, ZoneOffset.UTC);
        StringBuilder text = new StringBuilder(SHAPE.length());
        return two(
                        two(two(text.append(utc.toLocalDate()).append('T'), utc.getHour(), ':'), utc.getMinute(), ':'),
                        utc.getSecond(),
                        'Z')
                .toString();
    }

    private static StringBuilder two(StringBuilder text, int number, char end) {
        return text.append((char) ('0' + number / 10))
                .append((char) ('0' + number % 10))
                .append(end);
    }

    private static boolean plain(String text) {
        if (text.length() != SHAPE.length()) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (SHAPE.charAt(i) == '0' ? c < '0' || c > '9' : c != SHAPE.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private static int number(String text, int from, int to) {
        return Integer.parseInt(text, from, to, 10);
    }
}
