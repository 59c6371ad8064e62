package dev.ast.support;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * A certificate authority made at run time, in memory. The few bytes of X.509 (RFC 5280 section 4.1) are written by
 * hand, because the JDK can read certificates but has no public way to make one.
 */
public final class TestAuthority {
    private static final byte[] ECDSA_SHA256 = sequence(oid(0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02));

    private final KeyPair keys = keys();
    private final String name = "ast test authority " + serial().toString(36);
    private final X509Certificate certificate = sign(
            name,
            keys.getPrivate(),
            name,
            keys.getPublic(),
            List.of(),
            authority(),
            Instant.now().minus(Duration.ofDays(2)),
            Duration.ofDays(30));

    /** What a TLS server needs. */
    public record ServerKey(X509Certificate certificate, PrivateKey key) {
        /** The context of the server. */
        public SSLContext context() {
            try {
                KeyStore store = KeyStore.getInstance("PKCS12");
                store.load(null, null);
                store.setKeyEntry("server", key, new char[0], new X509Certificate[] {certificate});
                KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
                factory.init(store, new char[0]);
                SSLContext context = SSLContext.getInstance("TLS");
                context.init(factory.getKeyManagers(), null, null);
                return context;
            } catch (GeneralSecurityException | java.io.IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** A good certificate for some names and addresses. */
    public ServerKey serverKey(String... hosts) {
        return serverKey(Instant.now().minus(Duration.ofDays(1)), Duration.ofDays(10), hosts);
    }

    /** A certificate with a validity of its own. */
    public ServerKey serverKey(Instant from, Duration length, String... hosts) {
        KeyPair server = keys();
        return new ServerKey(
                sign(name, keys.getPrivate(), "server", server.getPublic(), List.of(hosts), new byte[0], from, length),
                server.getPrivate());
    }

    /** A certificate whose extended key usage is that of clients (RFC 5280 section 4.2.1.12). */
    public ServerKey clientKey(String... hosts) {
        KeyPair client = keys();
        Instant from = Instant.now().minus(Duration.ofDays(1));
        byte[] clientAuth = oid(0x2b, 0x06, 0x01, 0x05, 0x05, 0x07, 0x03, 0x02);
        byte[] usage = sequence(oid(0x55, 0x1d, 0x25), tagged(0x04, sequence(clientAuth)));
        return new ServerKey(
                sign(
                        name,
                        keys.getPrivate(),
                        "client",
                        client.getPublic(),
                        List.of(hosts),
                        usage,
                        from,
                        Duration.ofDays(9)),
                client.getPrivate());
    }

    /** A certificate that vouches for itself. */
    public static ServerKey selfSigned(String... hosts) {
        KeyPair server = keys();
        Instant from = Instant.now().minus(Duration.ofDays(1));
        return new ServerKey(
                sign(
                        "self",
                        server.getPrivate(),
                        "self",
                        server.getPublic(),
                        List.of(hosts),
                        new byte[0],
                        from,
                        Duration.ofDays(9)),
                server.getPrivate());
    }

    /** The authority's certificate. */
    public X509Certificate certificate() {
        return certificate;
    }

    /** The authority's certificate as PEM text. */
    public String pem() {
        try {
            return "-----BEGIN CERTIFICATE-----\n"
                    + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(certificate.getEncoded())
                    + "\n-----END CERTIFICATE-----\n";
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyPair keys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static BigInteger serial() {
        return new BigInteger(62, new SecureRandom()).add(BigInteger.ONE);
    }

    private static X509Certificate sign(
            String issuer,
            PrivateKey issuerKey,
            String subject,
            PublicKey key,
            List<String> hosts,
            byte[] extension,
            Instant from,
            Duration length) {
        try {
            ByteArrayOutputStream extensions = new ByteArrayOutputStream();
            extensions.writeBytes(extension);
            if (!hosts.isEmpty()) {
                ByteArrayOutputStream names = new ByteArrayOutputStream();
                for (String host : hosts) {
                    boolean address = host.matches("[0-9.]+");
                    names.writeBytes(tagged(
                            address ? 0x87 : 0x82,
                            address
                                    ? java.net.InetAddress.getByName(host).getAddress()
                                    : host.getBytes(StandardCharsets.US_ASCII)));
                }
                extensions.writeBytes(sequence(oid(0x55, 0x1d, 0x11), tagged(0x04, tagged(0x30, names.toByteArray()))));
            }
            byte[] toBeSigned = sequence(
                    tagged(0xa0, tagged(0x02, new byte[] {2})),
                    tagged(0x02, serial().toByteArray()),
                    ECDSA_SHA256,
                    named(issuer),
                    sequence(time(from), time(from.plus(length))),
                    named(subject),
                    key.getEncoded(),
                    tagged(0xa3, tagged(0x30, extensions.toByteArray())));
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(issuerKey);
            signature.update(toBeSigned);
            byte[] signed = signature.sign();
            byte[] bits = new byte[signed.length + 1];
            System.arraycopy(signed, 0, bits, 1, signed.length);
            byte[] whole = sequence(toBeSigned, ECDSA_SHA256, tagged(0x03, bits));
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(whole));
        } catch (GeneralSecurityException | java.io.IOException e) {
            throw new IllegalStateException(e);
        }
    }

    // RFC 5280 section 4.2.1.9
    private static byte[] authority() {
        byte[] yes = tagged(0x01, new byte[] {(byte) 0xff});
        return sequence(oid(0x55, 0x1d, 0x13), yes, tagged(0x04, sequence(yes)));
    }

    private static byte[] named(String commonName) {
        byte[] text = tagged(0x0c, commonName.getBytes(StandardCharsets.UTF_8));
        return sequence(tagged(0x31, sequence(oid(0x55, 0x04, 0x03), text)));
    }

    private static byte[] time(Instant instant) {
        String text = DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'")
                .withZone(ZoneOffset.UTC)
                .format(instant);
        return tagged(0x18, text.getBytes(StandardCharsets.US_ASCII));
    }

    private static byte[] oid(int... bytes) {
        byte[] encoded = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            encoded[i] = (byte) bytes[i];
        }
        return tagged(0x06, encoded);
    }

    private static byte[] sequence(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return tagged(0x30, all.toByteArray());
    }

    private static byte[] tagged(int tag, byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(tag);
        if (content.length < 0x80) {
            out.write(content.length);
        } else if (content.length < 0x100) {
            out.write(0x81);
            out.write(content.length);
        } else {
            out.write(0x82);
            out.write(content.length >> 8);
            out.write(content.length & 0xff);
        }
        out.writeBytes(content);
        return out.toByteArray();
    }
}
