package dev.ast.reliability;

import dev.ast.reliability.KillRound.Result;
import dev.ast.support.AstWorld;
import dev.ast.support.AuthorizationServer;
import dev.ast.support.AuthorizationServer.Decision;
import dev.ast.support.ManyRuns;
import dev.ast.support.Sessions;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/** Commands killed at random moments: all commands, signals and targets in turn, and the table of what came of it. */
final class Kills {
    private final Map<String, String> environment;
    private final Set<Victim> victims;
    private final Set<Kill.Signal> signals;
    private final Set<Kill.Target> targets;
    private final Map<Victim, Duration> usual = new EnumMap<>(Victim.class);
    private final AtomicInteger done = new AtomicInteger();

    Kills(Map<String, String> environment, Set<Victim> victims, Set<Kill.Signal> signals, Set<Kill.Target> targets) {
        this.environment = environment;
        this.victims = victims;
        this.signals = signals;
        this.targets = targets;
    }

    /** So many rounds. */
    List<Result> run(int rounds, int atOnce, long seed) throws IOException {
        for (Victim victim : victims) {
            usual.put(victim, usually(victim));
            System.out.println(victim + " usually takes " + usual.get(victim).toMillis() + " ms");
        }
        Random random = new Random(seed);
        List<Callable<Result>> works = new ArrayList<>();
        try (Signaller signaller = new Signaller()) {
            while (works.size() < rounds) {
                for (Victim victim : victims) {
                    for (Kill.Signal signal : signals) {
                        for (Kill.Target target : targets) {
                            if (!target.fits(victim, signal)) {
                                continue;
                            }
                            Kill kill = new Kill(signal, target, random.nextBoolean());
                            KillRound round = new KillRound(victim, kill, new Random(random.nextLong()));
                            works.add(() -> report(round.run(signaller, usual.get(victim), environment), rounds));
                        }
                    }
                }
            }
            return ManyRuns.all(works.subList(0, rounds), atOnce);
        }
    }

    private Result report(Result result, int rounds) {
        boolean odd = result.left() == Victim.Left.UNEXPLAINED || result.left() == Victim.Left.LOST;
        if (odd || !result.torn().isEmpty() || !result.leftOver().isEmpty()) {
            System.out.println(result);
        }
        int count = done.incrementAndGet();
        if (count % 100 == 0) {
            System.out.println(count + " of " + rounds + " kills");
        }
        return result;
    }

    private Duration usually(Victim victim) throws IOException {
        Duration taken = Duration.ZERO;
        // The first run brings the files into memory.
        for (int i = 0; i < 2; i++) {
            try (AuthorizationServer server = new AuthorizationServer().decide(Decision.APPROVED);
                    AstWorld world = KillRound.world(environment)) {
                Sessions.signIn(world, server, "prod", Duration.ofHours(1));
                Sessions.signIn(world, server, "default", victim.life());
                long start = System.nanoTime();
                int exit =
                        world.run(victim.words(server).toArray(String[]::new)).exit();
                if (exit != 0) {
                    throw new IOException(victim + " ends with " + exit + " where nothing is killed");
                }
                taken = Duration.ofNanos(System.nanoTime() - start);
            }
        }
        return taken;
    }

    /** Whether nothing happened that must not: a session may be lost only where the renewal itself was killed. */
    static boolean good(List<Result> results) {
        return results.stream().noneMatch(result -> {
            boolean lost = result.left() == Victim.Left.LOST || result.left() == Victim.Left.UNREVOKED;
            boolean uncatchable = result.kill().signal() == Kill.Signal.KILL;
            // Who is killed while waiting for the answer to a sign-in or sign-out leaves it to the user to repeat it.
            boolean repeatable = result.victim() == Victim.LOGIN || result.victim() == Victim.LOGOUT;
            boolean reported =
                    result.left() == Victim.Left.UNREVOKED && result.output().contains("valid");
            boolean excused =
                    reported || (uncatchable && (repeatable || result.kill().target() == Kill.Target.RENEWAL));
            return (lost && !excused)
                    || result.left() == Victim.Left.UNEXPLAINED
                    || !result.torn().isEmpty()
                    || !result.leftOver().isEmpty();
        });
    }

    /** The table, in Markdown. */
    static String table(List<Result> results) {
        StringBuilder table = new StringBuilder("""
                | command | signal | sent to | rounds | before | after | lost | unrevoked | torn | left over | unexplained |
                | --- | --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
                """);
        for (Victim victim : Victim.values()) {
            for (Kill.Signal signal : Kill.Signal.values()) {
                for (Kill.Target target : Kill.Target.values()) {
                    List<Result> of = results.stream()
                            .filter(result -> result.victim() == victim
                                    && result.kill().signal() == signal
                                    && result.kill().target() == target)
                            .toList();
                    if (!of.isEmpty()) {
                        table.append(row(victim + " | " + signal + " | " + target, of));
                    }
                }
            }
        }
        return table.append(row("**all** | | ", results))
                .append(window(results))
                .toString();
    }

    /** How long a SIGKILL of the process that renews can lose a session: the share of the aimed kills that did. */
    private static String window(List<Result> results) {
        List<Result> aimed = results.stream()
                .filter(result -> result.kill().target() == Kill.Target.RENEWAL
                        && result.kill().aimed())
                .toList();
        if (aimed.isEmpty()) {
            return "";
        }
        long lost = count(aimed, result -> result.left() == Victim.Left.LOST);
        double width = (double) lost / aimed.size() * (Kill.AIMED_BEFORE + Kill.AIMED_AFTER);
        return String.format(
                Locale.ROOT,
                "%nOf %d kills of the process that renews, spread over the %d ms around the server's answer, %d lost the"
                        + " session: a window of %.1f ms.%n",
                aimed.size(),
                Kill.AIMED_BEFORE + Kill.AIMED_AFTER,
                lost,
                width);
    }

    private static String row(String name, List<Result> results) {
        List<Long> counts = new ArrayList<>(List.of((long) results.size()));
        for (Victim.Left left :
                List.of(Victim.Left.BEFORE, Victim.Left.AFTER, Victim.Left.LOST, Victim.Left.UNREVOKED)) {
            counts.add(count(results, result -> result.left() == left));
        }
        counts.add(count(results, result -> !result.torn().isEmpty()));
        counts.add(count(results, result -> !result.leftOver().isEmpty()));
        counts.add(count(results, result -> result.left() == Victim.Left.UNEXPLAINED));
        return "| " + name.toLowerCase(Locale.ROOT) + " | "
                + String.join(" | ", counts.stream().map(String::valueOf).toList()) + " |\n";
    }

    private static long count(List<Result> results, Predicate<Result> which) {
        return results.stream().filter(which).count();
    }
}
