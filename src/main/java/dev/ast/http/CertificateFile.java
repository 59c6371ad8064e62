package dev.ast.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.UnrecoverableKeyException;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The certificates in a file: PEM (RFC 7468) with any number of them and any text between, also in OpenSSL's form {@code
 * TRUSTED CERTIFICATE}; DER, one after the other; PKCS #12 without a password. What is in the file decides, not its name.
 */
final class CertificateFile {
    private static final long LARGEST = 8L * 1024 * 1024;
    private static final Pattern BEGIN = Pattern.compile("-----BEGIN ((?:TRUSTED |X509 )?CERTIFICATE)-----");
    private static final int INTEGER = 0x02;
    private static final int REJECTED = 0xa0;
    // The contents of the object identifiers for TLS servers, and for every use, in hexadecimal digits.
    private static final List<String> SERVER = List.of("2b06010505070301", "551d2500");

    private CertificateFile() {}

    /** A file whose certificates cannot be taken. */
    static final class Unusable extends Exception {
        private static final long serialVersionUID = 1L;

        private final String why;

        Unusable(String why) {
            super(why);
            this.why = why;
        }

        /** The reason, which goes behind the name of the file. */
        String why() {
            return why;
        }
    }

    /**
     * The certificates that may vouch for servers.
     *
     * @throws Unusable when there are none, or one of them cannot be read
     */
    static List<Certificate> read(Path file) throws Unusable {
        byte[] bytes;
        try {
            if (!Files.exists(file)) {
                throw new Unusable("is not there");
            }
            if (!Files.isRegularFile(file)) {
                throw new Unusable("is not a file");
            }
            if (Files.size(file) > LARGEST) {
                throw new Unusable("is larger than " + LARGEST / 1024 / 1024 + " MiB");
            }
            bytes = Files.readAllBytes(file);
        } catch (IOException e) {
            throw new Unusable("cannot be read");
        }
        List<Certificate> found = certificates(bytes);
        if (found.isEmpty()) {
            throw new Unusable("holds no certificate for servers");
        }
        return found;
    }

    static List<Certificate> certificates(byte[] bytes) throws Unusable {
        if (bytes.length == 0) {
            throw new Unusable("is empty");
        }
        try {
            if ((bytes[0] & 0xff) != Der.SEQUENCE) {
                return pem(new String(bytes, StandardCharsets.ISO_8859_1));
            }
            return new Der(bytes).next().tag() == INTEGER ? Pkcs12.certificates(bytes) : der(bytes);
        } catch (UnrecoverableKeyException e) {
            throw new Unusable("has a password, which cannot be given");
        } catch (GeneralSecurityException e) {
            throw new Unusable("holds no certificate that can be read");
        }
    }

    private static List<Certificate> der(byte[] bytes) throws GeneralSecurityException {
        List<Certificate> found = new ArrayList<>();
        Der all = new Der(bytes);
        while (all.hasNext()) {
            found.add(certificate(all.nextWhole()));
        }
        return found;
    }

    private static List<Certificate> pem(String text) throws GeneralSecurityException, Unusable {
        List<Certificate> found = new ArrayList<>();
        Matcher begin = BEGIN.matcher(text);
        int count = 0;
        for (int from = 0; begin.find(from); from = begin.end()) {
            count++;
            int end = text.indexOf("-----END " + begin.group(1) + "-----", begin.end());
            if (end < 0) {
                throw new Unusable("is cut off in certificate " + count);
            }
            Der block;
            byte[] certificate;
            try {
                block = new Der(Base64.getMimeDecoder().decode(text.substring(begin.end(), end)));
                certificate = block.nextWhole();
                if (isForServers(block)) {
                    found.add(certificate(certificate));
                }
            } catch (CertificateException | IllegalArgumentException e) {
                throw new Unusable("cannot be read at certificate " + count);
            }
        }
        if (count == 0 && text.contains("PRIVATE KEY-----")) {
            throw new Unusable("holds a private key and no certificate");
        }
        if (count == 0) {
            throw new Unusable("holds no certificate");
        }
        return found;
    }

    /** What OpenSSL has put behind the certificate: the uses for which it is trusted, and those for which it is not. */
    private static boolean isForServers(Der block) throws CertificateException {
        if (!block.hasNext()) {
            return true;
        }
        Der settings = block.next();
        boolean trusted = settings.tag() != Der.SEQUENCE || namesServers(settings.next());
        boolean rejected = settings.tag() == REJECTED && namesServers(settings.next());
        return trusted && !rejected;
    }

    private static boolean namesServers(Der uses) throws CertificateException {
        boolean named = false;
        while (uses.hasNext()) {
            named |= SERVER.contains(uses.next().hex());
        }
        return named;
    }

    private static Certificate certificate(byte[] der) throws CertificateException {
        return CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
    }
}
