package dev.ast.credential.keyring;

import java.util.Arrays;
import java.util.Optional;

/**
 * Decrypts AES-128 in CBC mode with PKCS #7 padding (FIPS 197, NIST SP 800-38A, RFC 5652 section 6.3). The JDK's cipher
 * does the same, and the tests hold both against each other; but its first use in a process loads and checks the
 * cryptography framework, which takes a third of the time of a whole {@code ast token}. The figures are in the decision
 * page on the Secret Service. Only what the keyring of the same user sends over a local socket is decrypted here, with a
 * key that lives as long as the connection; whatever is encrypted, the JDK encrypts.
 */
final class AesDecryption {
    private static final int BLOCK = 16;
    private static final int ROUNDS = 10;
    private static final int[] BOX = new int[256];
    private static final int[] INVERSE_BOX = new int[256];
    private static final int[] BY_9 = new int[256];
    private static final int[] BY_11 = new int[256];
    private static final int[] BY_13 = new int[256];
    private static final int[] BY_14 = new int[256];

    static {
        // FIPS 197 5.1.1: the inverse in GF(2^8), found by walking all powers of 3 and of 1/3, then an affine map
        int power = 1;
        int inverse = 1;
        do {
            power = power ^ doubled(power);
            inverse = product(inverse, 0xf6);
            box(power, inverse);
        } while (power != 1);
        box(0, 0);
        for (int i = 0; i < 256; i++) {
            BY_9[i] = product(i, 9);
            BY_11[i] = product(i, 11);
            BY_13[i] = product(i, 13);
            BY_14[i] = product(i, 14);
        }
    }

    private final int[] roundKeys;

    /** @param key 16 bytes */
    AesDecryption(byte[] key) {
        roundKeys = expanded(key);
    }

    /**
     * Decrypts a text.
     *
     * @param start the initialization vector, 16 bytes
     * @return empty when the length or the padding is wrong, so that it was not encrypted with this key
     */
    Optional<byte[]> decrypt(byte[] start, byte[] encrypted) {
        if (encrypted.length == 0 || encrypted.length % BLOCK != 0 || start.length != BLOCK) {
            return Optional.empty();
        }
        byte[] plain = new byte[encrypted.length];
        int[] state = new int[BLOCK];
        int[] spare = new int[BLOCK];
        for (int at = 0; at < encrypted.length; at += BLOCK) {
            for (int i = 0; i < BLOCK; i++) {
                state[i] = encrypted[at + i] & 0xff;
            }
            decryptBlock(state, spare);
            for (int i = 0; i < BLOCK; i++) {
                plain[at + i] = (byte) (state[i] ^ (at == 0 ? start[i] : encrypted[at - BLOCK + i]));
            }
        }
        int padding = plain[plain.length - 1];
        if (padding < 1 || padding > BLOCK) {
            return Optional.empty();
        }
        for (int i = plain.length - padding; i < plain.length; i++) {
            if (plain[i] != padding) {
                return Optional.empty();
            }
        }
        return Optional.of(Arrays.copyOf(plain, plain.length - padding));
    }

    /** FIPS 197 5.3, InvCipher; the state stands column by column. */
    private void decryptBlock(int[] state, int[] spare) {
        addRoundKey(state, ROUNDS);
        for (int round = ROUNDS - 1; round >= 0; round--) {
            for (int i = 0; i < BLOCK; i++) {
                // InvShiftRows: row r moves right by r columns
                spare[(i + 4 * (i % 4)) % BLOCK] = INVERSE_BOX[state[i]];
            }
            System.arraycopy(spare, 0, state, 0, BLOCK);
            addRoundKey(state, round);
            if (round > 0) {
                mixColumnsBack(state);
            }
        }
    }

    private static void mixColumnsBack(int[] state) {
        for (int c = 0; c < BLOCK; c += 4) {
            int a = state[c];
            int b = state[c + 1];
            int d = state[c + 2];
            int e = state[c + 3];
            state[c] = BY_14[a] ^ BY_11[b] ^ BY_13[d] ^ BY_9[e];
            state[c + 1] = BY_9[a] ^ BY_14[b] ^ BY_11[d] ^ BY_13[e];
            state[c + 2] = BY_13[a] ^ BY_9[b] ^ BY_14[d] ^ BY_11[e];
            state[c + 3] = BY_11[a] ^ BY_13[b] ^ BY_9[d] ^ BY_14[e];
        }
    }

    private void addRoundKey(int[] state, int round) {
        for (int i = 0; i < BLOCK; i++) {
            state[i] ^= roundKeys[round * BLOCK + i];
        }
    }

    /** FIPS 197 5.2, KeyExpansion. */
    private static int[] expanded(byte[] key) {
        int[] keys = new int[BLOCK * (ROUNDS + 1)];
        for (int i = 0; i < BLOCK; i++) {
            keys[i] = key[i] & 0xff;
        }
        int constant = 1;
        for (int i = BLOCK; i < keys.length; i += 4) {
            boolean first = i % BLOCK == 0;
            for (int j = 0; j < 4; j++) {
                int before = first ? BOX[keys[i - 4 + (j + 1) % 4]] : keys[i - 4 + j];
                keys[i + j] = keys[i - BLOCK + j] ^ before ^ (first && j == 0 ? constant : 0);
            }
            constant = first ? doubled(constant) : constant;
        }
        return keys;
    }

    private static void box(int value, int inverse) {
        int mapped = affine(inverse);
        BOX[value] = mapped;
        INVERSE_BOX[mapped] = value;
    }

    private static int affine(int x) {
        int twice = (x << 8) | x;
        return ((x ^ (twice >> 7) ^ (twice >> 6) ^ (twice >> 5) ^ (twice >> 4)) & 0xff) ^ 0x63;
    }

    private static int doubled(int x) {
        return ((x << 1) ^ (x >= 0x80 ? 0x11b : 0)) & 0xff;
    }

    private static int product(int x, int y) {
        int sum = 0;
        int factor = x;
        for (int rest = y; rest != 0; rest >>= 1) {
            if ((rest & 1) != 0) {
                sum ^= factor;
            }
            factor = doubled(factor);
        }
        return sum;
    }
}
