package dev.ast.reliability;

import com.nimbusds.jose.jwk.RSAKey;
import dev.ast.support.AstResult;
import dev.ast.support.AstWorld;
import dev.ast.support.AuthorizationServer;
import dev.ast.support.AuthorizationServer.Decision;
import dev.ast.support.AuthorizationServer.Tokens;
import dev.ast.support.Request;
import dev.ast.support.RunningAst;
import dev.ast.support.Sessions;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** One command in a fresh home, killed once, and what is found afterwards. */
final class KillRound {
    private static final Duration END = Duration.ofSeconds(30);
    /** A command leads a session of its own and minds an interrupt, however the tests themselves were started. */
    private static final List<String> FRONT = List.of("env", "--default-signal=INT,TERM,HUP", "setsid");

    private static final RSAKey KEY = AuthorizationServer.newKey();

    private final Victim victim;
    private final Kill kill;
    private final Random random;
    private final AtomicLong answered = new AtomicLong();

    /**
     * What a round found.
     *
     * @param torn what is wrong with the store
     * @param leftOver files and processes that should be gone
     * @param output how the command ended, for the report of a round that is not explained
     */
    record Result(
            Victim victim, Kill kill, Victim.Left left, List<String> torn, List<String> leftOver, String output) {}

    KillRound(Victim victim, Kill kill, Random random) {
        this.victim = victim;
        this.kill = kill;
        this.random = random;
    }

    /**
     * Does it.
     *
     * @param usual how long the command takes where nothing is delayed
     * @param more variables of the environment
     */
    Result run(Signaller signaller, Duration usual, Map<String, String> more) throws IOException {
        Duration delay = Duration.ofMillis(random.nextInt(1000));
        try (AuthorizationServer server = new AuthorizationServer(KEY).decide(Decision.APPROVED);
                AstWorld world = world(more)) {
            Sessions.signIn(world, server, "prod", Duration.ofHours(1));
            Tokens old = Sessions.signIn(world, server, "default", victim.life());
            String prod = HomeCheck.profile(world, "prod");
            server.delay(request -> isDecisive(request) ? delay : Duration.ZERO);
            server.whenReady(request -> {
                if (isDecisive(request)) {
                    answered.compareAndSet(0, System.nanoTime());
                }
            });
            AstResult end = killed(world, server, signaller, usual, delay);
            server.delay(request -> Duration.ZERO);
            List<String> leftOver = new ArrayList<>(HomeCheck.processesLeft(world));
            List<String> torn = HomeCheck.tears(world, "prod", prod);
            Victim.Left left = torn.isEmpty() ? victim.left(world, server, old) : Victim.Left.UNEXPLAINED;
            leftOver.addAll(HomeCheck.leftovers(world));
            boolean finished = end.exit() == 0 && left == Victim.Left.AFTER;
            // A command whose renewal was killed goes on, and reports the result.
            boolean explained = finished
                    || kill.target() == Kill.Target.RENEWAL
                    || kill.signal().explains(end.exit());
            return new Result(
                    victim, kill, explained ? left : Victim.Left.UNEXPLAINED, torn, leftOver, left + " " + end);
        }
    }

    /** A fresh home without a keyring, whose tokens are in the file. */
    static AstWorld world(Map<String, String> more) {
        AstWorld world = AstWorld.create();
        more.forEach(world::env);
        return world;
    }

    private boolean isDecisive(Request request) {
        return request.path().equals(victim.decisive());
    }

    private AstResult killed(
            AstWorld world, AuthorizationServer server, Signaller signaller, Duration usual, Duration delay)
            throws IOException {
        Object home = state(world);
        try (RunningAst ast = world.startBehind(FRONT, victim.words(server).toArray(String[]::new))) {
            ast.endInput();
            if (!kill.aimed()) {
                long life = usual.plus(victim.decisive().isEmpty() ? Duration.ZERO : delay)
                        .toNanos();
                pause((long) (random.nextDouble() * 1.1 * life));
            } else if (victim.decisive().isEmpty()) {
                while (ast.isAlive() && state(world).equals(home)) {
                    pause(TimeUnit.MICROSECONDS.toNanos(200));
                }
                pause((long) (random.nextDouble() * TimeUnit.MILLISECONDS.toNanos(30)));
            } else {
                while (ast.isAlive() && answered.get() == 0) {
                    pause(TimeUnit.MICROSECONDS.toNanos(200));
                }
                long aim = delay.toNanos()
                        + TimeUnit.MILLISECONDS.toNanos(
                                random.nextInt(Kill.AIMED_BEFORE + Kill.AIMED_AFTER) - Kill.AIMED_BEFORE);
                pause(answered.get() + aim - System.nanoTime());
            }
            if (ast.isAlive()) {
                signaller.send(kill, ast.pid());
            }
            return ast.await(END);
        } catch (AssertionError e) {
            return new AstResult(-1, "", String.valueOf(e.getMessage()));
        }
    }

    private static Object state(AstWorld world) throws IOException {
        return List.of(List.of(world.astHome().toFile().list()), Files.getAttribute(Sessions.file(world), "unix:ino"));
    }

    private static void pause(long nanos) {
        long end = System.nanoTime() + nanos;
        while (System.nanoTime() < end) {
            LockSupport.parkNanos(end - System.nanoTime());
        }
    }
}
