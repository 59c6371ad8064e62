package dev.ast.output;

/** What was to be written on standard output could not be written; the work stops, because nobody gets its result. */
public final class LostOutput extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean quiet;

    LostOutput(String reason, boolean quiet) {
        super("cannot write to standard output: " + reason);
        this.quiet = quiet;
    }

    /** Whether the reader went away on purpose, as {@code head} does: nothing is printed then, the code is still 1. */
    public boolean quiet() {
        return quiet;
    }
}
