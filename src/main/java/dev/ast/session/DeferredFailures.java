package dev.ast.session;

import dev.ast.domain.Failure;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** A failure that a command survives, but that must be reported and decides its exit code; the first one counts. */
public final class DeferredFailures {
    private final AtomicReference<Optional<Failure>> first = new AtomicReference<>(Optional.empty());

    /** Remembers a failure. */
    public void add(Failure failure) {
        first.updateAndGet(before -> before.isPresent() ? before : Optional.of(failure));
    }

    /** Forgets what was remembered: the command failed in another way, which decides. */
    public void forget() {
        first.set(Optional.empty());
    }

    /** The failure since the last call. */
    public Optional<Failure> take() {
        return first.getAndSet(Optional.empty());
    }
}
