package dev.ast.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.hc.core5.http.io.entity.AbstractHttpEntity;
import org.jspecify.annotations.Nullable;

/** A body on its way. It knows whether it moves, so that only a server that takes nothing meets the deadline. */
final class RequestBody extends AbstractHttpEntity {
    private static final int PIECE = 64 * 1024;

    private final BodySource source;
    private final AtomicBoolean moved = new AtomicBoolean();
    private volatile boolean reading;

    RequestBody(BodySource source) {
        super((String) null, null, source.length() < 0);
        this.source = source;
    }

    /** Whether something was read since the last call, or is waited for now. */
    boolean moves() {
        return moved.getAndSet(false) || reading;
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
        try (InputStream in = source.open()) {
            byte[] piece = new byte[PIECE];
            long left = source.length();
            for (int read = read(in, piece); read >= 0; read = read(in, piece)) {
                out.write(piece, 0, read);
                left -= read;
            }
            if (source.length() >= 0 && left != 0) {
                throw new IOException("the body has another length than before");
            }
        }
    }

    private int read(InputStream in, byte[] piece) throws IOException {
        reading = true;
        try {
            return in.read(piece);
        } finally {
            reading = false;
            moved.set(true);
        }
    }

    @Override
    public @Nullable InputStream getContent() {
        throw new UnsupportedOperationException("a body is written only");
    }

    @Override
    public boolean isStreaming() {
        return !source.repeatable();
    }

    @Override
    public boolean isRepeatable() {
        return source.repeatable();
    }

    @Override
    public long getContentLength() {
        return source.length();
    }

    @Override
    public void close() {
        // It is closed where it is written.
    }
}
