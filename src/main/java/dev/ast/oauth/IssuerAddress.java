package dev.ast.oauth;

import java.net.URI;

/** The address of an issuer as people copy it: it may be that of its metadata. */
final class IssuerAddress {
    private static final String[] DOCUMENTS = {
        "/.well-known/openid-configuration", "/.well-known/oauth-authorization-server"
    };

    private IssuerAddress() {}

    /**
     * The issuer whose metadata stands at an address (RFC 8414 section 3.1, OpenID Connect Discovery section 4); any
     * other address is the issuer itself.
     */
    static URI of(URI address) {
        String text = address.toString();
        for (String document : DOCUMENTS) {
            int at = text.indexOf(document);
            if (at >= 0) {
                return URI.create(text.substring(0, at) + text.substring(at + document.length()));
            }
        }
        return address;
    }

    /** Whether an address is that of metadata. */
    static boolean isDocument(URI address) {
        return !of(address).equals(address);
    }
}
