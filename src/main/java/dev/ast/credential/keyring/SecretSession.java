package dev.ast.credential.keyring;

import dev.ast.credential.KeyringTrouble;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import javax.crypto.BadPaddingException;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * How secrets travel between this program and the Secret Service (Secret Service API, section Transfer of Secrets):
 * with a key that both sides agreed on, so that other programs on the bus cannot read them, or plain where the service
 * knows no better.
 */
final class SecretSession {
    /** The one algorithm of the specification that encrypts. */
    static final String DIFFIE_HELLMAN = "dh-ietf1024-sha256-aes128-cbc-pkcs7";

    static final String PLAIN = "plain";
    private static final String CONTENT_TYPE = "text/plain; charset=utf8";

    private final String path;
    private final byte[] key;

    private SecretSession(String path, byte[] key) {
        this.path = path;
        this.key = key;
    }

    /** A session whose secrets are not encrypted. */
    static SecretSession plain(String path) {
        return new SecretSession(path, new byte[0]);
    }

    /** The part of an agreement that this side contributes. */
    static final class Offer {
        // RFC 2409 section 6.2, Second Oakley Group
        static final BigInteger PRIME = new BigInteger(
                "FFFFFFFFFFFFFFFFC90FDAA22168C234C4C6628B80DC1CD129024E088A67CC74020BBEA63B139B22514A08798E3404DD"
                        + "EF9519B3CD3A431B302B0A6DF25F14374FE1356D6D51C245E485B576625E7EC6F44C42E9A637ED6B0BFF5CB6F406B7ED"
                        + "EE386BFB5A899FA5AE9F24117C4B1FE649286651ECE65381FFFFFFFFFFFFFFFF",
                16);
        private static final int LENGTH = 128;

        private final BigInteger secret;

        Offer(BigInteger secret) {
            this.secret = secret;
        }

        /** A random one. 256 bits are twice what a group of 1024 bits can be worth. */
        static Offer random(SecureRandom random) {
            return new Offer(new BigInteger(256, random).setBit(255));
        }

        /** The public part for the other side. */
        byte[] publicKey() {
            return fixed(BigInteger.TWO.modPow(secret, PRIME));
        }

        /** The session from the other side's part. @throws KeyringException (failed) for a bad one */
        SecretSession accept(String path, byte[] theirs) throws KeyringException {
            BigInteger other = new BigInteger(1, theirs);
            if (other.compareTo(BigInteger.ONE) <= 0 || other.compareTo(PRIME.subtract(BigInteger.ONE)) >= 0) {
                throw new KeyringException(KeyringTrouble.FAILED, "its key agreement is not valid");
            }
            // HKDF (RFC 5869) with SHA-256, no salt and no info; one block is more than the 16 bytes that are needed
            byte[] extracted = hmac(new byte[32], fixed(other.modPow(secret, PRIME)));
            return new SecretSession(path, Arrays.copyOf(hmac(extracted, new byte[] {1}), 16));
        }

        private static byte[] fixed(BigInteger number) {
            byte[] bytes = number.toByteArray();
            byte[] fixed = new byte[LENGTH];
            int count = Math.min(bytes.length, LENGTH);
            System.arraycopy(bytes, bytes.length - count, fixed, LENGTH - count, count);
            return fixed;
        }
    }

    /** The session's object on the bus. */
    String path() {
        return path;
    }

    /** A text as the struct {@code (oayays)} of this session. */
    List<Object> seal(String text, SecureRandom random) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        if (key.length == 0) {
            return List.of(path, new byte[0], utf8, CONTENT_TYPE);
        }
        byte[] start = new byte[16];
        random.nextBytes(start);
        try {
            return List.of(path, start, aes(Cipher.ENCRYPT_MODE, start, utf8), CONTENT_TYPE);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has AES", e);
        }
    }

    /** The text of such a struct. @throws KeyringException (corrupt) when it cannot be decrypted or is not text */
    String open(List<?> secret) throws KeyringException {
        if (secret.size() != 4
                || !(secret.get(1) instanceof byte[] start)
                || !(secret.get(2) instanceof byte[] value)) {
            throw new KeyringException(KeyringTrouble.FAILED, "its answer does not follow the Secret Service API");
        }
        try {
            byte[] utf8 = key.length == 0 ? value : decrypted(start, value);
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(utf8))
                    .toString();
        } catch (GeneralSecurityException e) {
            throw new KeyringException(KeyringTrouble.CORRUPT, "it cannot be decrypted");
        } catch (CharacterCodingException e) {
            throw new KeyringException(KeyringTrouble.CORRUPT, "it is not text");
        }
    }

    // RFC 5652 section 6.3: padding is never empty, and the JDK takes no text at all for an empty one.
    private byte[] decrypted(byte[] start, byte[] value) throws GeneralSecurityException {
        if (value.length == 0) {
            throw new BadPaddingException("nothing encrypted");
        }
        return aes(Cipher.DECRYPT_MODE, start, value);
    }

    private byte[] aes(int mode, byte[] start, byte[] text) throws GeneralSecurityException {
        Cipher aes = Cipher.getInstance("AES/CBC/PKCS5Padding");
        aes.init(mode, new SecretKeySpec(key, "AES"), new IvParameterSpec(start));
        return aes.doFinal(text);
    }

    private static byte[] hmac(byte[] key, byte[] message) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(message);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA256", e);
        }
    }
}
