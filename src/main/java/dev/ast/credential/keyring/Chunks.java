package dev.ast.credential.keyring;

import dev.ast.credential.KeyringTrouble;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * A text cut into parts for a store with small entries. The head begins with a line {@code ast1 FIRST COUNT SHA-256}:
 * the number of the first part of the tail, how many there are, and the digest of the whole.
 *
 * @param head the first entry
 * @param first the number of the first part of the tail
 * @param tail the other entries
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Chunks(byte[] head, int first, List<byte[]> tail) {
    /** The largest entry, in bytes; below Windows' 2,560. */
    static final int SIZE = 2400;

    private static final String MARK = "ast1";
    /** What the line of the head takes at most. */
    private static final int LINE = 100;

    /** Cuts a text. @throws KeyringException (too big) above the limit of a keyring */
    static Chunks cut(byte[] text, int first) throws KeyringException {
        if (text.length > Keyring.LARGEST) {
            throw new KeyringException(KeyringTrouble.TOO_BIG, "more than " + Keyring.LARGEST + " bytes");
        }
        int inHead = Math.min(text.length, SIZE - LINE);
        List<byte[]> tail = new ArrayList<>();
        for (int at = inHead; at < text.length; at += SIZE) {
            tail.add(Arrays.copyOfRange(text, at, Math.min(at + SIZE, text.length)));
        }
        byte[] line = (MARK + " " + first + " " + tail.size() + " " + sha256(text) + "\n")
                .getBytes(StandardCharsets.US_ASCII);
        byte[] head = Arrays.copyOf(line, line.length + inHead);
        System.arraycopy(text, 0, head, line.length, inHead);
        return new Chunks(head, first, tail);
    }

    /** Where a new tail can begin without touching the parts that are there: before all of them, or behind. */
    static int firstFree(List<Integer> used, int length) {
        int needed = Math.max(0, length - (SIZE - LINE) + SIZE - 1) / SIZE;
        int lowest = used.stream().mapToInt(Integer::intValue).min().orElse(Integer.MAX_VALUE);
        int highest = used.stream().mapToInt(Integer::intValue).max().orElse(0);
        return lowest > needed ? 1 : highest + 1;
    }

    /**
     * The first line of a head.
     *
     * @param first the number of the first part of the tail
     * @param count how many there are
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Head(int first, int count, String digest, byte[] text) {
        /** The number behind the last part. */
        int end() {
            return first + count;
        }

        /** The whole text. @throws KeyringException (corrupt) when the parts do not add up to it */
        String join(List<byte[]> tail) throws KeyringException {
            int length =
                    text.length + tail.stream().mapToInt(part -> part.length).sum();
            ByteBuffer whole = ByteBuffer.allocate(length).put(text);
            tail.forEach(whole::put);
            if (!sha256(whole.array()).equals(digest)) {
                throw corrupt();
            }
            try {
                return StandardCharsets.UTF_8.newDecoder().decode(whole.flip()).toString();
            } catch (CharacterCodingException e) {
                throw corrupt();
            }
        }
    }

    /** Reads a head. @throws KeyringException (corrupt) when it is not a head */
    static Head head(byte[] entry) throws KeyringException {
        int end = 0;
        while (end < entry.length && end <= LINE && entry[end] != '\n') {
            end++;
        }
        String line = new String(entry, 0, end, StandardCharsets.US_ASCII);
        if (end == entry.length || !line.matches(MARK + " [0-9]{1,6} [0-9]{1,3} [0-9a-f]{64}")) {
            throw corrupt();
        }
        String[] words = line.split(" ", -1);
        return new Head(
                Integer.parseInt(words[1]),
                Integer.parseInt(words[2]),
                words[3],
                Arrays.copyOfRange(entry, end + 1, entry.length));
    }

    private static String sha256(byte[] text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static KeyringException corrupt() {
        return new KeyringException(KeyringTrouble.CORRUPT, "its parts do not fit together");
    }
}
