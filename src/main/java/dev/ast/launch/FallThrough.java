package dev.ast.launch;

import java.util.function.Supplier;

/** Says that the express lane cannot answer, and the full program must. Not an error; it carries no trace. */
final class FallThrough extends RuntimeException {
    private static final long serialVersionUID = 1L;

    FallThrough() {
        super("full program needed", null, false, false);
    }

    /** For a part that the express lane does not have. */
    static <T> Supplier<T> part() {
        return () -> {
            throw new FallThrough();
        };
    }
}
