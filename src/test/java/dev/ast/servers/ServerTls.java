package dev.ast.servers;

import dev.ast.support.TestAuthority;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A certificate authority for one run, and what it signs as the files that servers read. */
final class ServerTls {
    private final TestAuthority authority = new TestAuthority();
    private final Path files;

    ServerTls(Path files) {
        this.files = files;
    }

    TestAuthority authority() {
        return authority;
    }

    /** The certificate of the authority as PEM. */
    Path authorityFile() throws IOException {
        return Files.writeString(files.resolve("ca.pem"), authority.pem());
    }

    /** A certificate as PEM. */
    Path certificate(String name, TestAuthority.ServerKey own) throws IOException, GeneralSecurityException {
        return Files.writeString(
                files.resolve(name), block("CERTIFICATE", own.certificate().getEncoded()));
    }

    /** Its key as PEM. */
    Path key(String name, TestAuthority.ServerKey own) throws IOException {
        return Files.writeString(
                files.resolve(name), block("PRIVATE KEY", own.key().getEncoded()));
    }

    private static String block(String what, byte[] bytes) {
        return "-----BEGIN " + what + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes) + "\n-----END " + what + "-----\n";
    }

    /** A store of the one certificate that is trusted, as PKCS #12. */
    Path trustStore(String password) throws IOException, GeneralSecurityException {
        Path file = files.resolve("trust.p12");
        try (OutputStream out = Files.newOutputStream(file)) {
            trusted().store(out, password.toCharArray());
        }
        return file;
    }

    /** What a client of the servers trusts. */
    SSLContext context() throws IOException, GeneralSecurityException {
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    private KeyStore trusted() throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setCertificateEntry("authority", authority.certificate());
        return store;
    }
}
