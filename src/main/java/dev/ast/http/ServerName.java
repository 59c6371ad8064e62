package dev.ast.http;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The plain case of comparing a server's certificate with the host that was asked for (RFC 9525 section 6.3): the
 * certificate names it letter by letter. Wildcards, addresses and names that are not ASCII are no plain case.
 */
final class ServerName {
    /** The kind of a subject alternative name that is a DNS name (RFC 5280 section 4.2.1.6). */
    private static final Integer DNS = 2;

    private ServerName() {}

    /**
     * Whether the certificate names exactly this host.
     *
     * @return false also where nothing is decided by that, and somebody with more rules has to look
     */
    static boolean isExactly(@Nullable String host, X509Certificate certificate) {
        if (host == null || !isPlain(host)) {
            return false;
        }
        Collection<List<?>> names;
        try {
            names = certificate.getSubjectAlternativeNames();
        } catch (CertificateParsingException e) {
            return false;
        }
        if (names == null) {
            return false;
        }
        for (List<?> name : names) {
            if (DNS.equals(name.get(0))
                    && name.get(1) instanceof String text
                    && isPlain(text)
                    && text.equalsIgnoreCase(host)) {
                return true;
            }
        }
        return false;
    }

    // Letters, digits, dots and hyphens, and a letter in front of the last label, which an address has not.
    private static boolean isPlain(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (!isLetter(c) && !(c >= '0' && c <= '9') && c != '.' && c != '-') {
                return false;
            }
        }
        int last = name.lastIndexOf('.') + 1;
        return last < name.length() && isLetter(name.charAt(last));
    }

    private static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }
}
