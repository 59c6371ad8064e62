package dev.ast.program;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ast.json.JsonObject;
import dev.ast.support.AstResult;
import dev.ast.support.AstWorld;
import dev.ast.support.AuthorizationServer;
import dev.ast.support.AuthorizationServer.Tokens;
import dev.ast.support.Case;
import dev.ast.support.ManyRuns;
import dev.ast.support.RunningAst;
import dev.ast.support.Sessions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Many processes on one home, and processes that die: one refresh token is never sent twice, and nothing is torn. */
class ManyProcessesIT {
    private static final Duration OVER = Duration.ofSeconds(-1);
    private static final Duration LONG = Duration.ofHours(1);

    @Test
    @Case("H01")
    void fiftyProcessesAtTheEndOfATokenMakeOneRefresh() {
        try (AuthorizationServer server = new AuthorizationServer();
                AstWorld world = AstWorld.create()) {
            Tokens prod = Sessions.signIn(world, server, "prod", LONG);
            Tokens old = Sessions.signIn(world, server, "default", OVER);
            List<Callable<AstResult>> runs = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                runs.add(() -> {
                    RunningAst ast = world.start("token");
                    ast.endInput();
                    return ast.await(Duration.ofMinutes(3));
                });
            }
            List<AstResult> results = ManyRuns.all(runs, runs.size());
            String fresh = server.newest(old.refresh()).access();
            assertThat(server.tokenRequests("refresh_token")).hasSize(1);
            assertThat(results).containsOnly(new AstResult(0, fresh + "\n", ""));
            assertThat(server.lives(old.refresh())).isTrue();
            assertThat(Sessions.token(world, "default", "refresh_token"))
                    .isEqualTo(server.newest(old.refresh()).refresh());
            assertThat(Sessions.token(world, "prod", "refresh_token")).isEqualTo(prod.refresh());
            assertPrivate(world);

            // And once more when the API refuses the token for all of them.
            server.forget(fresh);
            List<Callable<AstResult>> calls = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                calls.add(() -> world.run("api", "/api/one"));
            }
            assertThat(ManyRuns.all(calls, calls.size()))
                    .extracting(AstResult::exit)
                    .containsOnly(0);
            assertThat(server.tokenRequests("refresh_token")).hasSize(2);
            assertThat(server.lives(old.refresh())).isTrue();
        }
    }

    /** How a process that was killed left its session. */
    private enum Left {
        /** The server had not been asked when it died. */
        UNTOUCHED,
        /** The server had been asked, and the answer was stored all the same. */
        RENEWED
    }

    /**
     * Forty processes are killed at random moments: half of them anywhere in their life, half of them within 40 ms of
     * the moment in which the server has the answer ready, which is where something could be lost. The renewal goes on
     * in its own process, so the next command finds its tokens, and no refresh token is sent twice.
     */
    @Test
    @Case({"E05", "H05"})
    void killedProcessesTearNothing() {
        Random random = new Random(7009);
        List<Callable<List<Left>>> worlds = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            long seed = random.nextLong();
            worlds.add(() -> killTwenty(new Random(seed)));
        }
        List<Left> all = ManyRuns.all(worlds, 2).stream().flatMap(List::stream).toList();
        System.out.println("killed processes left: "
                + Stream.of(Left.values())
                        .map(left ->
                                left + " " + all.stream().filter(left::equals).count())
                        .toList());
        assertThat(all).hasSize(40);
        assertThat(all).as("some die after the refresh was sent").contains(Left.RENEWED);
    }

    private static List<Left> killTwenty(Random random) throws IOException {
        List<Left> outcomes = new ArrayList<>();
        try (AuthorizationServer server = new AuthorizationServer();
                AstWorld world = AstWorld.create()) {
            Tokens prod = Sessions.signIn(world, server, "prod", LONG);
            long usual = duration(world, server);
            for (int round = 0; round < 20; round++) {
                Tokens old = Sessions.signIn(world, server, "default", OVER);
                int before = server.tokenRequests("refresh_token").size();
                CountDownLatch answered = new CountDownLatch(1);
                server.afterRefresh(answered::countDown);
                try (RunningAst ast = world.start("token")) {
                    ast.endInput();
                    if (round % 2 == 0) {
                        pause((long) (random.nextDouble() * 1.2 * usual));
                    } else {
                        awaitAnswer(answered, ast);
                        pause((long)
                                (random.nextDouble() * Duration.ofMillis(40).toNanos()));
                    }
                    ast.kill();
                    ast.await(Duration.ofSeconds(10));
                    outcomes.add(examine(world, server, old, prod, before));
                }
            }
            assertPrivate(world);
            assertThat(world.run("token").exit()).isZero();
        }
        return outcomes;
    }

    private static Left examine(AstWorld world, AuthorizationServer server, Tokens old, Tokens prod, int before) {
        JsonObject whole = Sessions.read(world);
        assertThat(whole.object("profiles").orElseThrow().members()).containsOnlyKeys("prod", "default");
        assertThat(Sessions.token(world, "prod", "refresh_token")).isEqualTo(prod.refresh());
        boolean asked = server.tokenRequests("refresh_token").size() > before;
        AstResult next = world.run("token");
        assertThat(next.exit()).as("%s", next).isZero();
        assertThat(server.reuses()).isZero();
        Tokens newest = server.newest(old.refresh());
        assertThat(Sessions.token(world, "default", "refresh_token")).isEqualTo(newest.refresh());
        assertThat(Sessions.token(world, "default", "access_token")).isEqualTo(newest.access());
        return asked ? Left.RENEWED : Left.UNTOUCHED;
    }

    @Test
    @Case("E05")
    void whatCrashedWritersLeftIsSwept() throws IOException {
        try (AuthorizationServer server = new AuthorizationServer();
                AstWorld world = AstWorld.create()) {
            Tokens old = Sessions.signIn(world, server, "default", OVER);
            Path dead = Files.writeString(world.astHome().resolve("credentials.json.1.1.tmp"), "{}");
            Path young = Files.writeString(world.astHome().resolve("credentials.json.1.2.tmp"), "{}");
            Path foreign = Files.writeString(world.astHome().resolve("notes.tmp"), "mine");
            FileTime past = FileTime.from(Instant.now().minusSeconds(120));
            Files.setLastModifiedTime(dead, past);
            Files.setLastModifiedTime(foreign, past);
            assertThat(world.run("token").out())
                    .isEqualTo(server.newest(old.refresh()).access() + "\n");
            assertThat(dead).doesNotExist();
            assertThat(young).as("under the store's lock it is nobody's work").doesNotExist();
            assertThat(foreign).hasContent("mine");
        }
    }

    /** A lock is the operating system's: it goes with its holder, and is waited for while the holder lives. */
    @Test
    @Case("H06")
    void aDeadHolderOfTheLockHoldsNobodyUp() {
        try (AuthorizationServer server = new AuthorizationServer();
                AstWorld world = AstWorld.create()) {
            Tokens old = Sessions.signIn(world, server, "default", OVER);
            CountDownLatch asked = new CountDownLatch(1);
            CountDownLatch dead = new CountDownLatch(1);
            server.afterRefresh(() -> {
                asked.countDown();
                awaitQuietly(dead);
            });
            RunningAst holder = world.start("token");
            awaitQuietly(asked);
            RunningAst waiting = world.start("token", "--profile", "default");
            holder.signal("KILL");
            assertThat(holder.await(Duration.ofSeconds(10)).exit()).isEqualTo(137);
            server.afterRefresh(() -> {});
            dead.countDown();
            AstResult result = waiting.await(Duration.ofSeconds(30));
            // The renewal has outlived the command that asked for it, and a waiting command gets its tokens.
            assertThat(result)
                    .isEqualTo(new AstResult(0, server.newest(old.refresh()).access() + "\n", ""));
            assertThat(server.tokenRequests("refresh_token")).hasSize(1);
            assertThat(server.lives(old.refresh())).isTrue();
        }
    }

    /** Rounds of a sign-out against a renewal: in either order, no token is left. */
    @Test
    @Case("H10")
    void signingOutDuringARenewalLeavesNothing() {
        try (AuthorizationServer server = new AuthorizationServer()) {
            List<Callable<String>> rounds = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                rounds.add(() -> {
                    try (AstWorld world = AstWorld.create()) {
                        Tokens old = Sessions.signIn(world, server, "default", OVER);
                        RunningAst token = world.start("token");
                        RunningAst logout = world.start("logout");
                        AstResult out = logout.await(Duration.ofMinutes(1));
                        AstResult got = token.await(Duration.ofMinutes(1));
                        assertThat(out.exit()).as("%s", out).isZero();
                        assertThat(got.exit()).as("%s", got).isIn(0, 4);
                        assertThat(server.lives(old.refresh())).isFalse();
                        return Sessions.text(world);
                    }
                });
            }
            assertThat(ManyRuns.all(rounds, 2))
                    .allSatisfy(store -> assertThat(store).doesNotContain("secret-of-the-test"));
        }
    }

    private static long duration(AstWorld world, AuthorizationServer server) {
        Sessions.signIn(world, server, "default", OVER);
        long start = System.nanoTime();
        assertThat(world.run("token").exit()).isZero();
        return System.nanoTime() - start;
    }

    private static void assertPrivate(AstWorld world) {
        try (Stream<Path> all = Files.walk(world.astHome())) {
            assertThat(all)
                    .isNotEmpty()
                    .allSatisfy(path -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                            .as("%s", path)
                            .isEqualTo(Files.isDirectory(path) ? "rwx------" : "rw-------"));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void pause(long nanos) {
        long end = System.nanoTime() + nanos;
        while (System.nanoTime() < end) {
            LockSupport.parkNanos(end - System.nanoTime());
        }
    }

    private static void awaitAnswer(CountDownLatch answered, RunningAst ast) {
        while (answered.getCount() > 0) {
            if (!ast.isAlive()) {
                throw new AssertionError("it has asked for nothing: " + ast.await(Duration.ofSeconds(1)));
            }
            pause(Duration.ofMillis(1).toNanos());
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
