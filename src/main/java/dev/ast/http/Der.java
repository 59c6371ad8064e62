package dev.ast.http;

import java.security.cert.CertificateException;
import java.util.Arrays;
import java.util.HexFormat;

/** Goes through elements of DER (ITU-T X.690), as far as files of certificates need it: definite lengths only. */
final class Der {
    static final int SEQUENCE = 0x30;

    private final byte[] bytes;
    private final int end;
    private int at;

    Der(byte[] bytes) {
        this(bytes, 0, bytes.length);
    }

    private Der(byte[] bytes, int at, int end) {
        this.bytes = bytes;
        this.at = at;
        this.end = end;
    }

    /** Whether an element follows. */
    boolean hasNext() {
        return at < end;
    }

    /** The tag of the element that follows; -1 at the end. */
    int tag() {
        return hasNext() ? bytes[at] & 0xff : -1;
    }

    /**
     * Goes behind the next element.
     *
     * @return its content
     * @throws CertificateException when there is none, or it is cut off
     */
    Der next() throws CertificateException {
        if (at + 2 > end) {
            throw cutOff();
        }
        int length = bytes[at + 1] & 0xff;
        int start = at + 2;
        if (length >= 0x80) {
            int count = length - 0x80;
            if (count == 0 || count > 3 || start + count > end) {
                throw cutOff();
            }
            length = 0;
            for (int i = 0; i < count; i++) {
                length = length << 8 | (bytes[start++] & 0xff);
            }
        }
        if (length > end - start) {
            throw cutOff();
        }
        at = start + length;
        return new Der(bytes, start, at);
    }

    /** The same, with its tag and length. */
    byte[] nextWhole() throws CertificateException {
        int start = at;
        next();
        return Arrays.copyOfRange(bytes, start, at);
    }

    /** What is left, as it is. */
    byte[] rest() {
        return Arrays.copyOfRange(bytes, at, end);
    }

    /** What is left, in hexadecimal digits. */
    String hex() {
        return HexFormat.of().formatHex(rest());
    }

    private static CertificateException cutOff() {
        return new CertificateException("cut off");
    }
}
