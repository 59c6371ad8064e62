package dev.ast.host;

import dev.ast.domain.Exit;
import dev.ast.domain.Failure;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Stops what the program is doing when a person presses Ctrl-C or the process is told to end. Whatever may wait long
 * registers a way to break the wait; {@link #interrupt} runs all of them, and {@link #check} throws afterwards.
 */
public final class Interrupts {
    private final List<Runnable> breakers = new CopyOnWriteArrayList<>();
    private volatile @Nullable Exit pending;

    /** A breaker that is in force until closed. */
    public interface Registration extends AutoCloseable {
        @Override
        void close();
    }

    /** Registers a way to break a wait, called from another thread. Runs at once if an interrupt is pending. */
    public Registration onInterrupt(Runnable breaker) {
        breakers.add(breaker);
        if (pending != null) {
            breaker.run();
        }
        return () -> breakers.remove(breaker);
    }

    /**
     * Breaks every wait.
     *
     * @param how {@link Exit#INTERRUPTED} or {@link Exit#TERMINATED}
     */
    public void interrupt(Exit how) {
        pending = how;
        breakers.forEach(Runnable::run);
    }

    /** Whether an interrupt has come since the last {@link #clear}. */
    public boolean pending() {
        return pending != null;
    }

    /** Throws {@link Failure.Interrupted} if an interrupt is pending. */
    public void check() {
        Exit how = pending;
        if (how != null) {
            throw new Failure.Interrupted(how).asException();
        }
    }

    /** What ends a wait whose thread was interrupted: the pending interrupt, else Ctrl-C. Clears the thread's flag. */
    public RuntimeException interrupted() {
        Thread.interrupted();
        Exit how = pending;
        return new Failure.Interrupted(how == null ? Exit.INTERRUPTED : how).asException();
    }

    /** Forgets a pending interrupt; called before a command starts. */
    public void clear() {
        pending = null;
    }
}
