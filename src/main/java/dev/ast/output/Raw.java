package dev.ast.output;

import java.io.IOException;
import java.io.OutputStream;
import java.util.OptionalInt;

/**
 * A result that is bytes as they came, whatever format was asked for. On a terminal they are made visible as any other
 * text from outside; in a pipe or file they are untouched.
 */
@FunctionalInterface
public interface Raw {
    /**
     * Copies the bytes. The stream must not be closed, and need not be flushed.
     *
     * @throws IOException when the source breaks off; failures of the target are {@link LostOutput}
     */
    void writeTo(OutputStream target) throws IOException;

    /** The HTTP status that the bytes came with, once they are written; empty where they came otherwise. */
    default OptionalInt status() {
        return OptionalInt.empty();
    }
}
