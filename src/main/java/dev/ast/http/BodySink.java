package dev.ast.http;

import java.io.IOException;
import java.io.OutputStream;

/** Takes an answer that is too big for memory. */
@FunctionalInterface
public interface BodySink {
    /**
     * Called once, when status and headers are there.
     *
     * @param head the answer without its body
     * @return where the body goes as it comes; it is flushed at the end but not closed
     */
    OutputStream open(HttpAnswer head) throws IOException;
}
