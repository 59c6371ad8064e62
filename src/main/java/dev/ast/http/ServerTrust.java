package dev.ast.http;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Trusts a server whose certificate is signed by one of the user's own authorities, else by one that the JDK knows, else by
 * one of the operating system. The latter are more than a hundred certificates each, which are only read when they are
 * needed: the benchmark's rows over HTTPS need that.
 *
 * <p>The JDK compares the certificate with the host (RFC 9110 section 4.3.4), except in the plain case of
 * {@link ServerName}: for its wildcards the JDK reads all its authorities once more, and the tables of Unicode.
 */
final class ServerTrust extends X509ExtendedTrustManager {
    private final @Nullable X509ExtendedTrustManager own;
    private final SystemAuthorities authorities;
    private @Nullable X509ExtendedTrustManager jdk;
    private @Nullable X509ExtendedTrustManager system;
    private boolean systemRead;

    /** Reads the authorities of the operating system. */
    @FunctionalInterface
    interface SystemAuthorities {
        Optional<KeyStore> read() throws GeneralSecurityException, IOException;
    }

    /**
     * Reads nothing yet of what the JDK and the system know.
     *
     * @param own the user's authorities; null for none
     */
    ServerTrust(@Nullable KeyStore own, SystemAuthorities authorities) throws GeneralSecurityException {
        this.own = own == null ? null : manager(own);
        this.authorities = authorities;
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        if (socket instanceof SSLSocket secured) {
            SSLParameters parameters = secured.getSSLParameters();
            // The empty algorithm is the JDK's for no comparison of names.
            parameters.setEndpointIdentificationAlgorithm(isNamed(secured, chain) ? "" : Connections.COMPARE_NAMES);
            secured.setSSLParameters(parameters);
        }
        check(manager -> manager.checkServerTrusted(chain, authType, socket));
    }

    private static boolean isNamed(SSLSocket socket, X509Certificate[] chain) {
        SSLSession session = socket.getHandshakeSession();
        return session != null && chain.length > 0 && ServerName.isExactly(session.getPeerHost(), chain[0]);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        check(manager -> manager.checkServerTrusted(chain, authType, engine));
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        check(manager -> manager.checkServerTrusted(chain, authType));
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        throw notAServer();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        throw notAServer();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw notAServer();
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        List<X509Certificate> issuers = new ArrayList<>();
        if (own != null) {
            Collections.addAll(issuers, own.getAcceptedIssuers());
        }
        try {
            Collections.addAll(issuers, jdk().getAcceptedIssuers());
        } catch (CertificateException e) {
            // A check against what cannot be read fails.
        }
        return issuers.toArray(new X509Certificate[0]);
    }

    @FunctionalInterface
    private interface Check {
        void by(X509ExtendedTrustManager manager) throws CertificateException;
    }

    private void check(Check check) throws CertificateException {
        Optional<CertificateException> known = Optional.empty();
        if (own != null) {
            Optional<CertificateException> refusal = refusal(check, own);
            if (refusal.isEmpty()) {
                return;
            }
            known = refusal.filter(reason -> !isUnknown(reason));
        }
        Optional<CertificateException> refusal = refusal(check, jdk());
        if (refusal.isEmpty()) {
            return;
        }
        // The reason that counts is that of those who know the server's authority.
        if (known.isEmpty() && isUnknown(refusal.get())) {
            Optional<X509ExtendedTrustManager> last = system();
            if (last.isPresent()) {
                refusal = refusal(check, last.get());
            }
            if (refusal.isEmpty()) {
                return;
            }
        }
        throw known.orElse(refusal.get());
    }

    private static Optional<CertificateException> refusal(Check check, X509ExtendedTrustManager manager) {
        if (manager.getAcceptedIssuers().length == 0) {
            return Optional.of(new CertificateException(new CertPathBuilderException("no authorities")));
        }
        try {
            check.by(manager);
            return Optional.empty();
        } catch (CertificateException e) {
            return Optional.of(e);
        }
    }

    private static boolean isUnknown(CertificateException refusal) {
        return refusal.getCause() instanceof CertPathBuilderException;
    }

    private synchronized Optional<X509ExtendedTrustManager> system() throws CertificateException {
        if (!systemRead) {
            try {
                Optional<KeyStore> store = authorities.read();
                system = store.isEmpty() ? null : manager(store.get());
                systemRead = true;
            } catch (GeneralSecurityException | IOException e) {
                throw new CertificateException("the system's authorities cannot be read", e);
            }
        }
        return Optional.ofNullable(system);
    }

    private synchronized X509ExtendedTrustManager jdk() throws CertificateException {
        X509ExtendedTrustManager made = jdk;
        if (made == null) {
            try {
                made = manager(null);
            } catch (GeneralSecurityException e) {
                throw new CertificateException("the JDK's authorities cannot be read", e);
            }
            jdk = made;
        }
        return made;
    }

    private static X509ExtendedTrustManager manager(@Nullable KeyStore authorities) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(authorities);
        for (TrustManager manager : factory.getTrustManagers()) {
            if (manager instanceof X509ExtendedTrustManager extended) {
                return extended;
            }
        }
        throw new GeneralSecurityException("no trust manager for certificates");
    }

    private static CertificateException notAServer() {
        return new CertificateException("this program accepts no clients");
    }
}
