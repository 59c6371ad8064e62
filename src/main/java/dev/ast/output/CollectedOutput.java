package dev.ast.output;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;

/** Output that is held back up to a limit, until it is known how long it is. */
final class CollectedOutput extends OutputStream {
    private static final int MOST = 10 * 1024 * 1024;

    private final OutputStream target;
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private boolean passing;

    CollectedOutput(OutputStream target) {
        this.target = target;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        if (kept.size() + length > MOST) {
            letThrough();
        }
        if (passing) {
            target.write(bytes, offset, length);
        } else {
            kept.write(bytes, offset, length);
        }
    }

    @Override
    public void flush() throws IOException {
        if (passing) {
            target.flush();
        }
    }

    void letThrough() throws IOException {
        passing = true;
        kept.writeTo(target);
        kept.reset();
        target.flush();
    }

    Optional<byte[]> bytes() {
        return passing ? Optional.empty() : Optional.of(kept.toByteArray());
    }
}
