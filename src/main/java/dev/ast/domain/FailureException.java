package dev.ast.domain;

/** Carries a {@link Failure} up to the one place that shows it. */
public class FailureException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Failure failure;

    /** Wraps the failure; its message becomes the exception's. */
    public FailureException(Failure failure) {
        super(failure.message());
        this.failure = failure;
    }

    /** The failure inside. */
    public Failure failure() {
        return failure;
    }
}
