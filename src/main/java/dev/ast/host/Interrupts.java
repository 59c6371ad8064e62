package dev.ast.host;

import dev.ast.domain.Exit;
import dev.ast.domain.Failure;
import java.io.Closeable;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Stops what the program is doing when the user presses Ctrl-C or a signal ends the process. Everything that may wait
 * long registers a way to break the wait; {@link #interrupt} runs all of them, and {@link #check} throws afterwards.
 * What must not be broken, because a credential that can be used once is under way, is done within {@link #protect}.
 */
public final class Interrupts {
    /** How long a protected section may go on after an interrupt by default. */
    public static final Duration PATIENCE = Duration.ofSeconds(5);
    /** After how long the notice of a protected section is printed. */
    public static final Duration NOTICE = Duration.ofMillis(500);

    private final List<Breaker> breakers = new CopyOnWriteArrayList<>();
    private final AtomicReference<@Nullable Runnable> firstWait = new AtomicReference<>();
    private final List<Section> sections = new CopyOnWriteArrayList<>();
    private final Sleeper timer;
    private volatile Consumer<String> notices = text -> {};
    private volatile @Nullable Exit pending;

    /** Interrupts whose protected sections are timed by the real clock. */
    public Interrupts() {
        this(Sleeper.plain());
    }

    /**
     * Interrupts with other time than the real one.
     *
     * @param timer lets the time of a protected section pass
     */
    public Interrupts(Sleeper timer) {
        this.timer = timer;
    }

    /** A breaker or a protected section that is in force until closed. */
    public interface Registration extends AutoCloseable {
        @Override
        void close();
    }

    // No record: one is taken away by its identity, and the equals of a record costs milliseconds at its first call.
    private static final class Breaker {
        private final Thread owner;
        private final Runnable action;

        Breaker(Thread owner, Runnable action) {
            this.owner = owner;
            this.action = action;
        }
    }

    /** Has an action run once, before the first wait or protected section. */
    public void beforeFirstWait(Runnable action) {
        firstWait.set(action);
    }

    private void waits() {
        Runnable action = firstWait.getAndSet(null);
        if (action != null) {
            action.run();
        }
    }

    /** Registers a way to break a wait, called from another thread. Runs at once if an interrupt is pending. */
    public Registration onInterrupt(Runnable breaker) {
        waits();
        Breaker registered = new Breaker(Thread.currentThread(), breaker);
        breakers.add(registered);
        if (pending != null && !isProtected(registered.owner)) {
            breaker.run();
        }
        return () -> breakers.remove(registered);
    }

    /**
     * Begins a section of the current thread that an interrupt does not break for {@link #PATIENCE}. After
     * {@link #NOTICE}, or at a second interrupt, the notice is printed; one more ends the section.
     * A pending interrupt counts again when the section is closed.
     *
     * @param notice what is being waited for, and what ending at once costs
     */
    public Registration protect(String notice) {
        return protect(notice, PATIENCE);
    }

    /**
     * The same with another time.
     *
     * @param patience how long the section may go on after an interrupt; no notice is printed if it is not longer than
     *     {@link #NOTICE}
     */
    public Registration protect(String notice, Duration patience) {
        waits();
        Section section = new Section(Thread.currentThread(), notice, patience);
        sections.add(section);
        if (pending != null) {
            section.interrupted();
        }
        return () -> {
            section.over = true;
            sections.remove(section);
        };
    }

    /** Whether any thread is in a protected section that still may go on. */
    public boolean isProtected() {
        for (Section section : sections) {
            if (!section.over) {
                return true;
            }
        }
        return false;
    }

    private boolean isProtected(Thread thread) {
        for (Section section : sections) {
            if (!section.over && section.owner == thread) {
                return true;
            }
        }
        return false;
    }

    /** Sets where the notices of protected sections go; by default, nowhere. */
    public void tell(Consumer<String> printer) {
        notices = printer;
    }

    /**
     * Breaks every wait but those of protected sections.
     *
     * @param how {@link Exit#INTERRUPTED} or {@link Exit#TERMINATED}
     */
    public void interrupt(Exit how) {
        pending = how;
        for (Breaker breaker : breakers) {
            if (!isProtected(breaker.owner)) {
                breaker.action.run();
            }
        }
        sections.forEach(Section::interrupted);
    }

    /** Whether an interrupt has come since the last {@link #clear}. */
    public boolean pending() {
        return pending != null;
    }

    /**
     * Throws {@link Failure.Interrupted} if an interrupt is pending and the current thread is not protected from it.
     */
    public void check() {
        Exit how = pending;
        if (how != null && !isProtected(Thread.currentThread())) {
            throw new Failure.Interrupted(how).asException();
        }
    }

    /** What ends a wait whose thread was interrupted: the pending interrupt, else Ctrl-C. Clears the thread's flag. */
    public RuntimeException interrupted() {
        Thread.interrupted();
        Exit how = pending;
        return new Failure.Interrupted(how == null ? Exit.INTERRUPTED : how).asException();
    }

    /**
     * The result of a call that no signal breaks, such as opening a named pipe. It is made in a thread of its own,
     * which is left behind at an interrupt; a stream or channel that comes afterwards is closed.
     *
     * @throws dev.ast.domain.FailureException (interrupted) at an interrupt, unless the current thread is protected
     * @throws ExecutionException with what the call has thrown
     */
    public <T> T call(Callable<T> blocking) throws ExecutionException {
        return call(blocking, new CompletableFuture<>());
    }

    /** The same, with a {@link TimeoutException} as cause after the longest time. */
    public <T> T call(Callable<T> blocking, Duration longest) throws ExecutionException {
        return call(blocking, new CompletableFuture<T>().orTimeout(longest.toMillis(), TimeUnit.MILLISECONDS));
    }

    private <T> T call(Callable<T> blocking, CompletableFuture<T> result) throws ExecutionException {
        Thread caller = new Thread(
                () -> {
                    try {
                        T value = blocking.call();
                        if (!result.complete(value) && value instanceof Closeable closeable) {
                            closeable.close();
                        }
                    } catch (Exception e) {
                        result.completeExceptionally(e);
                    }
                },
                "blocking");
        caller.setDaemon(true);
        try (Registration breaking = onInterrupt(() -> result.cancel(false))) {
            caller.start();
            return result.get();
        } catch (CancellationException | InterruptedException e) {
            throw interrupted();
        }
    }

    /** Forgets a pending interrupt; called before a command starts. */
    public void clear() {
        pending = null;
    }

    /** What one thread does that must not be broken. */
    private final class Section {
        private final Thread owner;
        private final String notice;
        private final Duration patience;
        private volatile boolean over;
        private boolean timed;
        private boolean noticed;

        Section(Thread owner, String notice, Duration patience) {
            this.owner = owner;
            this.notice = notice;
            this.patience = patience;
        }

        void interrupted() {
            boolean first;
            boolean knowsTheCost;
            synchronized (this) {
                first = !timed;
                timed = true;
                knowsTheCost = noticed;
            }
            if (first) {
                Thread timing = new Thread(this::time, "protected");
                timing.setDaemon(true);
                timing.start();
            } else if (knowsTheCost) {
                end();
            } else {
                notice();
            }
        }

        private void time() {
            if (patience.compareTo(NOTICE) <= 0) {
                timer.pause(patience);
            } else {
                timer.pause(NOTICE);
                notice();
                timer.pause(patience.minus(NOTICE));
            }
            end();
        }

        private void notice() {
            synchronized (this) {
                if (noticed || over) {
                    return;
                }
                noticed = true;
            }
            notices.accept(notice);
        }

        private void end() {
            if (over) {
                return;
            }
            over = true;
            for (Breaker breaker : breakers) {
                if (breaker.owner == owner) {
                    breaker.action.run();
                }
            }
        }
    }
}
