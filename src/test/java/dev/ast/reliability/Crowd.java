package dev.ast.reliability;

import dev.ast.support.AstResult;
import dev.ast.support.AstWorld;
import dev.ast.support.AuthorizationServer;
import dev.ast.support.AuthorizationServer.Decision;
import dev.ast.support.AuthorizationServer.Tokens;
import dev.ast.support.ManyRuns;
import dev.ast.support.RunningAst;
import dev.ast.support.Sessions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/** Many processes at once on one home: they refresh, switch the profile, sign in and sign out. */
final class Crowd {
    /** Of profiles that nobody signs out of; the access tokens of the server live for this long, too. */
    private static final Duration LIFE = Duration.ofSeconds(10);

    private static final List<String> LASTING = List.of("default", "one", "two");
    private static final int PASSING = 5;
    private static final Duration END = Duration.ofMinutes(15);

    private final Map<String, String> environment;

    Crowd(Map<String, String> environment) {
        this.environment = environment;
    }

    /** A call and the exit codes that it may have. */
    private record Call(List<String> words, Set<Integer> exits) {}

    /**
     * What came of it.
     *
     * @param refreshes how many refresh tokens were exchanged
     * @param wrong empty where all ended well
     */
    record Result(int processes, int refreshes, Map<String, Long> commands, List<String> wrong) {}

    /** So many processes, all begun at once. */
    Result run(int processes, long seed) {
        Random random = new Random(seed);
        try (AuthorizationServer server =
                        new AuthorizationServer().decide(Decision.APPROVED).life(LIFE);
                AstWorld world = KillRound.world(environment)) {
            List<Tokens> lasting = LASTING.stream()
                    .map(name -> Sessions.signIn(world, server, name, Duration.ofSeconds(-1)))
                    .toList();
            List<Call> calls = new ArrayList<>();
            for (int i = 0; i < processes; i++) {
                calls.add(call(random, server));
            }
            List<String> wrong = new ArrayList<>();
            AtomicBoolean over = new AtomicBoolean();
            Thread reader = new Thread(() -> readUntil(over, world, wrong), "reader");
            reader.start();
            ManyRuns.all(
                            calls.stream()
                                    .map(call -> (Callable<String>) () -> outcome(world, call))
                                    .toList(),
                            processes)
                    .stream()
                    .filter(outcome -> !outcome.isEmpty())
                    .forEach(wrong::add);
            over.set(true);
            join(reader);
            wrong.addAll(HomeCheck.processesLeft(world));
            wrong.addAll(afterwards(world, server, lasting));
            wrong.forEach(System.out::println);
            return new Result(
                    processes,
                    server.tokenRequests("refresh_token").size(),
                    calls.stream()
                            .collect(Collectors.groupingBy(
                                    call -> call.words().get(0), TreeMap::new, Collectors.counting())),
                    wrong);
        }
    }

    private static Call call(Random random, AuthorizationServer server) {
        String lasting = LASTING.get(random.nextInt(LASTING.size()));
        String passing = "passing-" + random.nextInt(PASSING);
        return switch (random.nextInt(10)) {
            case 0, 1 -> new Call(List.of("profile", "use", lasting), Set.of(0));
            case 2 -> new Call(server.login("--profile", passing), Set.of(0));
            case 3 -> new Call(List.of("logout", "--profile", passing), Set.of(0, 2, 4));
            case 4 -> new Call(List.of("token", "--profile", passing), Set.of(0, 4));
            case 5, 6 -> new Call(List.of("api", "/api/one", "--profile", lasting), Set.of(0));
            default -> new Call(List.of("token", "--profile", lasting), Set.of(0));
        };
    }

    private static String outcome(AstWorld world, Call call) {
        RunningAst ast = world.start(call.words().toArray(String[]::new));
        ast.endInput();
        AstResult result = ast.await(END);
        return call.exits().contains(result.exit()) ? "" : call.words() + " ended with " + result;
    }

    private static List<String> afterwards(AstWorld world, AuthorizationServer server, List<Tokens> lasting) {
        List<String> wrong = new ArrayList<>();
        if (server.reuses() > 0) {
            wrong.add(server.reuses() + " refresh tokens were sent again after they had been spent");
        }
        for (int i = 0; i < lasting.size(); i++) {
            String stored = Sessions.token(world, LASTING.get(i), "refresh_token");
            if (!server.lives(lasting.get(i).refresh())
                    || !stored.equals(server.newest(lasting.get(i).refresh()).refresh())) {
                wrong.add("the session of " + LASTING.get(i) + " is lost");
            }
        }
        wrong.addAll(HomeCheck.tears(world, "one", HomeCheck.profile(world, "one")));
        world.run("logout", "--all");
        if (HomeCheck.hasSecret(world)) {
            wrong.add("something is stored after logout --all");
        }
        wrong.addAll(HomeCheck.leftovers(world));
        return wrong;
    }

    /** The store is never half written, at whatever moment it is looked at. */
    private static void readUntil(AtomicBoolean over, AstWorld world, List<String> wrong) {
        while (!over.get()) {
            try {
                Set<String> names = Sessions.read(world)
                        .object("profiles")
                        .orElseThrow()
                        .members()
                        .keySet();
                if (!names.containsAll(LASTING)) {
                    wrong.add("a reader saw only " + names);
                    return;
                }
            } catch (RuntimeException e) {
                wrong.add("a reader saw a torn store: " + e);
                return;
            }
            LockSupport.parkNanos(1_000_000);
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The lines of the page, in Markdown. */
    static String lines(Result result) {
        String counted = result.commands().entrySet().stream()
                .map(entry -> entry.getValue() + " `" + entry.getKey() + "`")
                .collect(Collectors.joining(", "));
        return "| processes at once | of these | refreshes at the server | wrong |\n| ---: | --- | ---: | ---: |\n| "
                + result.processes() + " | " + counted + " | " + result.refreshes() + " | "
                + result.wrong().size() + " |\n";
    }
}
