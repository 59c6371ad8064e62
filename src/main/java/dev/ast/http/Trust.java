package dev.ast.http;

import dev.ast.domain.Failure;
import dev.ast.domain.FailureException;
import dev.ast.host.Environment;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * The authorities that TLS trusts: those that the JDK knows and, beside them, those in the file that {@code
 * AST_CA_BUNDLE} names. Trusting all servers is not possible. Reading the authorities takes time, so it waits for the
 * first https address.
 */
final class Trust {
    private static final String VARIABLE = "AST_CA_BUNDLE";
    private static final String BEGIN = "-----BEGIN CERTIFICATE-----";
    private static final String END = "-----END CERTIFICATE-----";
    private static final long LARGEST_BUNDLE = 8L * 1024 * 1024;

    private final Environment environment;
    private @Nullable SSLContext context;

    Trust(Environment environment) {
        this.environment = environment;
    }

    /**
     * The context, made once.
     *
     * @throws FailureException (usage) when the bundle cannot be used
     */
    synchronized SSLContext context() {
        SSLContext made = context;
        if (made == null) {
            made = make();
            context = made;
        }
        return made;
    }

    /** The same for a client that shows a certificate; made for each connection, of which there are few. */
    SSLContext context(ClientCertificate certificate) {
        return make(certificate.managers());
    }

    private SSLContext make() {
        return make(null);
    }

    private SSLContext make(KeyManager @Nullable [] keys) {
        try {
            Optional<String> bundle = environment.get(VARIABLE);
            SSLContext made = SSLContext.getInstance("TLS");
            made.init(
                    keys, new TrustManager[] {bundle.isPresent() ? added(bundle.get()) : new ServerTrust(null)}, null);
            return made;
        } catch (GeneralSecurityException | IOException e) {
            throw Failure.failed(
                    "this Java does not support TLS: " + e.getClass().getSimpleName(),
                    "set AST_JAVA_HOME to a complete JDK or JRE");
        }
    }

    /** The authorities of the bundle, and those that the JDK knows. */
    static ServerTrust added(String bundle) throws GeneralSecurityException, IOException {
        KeyStore authorities = KeyStore.getInstance(KeyStore.getDefaultType());
        authorities.load(null, null);
        int count = 0;
        for (Certificate authority : read(bundle)) {
            authorities.setCertificateEntry("bundle" + count++, authority);
        }
        return new ServerTrust(authorities);
    }

    private static Collection<? extends Certificate> read(String bundle) {
        byte[] bytes;
        try {
            Path file = Path.of(bundle);
            if (!Files.isRegularFile(file) || Files.size(file) > LARGEST_BUNDLE) {
                throw unusable(bundle, "is not a readable file");
            }
            bytes = Files.readAllBytes(file);
        } catch (IOException | InvalidPathException e) {
            throw unusable(bundle, "is not a readable file");
        }
        String name = bundle.toLowerCase(Locale.ROOT);
        try {
            Collection<? extends Certificate> found = name.endsWith(".p12") || name.endsWith(".pfx")
                    ? pkcs12(bytes)
                    : pem(new String(bytes, StandardCharsets.ISO_8859_1));
            if (found.isEmpty()) {
                throw unusable(bundle, "holds no certificate");
            }
            return found;
        } catch (GeneralSecurityException | IOException e) {
            throw unusable(bundle, "holds no certificate that can be read");
        }
    }

    // Block by block, because not every JDK complains about a block that is cut off.
    private static List<Certificate> pem(String text) throws GeneralSecurityException {
        CertificateFactory factory = CertificateFactory.getInstance("X.509");
        List<Certificate> found = new ArrayList<>();
        int begin = text.indexOf(BEGIN);
        while (begin >= 0) {
            int end = text.indexOf(END, begin);
            if (end < 0) {
                throw new CertificateException("a certificate is cut off");
            }
            String block = text.substring(begin, end + END.length());
            found.add(
                    factory.generateCertificate(new ByteArrayInputStream(block.getBytes(StandardCharsets.ISO_8859_1))));
            begin = text.indexOf(BEGIN, end);
        }
        return found;
    }

    private static List<Certificate> pkcs12(byte[] bytes) throws GeneralSecurityException, IOException {
        KeyStore store;
        try {
            store = opened(bytes, new char[0]);
        } catch (IOException e) {
            store = opened(bytes, "changeit".toCharArray());
        }
        List<Certificate> found = new ArrayList<>();
        for (String alias : Collections.list(store.aliases())) {
            Certificate[] chain = store.getCertificateChain(alias);
            found.addAll(chain == null ? List.of(store.getCertificate(alias)) : List.of(chain));
        }
        return found;
    }

    private static KeyStore opened(byte[] bytes, char[] password) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = new ByteArrayInputStream(bytes)) {
            store.load(in, password);
        }
        return store;
    }

    private static FailureException unusable(String bundle, String why) {
        return Failure.usage(
                VARIABLE + " cannot be used: " + bundle + " " + why,
                "name a PEM file of certificates, or a .p12 file without a password");
    }
}
