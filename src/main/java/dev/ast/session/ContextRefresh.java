package dev.ast.session;

import dev.ast.domain.ProfileName;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Keeps what can be selected up to date behind an interactive shell. Nothing waits for it, the end of the process
 * included, and it prints nothing; it renews no token, since its end may come at any moment. Outside of a shell it
 * does nothing.
 */
public final class ContextRefresh {
    private final ContextSwitcher switcher;
    private final Targets targets;
    private final InstantSource clock;
    private final Executor background;
    private final Map<ProfileName, Instant> tried = new ConcurrentHashMap<>();
    private final AtomicBoolean running = new AtomicBoolean();
    private volatile boolean wanted;

    /**
     * A refresh that does nothing until {@link #begin}.
     *
     * @param quietly runs work without questions and messages
     */
    public ContextRefresh(ContextSwitcher switcher, Targets targets, InstantSource clock, Consumer<Runnable> quietly) {
        this(switcher, targets, clock, (Executor) work -> {
            Thread thread = new Thread(() -> quietly.accept(work), "contexts");
            thread.setDaemon(true);
            thread.start();
        });
    }

    ContextRefresh(ContextSwitcher switcher, Targets targets, InstantSource clock, Executor background) {
        this.switcher = switcher;
        this.targets = targets;
        this.clock = clock;
        this.background = background;
    }

    /** From now on a shell is there. */
    public void begin() {
        wanted = true;
    }

    /** The shell is at its prompt, or completes: if what is known of the profile is old, it is asked for anew. */
    public void refreshSoon() {
        refreshSoon(Selection.NONE);
    }

    /** The same for a profile that a line names. */
    public void refreshSoon(Selection selection) {
        if (!wanted || !running.compareAndSet(false, true)) {
            return;
        }
        background.execute(() -> {
            try {
                refresh(selection);
            } catch (RuntimeException e) {
                // The next command reports what is wrong.
                return;
            } finally {
                running.set(false);
            }
        });
    }

    private void refresh(Selection selection) {
        ProfileName name = targets.choose(selection).name();
        Instant now = clock.instant();
        Instant before = tried.get(name);
        if (before != null && Duration.between(before, now).abs().compareTo(ContextSwitcher.FRESH) < 0) {
            return;
        }
        Selection one = Selection.of(name);
        if (switcher.refreshQuietly(one)) {
            tried.put(name, now);
        }
    }
}
