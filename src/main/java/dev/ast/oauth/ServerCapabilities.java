package dev.ast.oauth;

import dev.ast.domain.ClientMethod;
import java.util.List;
import java.util.Optional;

/**
 * What the metadata of an authorization server says beside its addresses (RFC 8414 section 2).
 *
 * @param issuer the issuer as the document writes it; may have the place holder <code>{tenantid}</code> of Entra
 * @param methods how clients may show who they are; empty when it does not say
 * @param signing the algorithms in which a client may sign (RFC 7518 section 3.1); empty when it does not say
 * @param pushedOnly whether it takes pushed authorization requests only (RFC 9126 section 5)
 * @param scopes the scopes that it names; none where it names none, which says nothing
 * @param proofs the algorithms in which a proof of a key may be signed (RFC 9449 section 5.1); empty when it takes none
 * @param byCertificate other addresses for clients with a certificate (RFC 8705 section 5)
 */
public record ServerCapabilities(
        Optional<String> issuer,
        List<ClientMethod> methods,
        List<String> signing,
        boolean pushedOnly,
        List<String> scopes,
        List<String> proofs,
        Optional<Endpoints> byCertificate) {
    /** Nothing is known. */
    public static final ServerCapabilities UNKNOWN = new ServerCapabilities(
            Optional.empty(), List.of(), List.of(), false, List.of(), List.of(), Optional.empty());

    /** Copies the lists. */
    public ServerCapabilities {
        methods = List.copyOf(methods);
        signing = List.copyOf(signing);
        scopes = List.copyOf(scopes);
        proofs = List.copyOf(proofs);
    }

    /** Whether the metadata of the server was read: it names its issuer. */
    boolean known() {
        return issuer.isPresent();
    }

    /** Whether the server may bind tokens to a key of this program; also where nothing is known of it. */
    boolean mayBind() {
        return !known() || proofs.contains("ES256");
    }
}
