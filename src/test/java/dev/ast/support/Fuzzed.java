package dev.ast.support;

import dev.ast.domain.FailureException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Supplier;

/** What the fuzz targets ({@code *Fuzz}) share: what may come out of a reading, and how an input is taken apart. */
public final class Fuzzed {
    /**
     * Stands where a secret would: no message may repeat it. Only targets put it there, since the fuzzer finds the word
     * out and writes it where a message may well repeat it.
     */
    public static final String CANARY = "CANARY7f3a9";

    private Fuzzed() {}

    /**
     * The result of a reading, or nothing after an expected failure with a message of reasonable length. Any other
     * exception is a finding.
     */
    public static <T> Optional<T> reading(Supplier<T> reading) {
        try {
            return Optional.ofNullable(reading.get());
        } catch (FailureException e) {
            checkLength(String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    /** The same for a reading of something that holds the {@link #CANARY} as a secret. */
    public static void readingSecret(Supplier<?> reading) {
        try {
            Object unused = reading.get();
        } catch (FailureException e) {
            checkMessage(String.valueOf(e.getMessage()));
        }
    }

    /** Checks a message that may be shown to a user about something with the {@link #CANARY} in it. */
    public static void checkMessage(String message) {
        require(!message.contains(CANARY), "a message repeats a secret");
        checkLength(message);
    }

    /** Checks that a message can be read. */
    public static void checkLength(String message) {
        require(message.length() <= 5000, "a message has " + message.length() + " characters");
    }

    /** Ends with a finding unless the property holds. */
    public static void require(boolean property, String otherwise) {
        if (!property) {
            throw new AssertionError(otherwise);
        }
    }

    /** The input as text; a broken UTF-8 sequence becomes U+FFFD. */
    public static String text(byte[] input) {
        return new String(input, StandardCharsets.UTF_8);
    }

    /** A number from 0 to {@code choices - 1} out of one byte of the input. */
    public static int choice(byte[] input, int at, int choices) {
        return at < input.length ? (input[at] & 0xff) % choices : 0;
    }

    /** The input without its first bytes. */
    public static byte[] after(byte[] input, int count) {
        return count >= input.length ? new byte[0] : java.util.Arrays.copyOfRange(input, count, input.length);
    }
}
