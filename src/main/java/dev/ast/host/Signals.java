package dev.ast.host;

import dev.ast.domain.Exit;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What the process does at SIGINT (Ctrl-C), SIGTERM and SIGHUP. The first one only breaks what waits, so that the
 * command ends in order and the process with its code; a second Ctrl-C within a second ends it at once, and so does
 * what cannot be broken, as a write that nobody reads or the look-up of a name. {@link Interrupts#protect} puts that
 * off. In all cases the terminal is restored first.
 */
public final class Signals {
    private static final Duration SECOND_PRESS = Duration.ofSeconds(1);
    /** How long the end in order may take, so that every end is seen within a second. */
    private static final Duration GRACE = Duration.ofMillis(700);
    /** The same for a shell, or a sandbox that has to end its programs. */
    private static final Duration ATTENDED_GRACE = Duration.ofMillis(1500);
    /** Restoring may write to a terminal that does not read. */
    private static final Duration RESTORING = Duration.ofMillis(250);

    private static final Duration PROTECTED_STEP = Duration.ofMillis(100);

    private final Interrupts interrupts;
    private final InstantSource clock;
    private final IntConsumer halt;
    private final List<Runnable> restorers = new CopyOnWriteArrayList<>();
    private volatile @Nullable Consumer<Exit> handler;
    private volatile @Nullable Consumer<Exit> program;
    private volatile @Nullable Exit asked;
    private @Nullable Instant lastPress;
    private volatile boolean watched;

    /**
     * Makes the rules without catching any signal yet.
     *
     * @param halt ends the process with a code, without running shutdown hooks
     */
    public Signals(Interrupts interrupts, InstantSource clock, IntConsumer halt) {
        this.interrupts = interrupts;
        this.clock = clock;
        this.halt = halt;
    }

    /**
     * The signals of this process, caught from now on.
     *
     * @param halt ends the process with a code, without running shutdown hooks
     */
    public static Signals ofProcess(Interrupts interrupts, IntConsumer halt) {
        Signals signals = new Signals(interrupts, InstantSource.system(), halt);
        signals.catchSignal("INT", Exit.INTERRUPTED);
        signals.catchSignal("TERM", Exit.TERMINATED);
        signals.catchSignal("HUP", Exit.TERMINATED);
        return signals;
    }

    /**
     * The signals of a process that the launcher waits for in the background, where SIGINT cannot be caught: the
     * launcher passes it on as SIGHUP, and the two others as SIGTERM. They are caught from the first wait on; before
     * that, nothing has to be ended in order.
     *
     * @param halt ends the process with a code, without running shutdown hooks
     */
    public static Signals behindLauncher(Interrupts interrupts, IntConsumer halt) {
        Signals signals = new Signals(interrupts, InstantSource.system(), halt);
        interrupts.beforeFirstWait(() -> {
            signals.catchSignal("HUP", Exit.INTERRUPTED);
            signals.catchSignal("TERM", Exit.TERMINATED);
        });
        return signals;
    }

    /** Registers what restores the terminal before the process is halted. */
    public Interrupts.Registration beforeHalt(Runnable restorer) {
        restorers.add(restorer);
        return () -> restorers.remove(restorer);
    }

    /**
     * Lets the shell decide what a signal does, until closed: Ctrl-C is a key like others there, however often it is
     * pressed. The time limit after SIGTERM and SIGHUP stays.
     */
    public Interrupts.Registration attend(Consumer<Exit> shell) {
        handler = shell;
        return () -> handler = null;
    }

    /**
     * Leaves every signal to a program that has the terminal, until closed, however often one comes and without a time
     * limit. What was to end this process is acted on then.
     */
    public Interrupts.Registration lend(Consumer<Exit> running) {
        program = running;
        return () -> {
            program = null;
            Exit late = asked;
            asked = null;
            if (late != null) {
                received(late);
            }
        };
    }

    /**
     * Acts on a signal.
     *
     * @param how {@link Exit#INTERRUPTED} for SIGINT, {@link Exit#TERMINATED} for SIGTERM and SIGHUP
     */
    public void received(Exit how) {
        Consumer<Exit> running = program;
        if (running != null) {
            asked = how == Exit.TERMINATED ? how : asked;
            running.accept(how);
            return;
        }
        Consumer<Exit> shell = handler;
        if (how == Exit.TERMINATED || shell == null) {
            watch(how, shell == null ? GRACE : ATTENDED_GRACE);
        }
        if (shell != null) {
            shell.accept(how);
        } else if (how == Exit.INTERRUPTED && pressedTwice() && !interrupts.isProtected()) {
            halt(how);
        } else {
            interrupts.interrupt(how);
        }
    }

    private synchronized boolean pressedTwice() {
        Instant now = clock.instant();
        boolean twice = lastPress != null && Duration.between(lastPress, now).compareTo(SECOND_PRESS) <= 0;
        lastPress = now;
        return twice;
    }

    private synchronized void watch(Exit how, Duration grace) {
        if (watched) {
            return;
        }
        watched = true;
        Thread watchdog = new Thread(
                () -> {
                    try {
                        Thread.sleep(grace.toMillis());
                        if (interrupts.isProtected()) {
                            while (interrupts.isProtected()) {
                                Thread.sleep(PROTECTED_STEP.toMillis());
                            }
                            Thread.sleep(grace.toMillis());
                        }
                        halt(how);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                "terminating");
        watchdog.setDaemon(true);
        watchdog.start();
    }

    /** Ends the process now, with the terminal restored. */
    public void halt(Exit how) {
        Thread restoring = new Thread(() -> restorers.forEach(Signals::restore), "restoring");
        restoring.setDaemon(true);
        restoring.start();
        try {
            restoring.join(RESTORING.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            halt.accept(how.code());
        }
    }

    private static void restore(Runnable restorer) {
        try {
            restorer.run();
        } catch (RuntimeException | Error e) {
            // As where the terminal has gone: the process ends all the same, and the other actions still run.
            return;
        }
    }

    private void catchSignal(String name, Exit how) {
        try {
            CaughtSignal.handle(name, () -> received(how));
        } catch (IllegalArgumentException e) {
            // This system has no such signal (Windows has no HUP), or -Xrs keeps it for the runtime.
            return;
        }
    }
}
