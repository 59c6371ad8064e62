package dev.ast.domain;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How a client shows an authorization server that it is that client (RFC 6749 section 2.3), by the registered names. */
public enum ClientMethod {
    /** It does not: a public client. */
    NONE,
    /** A secret in the header (RFC 6749 section 2.3.1). */
    CLIENT_SECRET_BASIC,
    /** A secret among the parameters (RFC 6749 section 2.3.1). */
    CLIENT_SECRET_POST,
    /** A statement signed with the client's key (RFC 7523 section 2.2). */
    PRIVATE_KEY_JWT,
    /** A certificate of an authority (RFC 8705 section 2.1). */
    TLS_CLIENT_AUTH,
    /** A certificate that the server knows (RFC 8705 section 2.2). */
    SELF_SIGNED_TLS_CLIENT_AUTH;

    /** The name in metadata and settings. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The method of a name; empty for another name. */
    public static Optional<ClientMethod> of(String word) {
        return Arrays.stream(values())
                .filter(method -> method.word().equals(word))
                .findFirst();
    }

    /** The method of a name in the settings or among the options; as a list where the name is another one. */
    public static ClientMethod require(String word) {
        return of(word).orElseThrow(() -> new IllegalArgumentException("one of "
                + String.join(
                        ", ", Arrays.stream(values()).map(ClientMethod::word).toList())));
    }

    /** Whether it needs a secret. */
    public boolean bySecret() {
        return this == CLIENT_SECRET_BASIC || this == CLIENT_SECRET_POST;
    }

    /** Whether it needs a certificate. */
    public boolean byCertificate() {
        return this == TLS_CLIENT_AUTH || this == SELF_SIGNED_TLS_CLIENT_AUTH;
    }
}
