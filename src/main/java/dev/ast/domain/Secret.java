package dev.ast.domain;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A text that must not be shown: token, password, device code. It prints as {@code [secret]}, is not serialisable and
 * has no equality. Only {@link #reveal()} returns the text, for the callers that the architecture test lists.
 */
public final class Secret {
    /** The longest secret that is accepted, in characters. */
    public static final int MAX_LENGTH = 64 * 1024;

    private static final int REMEMBERED = 500;
    private static final int SHORTEST_KNOWN = 8;

    // Of this process, the latest: a server can repeat a secret wherever it is asked for a text.
    private static final Set<String> KNOWN = new LinkedHashSet<>();

    private final String text;

    private Secret(String text) {
        this.text = text;
    }

    /** All secrets of this process that are long enough not to be a common word, the latest 500. */
    public static List<String> known() {
        synchronized (KNOWN) {
            return List.copyOf(KNOWN);
        }
    }

    /** Whether a text holds a secret of this process. */
    public static boolean isIn(String text) {
        for (String secret : known()) {
            if (text.contains(secret)) {
                return true;
            }
        }
        return false;
    }

    private static void remember(String text) {
        synchronized (KNOWN) {
            KNOWN.add(text);
            if (KNOWN.size() > REMEMBERED) {
                Iterator<String> oldest = KNOWN.iterator();
                oldest.next();
                oldest.remove();
            }
        }
    }

    /**
     * Wraps a token or password.
     *
     * @throws FailureException (usage) when it is empty, too long, or holds a control character; the text is not named
     */
    public static Secret of(String text) {
        if (text.isEmpty()) {
            throw Failure.usage("the token is empty");
        }
        if (text.length() > MAX_LENGTH) {
            throw Failure.usage("the token is longer than " + MAX_LENGTH + " characters");
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x20 || (c >= 0x7f && c < 0xa0)) {
                throw Failure.usage("the token holds a line break or control character");
            }
        }
        if (text.length() >= SHORTEST_KNOWN) {
            remember(text);
        }
        return new Secret(text);
    }

    /**
     * This secret, if it can stand behind {@code Bearer} in a header (RFC 6750 section 2.1): visible ASCII without a
     * space.
     *
     * @throws FailureException (usage) when it cannot; the text is not named
     */
    public Secret requireBearer() {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) <= 0x20 || text.charAt(i) > 0x7e) {
                throw Failure.usage("the token holds a space or a character outside ASCII");
            }
        }
        return this;
    }

    /** The text itself. Only for the stores, the wire, and the commands whose purpose is to give a token out. */
    public String reveal() {
        return text;
    }

    /** Whether both hold the same text, in constant time. */
    public boolean same(Secret other) {
        return MessageDigest.isEqual(
                text.getBytes(StandardCharsets.UTF_8), other.text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return "[secret]";
    }
}
