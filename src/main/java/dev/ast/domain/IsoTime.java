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

    /** Days from the first of March of the year 0 to 1970. */
    private static final long MARCH_OF_YEAR_0 = 719_468;

    private IsoTime() {}

    /** Reads a time; empty when the text is none. */
    public static Optional<Instant> parse(String text) {
        try {
            if (!plain(text)) {
                return Optional.of(Instant.parse(text));
            }
            return read(text);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    // LocalDate would do this, but asks Year about leap years, which makes a formatter when it is loaded.
    private static Optional<Instant> read(String text) {
        int year = number(text, 0, 4);
        int month = number(text, 5, 7);
        int day = number(text, 8, 10);
        int hour = number(text, 11, 13);
        int minute = number(text, 14, 16);
        int second = number(text, 17, 19);
        if (month < 1 || month > 12 || day < 1 || day > days(year, month) || hour > 23 || minute > 59 || second > 59) {
            return Optional.empty();
        }
        // A year that begins in March has its leap day at its end, and months whose lengths repeat every five.
        int marchYear = month > 2 ? year : year - 1;
        int leapDays = Math.floorDiv(marchYear, 4) - Math.floorDiv(marchYear, 100) + Math.floorDiv(marchYear, 400);
        int marchMonth = (month + 9) % 12;
        long epochDay = marchYear * 365L + leapDays + (153 * marchMonth + 2) / 5 + day - 1 - MARCH_OF_YEAR_0;
        return Optional.of(Instant.ofEpochSecond(epochDay * 86_400 + hour * 3600 + minute * 60 + second));
    }

    private static int days(int year, int month) {
        if (month == 2) {
            return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28;
        }
        return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
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
