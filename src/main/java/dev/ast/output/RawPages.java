package dev.ast.output;

import java.io.IOException;
import java.util.function.Consumer;

/** Several documents, one after the other: the pages of a list. */
public interface RawPages extends Raw {
    /**
     * Gives each page as a whole, before the next one is asked for.
     *
     * @throws IOException when the source breaks off
     */
    void each(Consumer<byte[]> page) throws IOException;
}
