package dev.ast.http;

import dev.ast.domain.Failure;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;

/**
 * A certificate with its key, by which a client shows a server who it is (RFC 8705 section 2). It prints as its subject.
 *
 * @param key the private key, in memory only
 * @param chain the certificate of that key, then those of its authorities
 */
public record ClientCertificate(PrivateKey key, List<X509Certificate> chain) {
    private static final char[] IN_MEMORY = new char[0];

    /** Copies the list. */
    public ClientCertificate {
        chain = List.copyOf(chain);
    }

    KeyManager[] managers() {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry("client", key, IN_MEMORY, chain.toArray(new X509Certificate[0]));
            KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(store, IN_MEMORY);
            return factory.getKeyManagers();
        } catch (GeneralSecurityException | IOException e) {
            throw Failure.usage("the client certificate and its key do not go together", "name a file that holds both");
        }
    }

    @Override
    public String toString() {
        return "ClientCertificate["
                + (chain.isEmpty() ? "" : chain.get(0).getSubjectX500Principal().getName()) + "]";
    }
}
