package dev.ast.http;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.stream.Stream;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Trusts a server that the user's own authorities vouch for, or else those that the JDK knows. The JDK's are more than a
 * hundred certificates, which are only read when they are asked.
 */
final class AddedAuthorities extends X509ExtendedTrustManager {
    private final X509ExtendedTrustManager own;
    private @Nullable X509ExtendedTrustManager jdk;

    AddedAuthorities(KeyStore own) throws GeneralSecurityException {
        this.own = manager(own);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        check(manager -> manager.checkServerTrusted(chain, authType, socket));
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
        throw noServer();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        throw noServer();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw noServer();
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        try {
            return Stream.of(own, jdk())
                    .flatMap(manager -> Stream.of(manager.getAcceptedIssuers()))
                    .toArray(X509Certificate[]::new);
        } catch (CertificateException e) {
            return own.getAcceptedIssuers();
        }
    }

    @FunctionalInterface
    private interface Check {
        void by(X509ExtendedTrustManager manager) throws CertificateException;
    }

    private void check(Check check) throws CertificateException {
        try {
            check.by(own);
        } catch (CertificateException e) {
            try {
                check.by(jdk());
            } catch (CertificateException again) {
                // What matters is why those refuse that know the server's authority.
                throw isUnknown(e) ? again : e;
            }
        }
    }

    private static boolean isUnknown(CertificateException refusal) {
        return refusal.getCause() instanceof CertPathBuilderException;
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

    private static CertificateException noServer() {
        return new CertificateException("there is no server here");
    }
}
