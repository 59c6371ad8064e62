package dev.ast.diagnosis;

import dev.ast.diagnosis.Diagnosis.Line;
import dev.ast.diagnosis.Diagnosis.Repaired;
import dev.ast.domain.Exit;
import dev.ast.domain.Failure;
import dev.ast.domain.FailureException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Runs checks: those of this machine one after the other, those of servers side by side and within a time limit. */
public final class Doctor {
    /** How long the checks of all servers may take together. */
    public static final Duration LIMIT = Duration.ofSeconds(20);

    private static final int AT_ONCE = 8;

    private final List<Check> local;
    private final Supplier<List<Check>> remote;
    private final Duration limit;

    /**
     * A doctor with these checks.
     *
     * @param local use no network
     * @param remote gives those that do
     */
    public Doctor(List<Check> local, Supplier<List<Check>> remote) {
        this(local, remote, LIMIT);
    }

    Doctor(List<Check> local, Supplier<List<Check>> remote, Duration limit) {
        this.local = List.copyOf(local);
        this.remote = remote;
        this.limit = limit;
    }

    /**
     * Runs the checks.
     *
     * @param offline whether the network is left out
     * @param fix whether what can be mended safely is mended, after which its checks run again
     * @param running receives what is being looked at, in any thread
     */
    public Diagnosis examine(boolean offline, boolean fix, Consumer<String> running) {
        Map<Check, List<Finding>> found = new LinkedHashMap<>();
        for (Check check : local) {
            running.accept(check.name());
            found.put(check, look(check));
        }
        List<Repaired> repaired = fix ? repair(found) : List.of();
        if (!offline) {
            servers(found, running);
        }
        List<Line> lines = new ArrayList<>();
        found.forEach((check, findings) -> findings.forEach(finding -> lines.add(new Line(check.name(), finding))));
        return new Diagnosis(lines, repaired, Optional.empty());
    }

    private static List<Finding> look(Check check) {
        try {
            return check.look().get();
        } catch (FailureException e) {
            if (e.failure() instanceof Failure.Interrupted) {
                throw e;
            }
            return List.of(Finding.of(e.failure(), "could not be checked"));
        }
    }

    private static List<Repaired> repair(Map<Check, List<Finding>> found) {
        List<Repaired> repaired = new ArrayList<>();
        Set<Check> again = new LinkedHashSet<>();
        Map<Check, List<Finding>> unmended = new LinkedHashMap<>();
        found.forEach((check, findings) -> {
            for (Finding finding : findings) {
                if (finding.repair().isPresent()) {
                    try {
                        repaired.add(new Repaired(
                                check.name(), finding.repair().get().get(), finding.about()));
                        again.add(check);
                    } catch (FailureException e) {
                        unmended.computeIfAbsent(check, any -> new ArrayList<>())
                                .add(Finding.of(e.failure(), "could not be repaired"));
                    }
                }
            }
        });
        // Not only those: a file that could not be read hides what other checks would find.
        if (!again.isEmpty()) {
            found.replaceAll((check, before) -> look(check));
        }
        unmended.forEach((check, more) -> {
            List<Finding> all = new ArrayList<>(found.getOrDefault(check, List.of()));
            all.addAll(more);
            found.put(check, all);
        });
        return repaired;
    }

    private void servers(Map<Check, List<Finding>> found, Consumer<String> running) {
        List<Check> checks;
        try {
            checks = remote.get();
        } catch (FailureException e) {
            return; // the file of the profiles cannot be read, which its own check has reported
        }
        if (checks.isEmpty()) {
            return;
        }
        running.accept(checks.size() == 1 ? "1 server" : checks.size() + " servers");
        ExecutorService threads = Executors.newFixedThreadPool(Math.min(checks.size(), AT_ONCE), work -> {
            Thread thread = new Thread(work, "doctor");
            thread.setDaemon(true);
            return thread;
        });
        try {
            Map<Check, Future<List<Finding>>> asked = new LinkedHashMap<>();
            checks.forEach(check -> asked.put(check, threads.submit(() -> look(check))));
            long end = System.nanoTime() + limit.toNanos();
            asked.forEach((check, future) -> found.put(check, await(check, future, end - System.nanoTime())));
        } finally {
            threads.shutdownNow();
        }
    }

    private List<Finding> await(Check check, Future<List<Finding>> future, long nanos) {
        try {
            return future.get(Math.max(nanos, 0), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            Finding late = Finding.failed(
                    Exit.UNREACHABLE,
                    "did not answer within " + limit.toSeconds() + " s",
                    "check the network and the proxy");
            return List.of(check.about().map(late::about).orElse(late));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failure.Interrupted(Exit.INTERRUPTED).asException();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof FailureException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        }
    }
}
