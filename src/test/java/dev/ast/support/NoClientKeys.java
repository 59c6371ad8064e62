package dev.ast.support;

import dev.ast.http.ClientCertificate;
import dev.ast.oauth.ClientKeys;
import java.nio.file.Path;

/** For tests of clients that have no file. */
public final class NoClientKeys implements ClientKeys {
    @Override
    public KeyFile key(Path file) {
        throw new AssertionError(file);
    }

    @Override
    public ClientCertificate certificate(Path file) {
        throw new AssertionError(file);
    }
}
