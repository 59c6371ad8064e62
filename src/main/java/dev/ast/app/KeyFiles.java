package dev.ast.app;

import dev.ast.domain.Failure;
import dev.ast.domain.FailureException;
import dev.ast.host.Environment;
import dev.ast.http.ClientCertificate;
import dev.ast.oauth.ClientKeys;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.pem.PemContent;

/**
 * Reads the keys and certificates of clients by Spring Boot's reader of PEM, which knows PKCS #8, PKCS #1 and SEC 1, and
 * the JDK's of PKCS #12. A file that is encrypted needs the variable {@code AST_CLIENT_KEY_PASSWORD}. At most 1 MiB.
 */
final class KeyFiles implements ClientKeys {
    /** The variable with the password of an encrypted key. */
    static final String PASSWORD = "AST_CLIENT_KEY_PASSWORD";

    private static final long LARGEST = 1024 * 1024;

    private final Environment environment;

    KeyFiles(Environment environment) {
        this.environment = environment;
    }

    @Override
    public KeyFile key(Path file) {
        String text = new String(bytes(file), StandardCharsets.UTF_8).strip();
        if (text.startsWith("{")) {
            return new KeyFile(Optional.of(text), Optional.empty(), List.of());
        }
        PemContent pem = pem(text).orElseThrow(() -> unusable(file, "has no private key, neither as PEM nor as JWK"));
        return new KeyFile(Optional.empty(), Optional.of(key(pem, file)), chain(pem));
    }

    @Override
    public ClientCertificate certificate(Path file) {
        byte[] bytes = bytes(file);
        Optional<PemContent> pem = pem(new String(bytes, StandardCharsets.ISO_8859_1));
        if (pem.isPresent()) {
            List<X509Certificate> chain = chain(pem.get());
            if (chain.isEmpty()) {
                throw unusable(file, "has no certificate");
            }
            return new ClientCertificate(key(pem.get(), file), chain);
        }
        return pkcs12(bytes, file);
    }

    private ClientCertificate pkcs12(byte[] bytes, Path file) {
        char[] password = environment.get(PASSWORD).orElse("").toCharArray();
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(new ByteArrayInputStream(bytes), password);
            for (String alias : Collections.list(store.aliases())) {
                Certificate[] chain = store.getCertificateChain(alias);
                if (store.getKey(alias, password) instanceof PrivateKey key && chain != null) {
                    List<X509Certificate> all = new ArrayList<>();
                    for (Certificate one : chain) {
                        if (one instanceof X509Certificate certificate) {
                            all.add(certificate);
                        }
                    }
                    return new ClientCertificate(key, all);
                }
            }
        } catch (GeneralSecurityException | IOException e) {
            throw unusable(file, "can be read neither as PEM nor as PKCS #12 with the password in " + PASSWORD);
        }
        throw unusable(file, "has no certificate with its key");
    }

    private static Optional<PemContent> pem(String text) {
        return PemContent.isPresentInText(text) ? Optional.of(PemContent.of(text)) : Optional.empty();
    }

    private PrivateKey key(PemContent pem, Path file) {
        try {
            @Nullable
            PrivateKey key = pem.getPrivateKey(environment.get(PASSWORD).orElse(null));
            if (key != null) {
                return key;
            }
        } catch (IllegalStateException | IllegalArgumentException e) {
            // Reported below; what these say can quote the file.
        }
        throw unusable(file, "has no private key that can be read; an encrypted one needs " + PASSWORD);
    }

    private static List<X509Certificate> chain(PemContent pem) {
        try {
            List<X509Certificate> chain = pem.getCertificates();
            return chain == null ? List.of() : chain;
        } catch (IllegalStateException e) {
            return List.of();
        }
    }

    private static byte[] bytes(Path file) {
        try {
            if (!Files.isRegularFile(file) || Files.size(file) > LARGEST) {
                throw unusable(file, "is not a readable file of at most 1 MiB");
            }
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw unusable(file, "cannot be read");
        }
    }

    private static FailureException unusable(Path file, String why) {
        return Failure.usage(
                "the file " + file + " " + why, "name another one: --client-key FILE, or --client-cert FILE");
    }
}
