package dev.ast.http;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.UnrecoverableKeyException;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKey;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * The certificates of a PKCS #12 file (RFC 7292) that has no password, or the one that Java's tools suggest. The JDK lists
 * only what its own tools have marked as trusted; certificates in a file that OpenSSL has made are read here.
 */
final class Pkcs12 {
    // The contents of the object identifiers that matter, in hexadecimal digits.
    private static final String ENCRYPTED_DATA = "2a864886f70d010706";
    private static final String CERTIFICATE_BAG = "2a864886f70d010c0a0103";

    private Pkcs12() {}

    /**
     * The certificates in the file.
     *
     * @throws UnrecoverableKeyException when it has another password
     * @throws GeneralSecurityException when it cannot be read
     */
    static List<Certificate> certificates(byte[] bytes) throws GeneralSecurityException {
        char[] password = {};
        KeyStore store;
        try {
            store = opened(bytes, password);
        } catch (IOException e) {
            password = "changeit".toCharArray();
            try {
                store = opened(bytes, password);
            } catch (IOException again) {
                if (again.getCause() instanceof UnrecoverableKeyException cause) {
                    throw cause;
                }
                throw new GeneralSecurityException(again);
            }
        }
        List<Certificate> found = new ArrayList<>();
        for (String alias : Collections.list(store.aliases())) {
            Certificate[] chain = store.getCertificateChain(alias);
            found.addAll(chain == null ? List.of(store.getCertificate(alias)) : List.of(chain));
        }
        return found.isEmpty() ? unmarked(bytes, password) : found;
    }

    private static KeyStore opened(byte[] bytes, char[] password) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(new ByteArrayInputStream(bytes), password);
        return store;
    }

    private static List<Certificate> unmarked(byte[] bytes, char[] password) throws GeneralSecurityException {
        Der file = new Der(bytes).next();
        file.next(); // the version
        List<Certificate> found = new ArrayList<>();
        Der contents = new Der(data(file.next())).next();
        while (contents.hasNext()) {
            Der content = contents.next();
            boolean encrypted = new Der(content.rest()).next().hex().equals(ENCRYPTED_DATA);
            Der bags = new Der(encrypted ? decrypted(content, password) : data(content)).next();
            while (bags.hasNext()) {
                certificate(bags.next(), found);
            }
        }
        return found;
    }

    private static void certificate(Der bag, List<Certificate> found) throws GeneralSecurityException {
        if (bag.next().hex().equals(CERTIFICATE_BAG)) {
            byte[] der = data(bag.next().next());
            found.add(CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der)));
        }
    }

    /** What stands behind a type, in an octet string in an element of its own. */
    private static byte[] data(Der typed) throws GeneralSecurityException {
        typed.next();
        return typed.next().next().rest();
    }

    // RFC 7292 section 5.1: the algorithm and the encrypted bytes stand there as in an encrypted private key, which the
    // JDK reads.
    private static byte[] decrypted(Der content, char[] password) throws GeneralSecurityException {
        content.next();
        Der data = content.next().next();
        data.next(); // the version
        Der encrypted = data.next();
        encrypted.next(); // the type of what is in it
        byte[] algorithm = encrypted.nextWhole();
        byte[] bytes = encrypted.next().rest();
        try {
            EncryptedPrivateKeyInfo info =
                    new EncryptedPrivateKeyInfo(element(Der.SEQUENCE, algorithm, element(0x04, bytes)));
            AlgorithmParameters parameters = info.getAlgParameters();
            // For PBES2 (RFC 8018) the algorithm is named by its parameters.
            String name = info.getAlgName().equals("PBES2") ? parameters.toString() : info.getAlgName();
            SecretKey key = SecretKeyFactory.getInstance(name).generateSecret(new PBEKeySpec(password));
            Cipher cipher = Cipher.getInstance(name);
            cipher.init(Cipher.DECRYPT_MODE, key, parameters);
            return cipher.doFinal(info.getEncryptedData());
        } catch (IOException e) {
            throw new GeneralSecurityException(e);
        }
    }

    private static byte[] element(int tag, byte[]... parts) {
        int length = Arrays.stream(parts).mapToInt(part -> part.length).sum();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(tag);
        if (length < 0x80) {
            out.write(length);
        } else {
            byte[] digits = BigInteger.valueOf(length).toByteArray();
            int from = digits[0] == 0 ? 1 : 0;
            out.write(0x80 + digits.length - from);
            out.write(digits, from, digits.length - from);
        }
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }
}
