package dev.ast.domain;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * A text that must not be shown: token, password, device code. It prints as {@code [secret]}, is not serialisable and
 * has no equality; who needs the text calls {@link #reveal()}, and the architecture test lists who may.
 */
public final class Secret {
    /** The longest secret that is accepted, in characters. */
    public static final int MAX_LENGTH = 64 * 1024;

    private final String text;

    private Secret(String text) {
        this.text = text;
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
        return new Secret(text);
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
