package dev.ast.http;

import dev.ast.domain.Failure;
import dev.ast.domain.FailureException;
import java.io.IOException;
import java.util.Optional;

/**
 * Why a call has no answer. It travels as the cause of the {@link FailureException} that {@link Http} throws, so that
 * callers that must not send anything twice (a refresh, a code exchange) can call {@link #mayHaveBeenSent()}.
 */
public final class TransportFailure extends IOException {
    private static final long serialVersionUID = 1L;

    /** What went wrong, roughly. */
    public enum Kind {
        NAME_NOT_FOUND,
        REFUSED,
        TIMED_OUT,
        TLS,
        PROXY,
        CLOSED,
        TOO_LARGE,
        NOT_HTTP,
        INTERRUPTED
    }

    private final Kind kind;
    private final boolean sent;
    private final transient Failure failure;

    // Without the client's exception: its text can contain data of the server.
    private TransportFailure(Kind kind, boolean sent, Failure failure) {
        super(failure.message());
        this.kind = kind;
        this.sent = sent;
        this.failure = failure;
    }

    static TransportFailure of(Kind kind, boolean sent, String message, Optional<String> hint) {
        return new TransportFailure(kind, sent, new Failure.Unreachable(message, hint));
    }

    static TransportFailure interrupted(boolean sent, Failure failure) {
        return new TransportFailure(Kind.INTERRUPTED, sent, failure);
    }

    /** What went wrong, roughly. */
    public Kind kind() {
        return kind;
    }

    /** Whether the server may have seen the request; then nobody knows whether it acted on it. */
    public boolean mayHaveBeenSent() {
        return sent;
    }

    /** The failure as a command ends with it, carrying this exception as its cause. */
    public FailureException asException() {
        FailureException exception = failure.asException();
        exception.initCause(this);
        return exception;
    }

    /** The transport failure that an exception stands for, if it stands for one. */
    public static Optional<TransportFailure> in(Throwable thrown) {
        for (Throwable t = thrown; t != null; t = t.getCause()) {
            if (t instanceof TransportFailure found) {
                return Optional.of(found);
            }
        }
        return Optional.empty();
    }
}
