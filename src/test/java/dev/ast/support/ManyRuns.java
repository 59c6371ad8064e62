package dev.ast.support;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Runs of the program that do not depend on each other, a few at a time: most of each is the start of a JVM. */
public final class ManyRuns {
    private static final int AT_ONCE = 4;

    private ManyRuns() {}

    /** Runs each call with an empty standard input. @return the results in the order of the calls */
    public static List<AstResult> of(AstWorld world, List<List<String>> calls) {
        return all(calls.stream()
                .map(call -> (Callable<AstResult>) () -> world.run(call.toArray(String[]::new)))
                .toList());
    }

    /** The words of a call. */
    public static List<String> call(String... words) {
        return Arrays.asList(words);
    }

    /** Does all of it, a few at a time. @return the results in the same order */
    public static <T> List<T> all(List<Callable<T>> works) {
        return all(works, AT_ONCE);
    }

    /** Does all of it, so many at a time. @return the results in the same order */
    public static <T> List<T> all(List<Callable<T>> works, int atOnce) {
        ExecutorService threads = Executors.newFixedThreadPool(atOnce);
        try {
            List<T> results = new ArrayList<>();
            for (Future<T> future : threads.invokeAll(works)) {
                results.add(future.get());
            }
            return results;
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError("a run could not be made", e);
        } finally {
            threads.shutdownNow();
        }
    }
}
