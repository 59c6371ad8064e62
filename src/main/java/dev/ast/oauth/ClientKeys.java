package dev.ast.oauth;

import dev.ast.http.ClientCertificate;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/** Reads the files with which a client shows who it is. Nothing of them is kept. */
public interface ClientKeys {

    /**
     * A private key in a file.
     *
     * @param jwk the key as JSON (RFC 7517 section 4), where the file holds one
     * @param key the key itself otherwise
     * @param chain certificates that stand beside it
     */
    record KeyFile(Optional<String> jwk, Optional<PrivateKey> key, List<X509Certificate> chain) {
        /** Copies the list. */
        public KeyFile {
            chain = List.copyOf(chain);
        }

        @Override
        public String toString() {
            return "KeyFile";
        }
    }

    /**
     * Reads a private key: PEM or JWK.
     *
     * @throws dev.ast.domain.FailureException (usage) naming the file when there is none in it
     */
    KeyFile key(Path file);

    /**
     * Reads a certificate with its key: PEM or PKCS #12.
     *
     * @throws dev.ast.domain.FailureException (usage) naming the file when they are not in it
     */
    ClientCertificate certificate(Path file);
}
