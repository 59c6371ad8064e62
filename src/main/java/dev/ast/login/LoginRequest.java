package dev.ast.login;

import dev.ast.credential.StorageSetting;
import dev.ast.session.Selection;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * What the user asked of a sign-in.
 *
 * @param selection profile and server
 * @param provider {@code --provider}
 * @param issuer {@code --issuer}
 * @param clientId {@code --client-id}
 * @param scopes {@code --scope}
 * @param account {@code --account}: the context to select
 * @param way how to sign in
 * @param pasted {@code --oauth}: whether a token is pasted instead of a password given
 * @param openBrowser whether a browser may be opened
 * @param picture whether to draw a QR code
 * @param ifNeeded whether a good session is enough
 * @param storage {@code --storage}
 * @param client what the line says about the client
 * @param waits how it waits for the user
 */
public record LoginRequest(
        Selection selection,
        Optional<String> provider,
        Optional<URI> issuer,
        Optional<String> clientId,
        Optional<List<String>> scopes,
        Optional<String> account,
        SignInWay way,
        boolean pasted,
        boolean openBrowser,
        boolean picture,
        boolean ifNeeded,
        Optional<StorageSetting> storage,
        ClientRequest client,
        LoginWait waits) {}
