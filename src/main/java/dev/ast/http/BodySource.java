package dev.ast.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;

/** The body of a request, read while it is sent, so that its size does not matter. */
public interface BodySource {
    /**
     * Opens it for one request.
     *
     * @throws IOException when it cannot be read
     */
    InputStream open() throws IOException;

    /** How many bytes it has; -1 for unknown, and it is sent in chunks then. */
    long length();

    /** Whether it can be opened a second time, for a request that is repeated. */
    boolean repeatable();

    /** A body that is in memory. */
    static BodySource of(byte[] bytes) {
        byte[] copy = bytes.clone();
        return new BodySource() {
            @Override
            public InputStream open() {
                return new ByteArrayInputStream(copy);
            }

            @Override
            public long length() {
                return copy.length;
            }

            @Override
            public boolean repeatable() {
                return true;
            }
        };
    }
}
