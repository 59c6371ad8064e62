package dev.ast.domain;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** Text as UTF-8, without a decoder of its own for each piece: scripts and stores are read in many. */
public final class Utf8 {
    private Utf8() {}

    /** The text that the bytes are; empty when they are not UTF-8. */
    public static Optional<String> text(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        // Bytes that are not UTF-8 became this character, unless they were it.
        boolean other = text.indexOf('\ufffd') >= 0 && !Arrays.equals(text.getBytes(StandardCharsets.UTF_8), bytes);
        return other ? Optional.empty() : Optional.of(text);
    }
}
