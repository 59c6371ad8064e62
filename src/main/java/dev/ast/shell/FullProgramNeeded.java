package dev.ast.shell;

/** Ends the fast start: the command needs what only the full program has. Thrown before anything was printed. */
public final class FullProgramNeeded extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** No error, so that it carries no trace. */
    public FullProgramNeeded() {
        super("the full program is needed", null, false, false);
    }
}
