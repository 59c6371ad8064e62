package dev.ast.http;

import dev.ast.domain.Failure;
import dev.ast.domain.FailureException;
import dev.ast.host.Environment;
import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * The authorities that TLS trusts: those that the user names ({@code AST_CA_BUNDLE}, {@code login --ca}, and as with
 * OpenSSL {@code SSL_CERT_FILE} and {@code SSL_CERT_DIR}), those that the JDK knows, and those of the operating system,
 * unless the variables of OpenSSL take their place. Trusting all servers is not possible. Reading the authorities takes
 * time, so it waits for the first https address, and each kind for a server that those before do not know.
 */
final class Trust {
    private static final String BUNDLE = "AST_CA_BUNDLE";
    private static final String FILE = "SSL_CERT_FILE";
    private static final String DIRECTORY = "SSL_CERT_DIR";
    private static final int MOST_FILES = 2000;

    /** Where the systems keep their authorities in one file: Debian, Fedora, openSUSE, Alpine and BSD. */
    private static final List<Path> SYSTEM = List.of(
            Path.of("/etc/ssl/certs/ca-certificates.crt"),
            Path.of("/etc/pki/tls/certs/ca-bundle.crt"),
            Path.of("/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem"),
            Path.of("/etc/ssl/ca-bundle.pem"),
            Path.of("/etc/ssl/cert.pem"),
            Path.of("/usr/local/share/certs/ca-root-nss.crt"));

    private final Environment environment;
    private final List<Path> system;
    private @Nullable String named;
    private @Nullable SSLContext context;

    Trust(Environment environment) {
        this(environment, SYSTEM);
    }

    Trust(Environment environment, List<Path> system) {
        this.environment = environment;
        this.system = system;
    }

    /**
     * Trusts the authorities in one more file from now on.
     *
     * @throws FailureException (usage) when it cannot be used
     */
    synchronized void add(String file) {
        read("--ca", file);
        named = file;
        context = null;
    }

    /**
     * The context, made once.
     *
     * @throws FailureException (usage) when a file that the user names cannot be used
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
            SSLContext made = SSLContext.getInstance("TLS");
            made.init(keys, new TrustManager[] {manager()}, null);
            return made;
        } catch (GeneralSecurityException | IOException e) {
            throw Failure.failed(
                    "this Java does not support TLS: " + e.getClass().getSimpleName(),
                    "set AST_JAVA_HOME to a complete JDK or JRE");
        }
    }

    /** Who checks certificates. */
    ServerTrust manager() throws GeneralSecurityException, IOException {
        List<Certificate> own = own();
        return new ServerTrust(own.isEmpty() ? null : store(own), this::ofSystem);
    }

    private List<Certificate> own() {
        List<Certificate> found = new ArrayList<>();
        if (named != null) {
            found.addAll(read("--ca", named));
        }
        for (String variable : new String[] {BUNDLE, FILE}) {
            Optional<String> file = environment.get(variable);
            if (file.isPresent()) {
                found.addAll(read(variable, file.get()));
            }
        }
        Optional<String> directories = environment.get(DIRECTORY);
        if (directories.isPresent()) {
            found.addAll(inDirectories(directories.get()));
        }
        return found;
    }

    private static List<Certificate> read(String source, String file) {
        try {
            return CertificateFile.read(Path.of(file));
        } catch (CertificateFile.Unusable e) {
            throw unusable(source, file, e.why());
        } catch (InvalidPathException e) {
            throw unusable(source, file, "is not the name of a file");
        }
    }

    /** The certificates that stand there under the names that OpenSSL gives them; under any other where there are none. */
    private static List<Certificate> inDirectories(String list) {
        List<Certificate> found = new ArrayList<>();
        for (String directory : list.split(File.pathSeparator, -1)) {
            Set<Path> hashed = new LinkedHashSet<>();
            Set<Path> others = new LinkedHashSet<>();
            try (DirectoryStream<Path> files = Files.newDirectoryStream(Path.of(directory))) {
                for (Path file : files) {
                    String name = String.valueOf(file.getFileName());
                    if (hashed.size() + others.size() < MOST_FILES && Files.isRegularFile(file)) {
                        (name.matches("[0-9a-f]{8}\\.[0-9]+") ? hashed : others).add(file.toRealPath());
                    }
                }
            } catch (IOException | InvalidPathException e) {
                throw unusable(DIRECTORY, directory, "is not a directory that can be read");
            }
            for (Path file : hashed.isEmpty() ? others : hashed) {
                try {
                    found.addAll(CertificateFile.read(file));
                } catch (CertificateFile.Unusable e) {
                    // As with OpenSSL: other things may stand there too.
                }
            }
        }
        if (found.isEmpty()) {
            throw unusable(DIRECTORY, list, "holds no certificate for servers");
        }
        return found;
    }

    /** The authorities of the operating system; empty where there are none, or OpenSSL's variables replace them. */
    private Optional<KeyStore> ofSystem() throws GeneralSecurityException, IOException {
        if (environment.get(FILE).isPresent() || environment.get(DIRECTORY).isPresent()) {
            return Optional.empty();
        }
        for (Path file : system) {
            try {
                return Optional.of(store(CertificateFile.read(file)));
            } catch (CertificateFile.Unusable e) {
                // Another system's place.
            }
        }
        return Optional.empty();
    }

    private static KeyStore store(List<Certificate> certificates) throws GeneralSecurityException, IOException {
        KeyStore authorities = KeyStore.getInstance(KeyStore.getDefaultType());
        authorities.load(null, null);
        int count = 0;
        for (Certificate authority : certificates) {
            authorities.setCertificateEntry("authority" + count++, authority);
        }
        return authorities;
    }

    private static FailureException unusable(String source, String file, String why) {
        return Failure.usage(
                source + " cannot be used: " + file + " " + why,
                "name a file of certificates: PEM, DER, or PKCS #12 without a password");
    }
}
