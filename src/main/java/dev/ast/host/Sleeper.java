package dev.ast.host;

import java.time.Duration;

/** Lets time pass. Injected, so that tests do not wait. */
@FunctionalInterface
public interface Sleeper {
    /**
     * Returns after the duration, or earlier by an exception when the wait is interrupted.
     *
     * @throws dev.ast.domain.FailureException ({@code Interrupted}) when the user pressed Ctrl-C
     */
    void pause(Duration duration);

    /** A sleeper on real time that nothing but the end of its thread breaks. */
    static Sleeper plain() {
        return duration -> {
            try {
                Thread.sleep(duration.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        };
    }

    /** A sleeper on real time that Ctrl-C breaks at once. */
    static Sleeper real(Interrupts interrupts) {
        return duration -> {
            interrupts.check();
            Thread waiting = Thread.currentThread();
            try (Interrupts.Registration ignored = interrupts.onInterrupt(waiting::interrupt)) {
                Thread.sleep(duration.toMillis());
            } catch (InterruptedException e) {
                // The flag stays cleared: whether to stop is decided by the check below, not by the thread's flag.
                interrupts.check();
                throw new dev.ast.domain.Failure.Interrupted(dev.ast.domain.Exit.INTERRUPTED).asException();
            } finally {
                if (interrupts.pending()) {
                    Thread.interrupted();
                }
            }
            interrupts.check();
        };
    }
}
