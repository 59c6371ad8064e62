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

    /** Reads a time; empty when the text is none. */
    public static Optional<Instant> parse(String text) {
        try {
            if (!plain(text)) {
                return Optional.of(Instant.parse(text));
            }
            return Optional.of(LocalDateTime.of(
                            number(text, 0, 4),
                            number(text, 5, 7),
                            number(text, 8, 10),
                            number(text, 11, 13),
                            number(text, 14, 16),
                            number(text, 17, 19))
                    .toInstant(ZoneOffset.UTC));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
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
