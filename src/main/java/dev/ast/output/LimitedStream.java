package dev.ast.output;

import dev.ast.domain.Failure;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Bytes up to a limit; more is a failure. */
final class LimitedStream extends FilterOutputStream {
    private long left;

    LimitedStream(OutputStream target, long limit) {
        super(target);
        this.left = limit;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    /** @throws dev.ast.domain.FailureException (failed) at the limit */
    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        left -= length;
        if (left < 0) {
            throw Failure.failed(
                    "the answer is too large to be read as a whole", "leave out --jq, --fields and --output");
        }
        out.write(bytes, offset, length);
    }
}
