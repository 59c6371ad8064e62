package dev.ast.program;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ast.support.AstResult;
import dev.ast.support.AstWorld;
import dev.ast.support.AuthorizationServer;
import dev.ast.support.AuthorizationServer.Tokens;
import dev.ast.support.Case;
import dev.ast.support.RunningAst;
import dev.ast.support.Sessions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A refresh whose command ends while the server's answer is on its way: the session of a rotating server lives on. */
class RenewalIT {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Duration OVER = Duration.ofSeconds(-1);

    @ParameterizedTest
    @CsvSource({"INT,130,token", "TERM,143,token", "HUP,143,token", "INT,130,api", "TERM,143,api", "HUP,143,api"})
    @Case({"H05", "J09"})
    void anInterruptWaitsForTheAnswer(String signal, int code, String command) throws InterruptedException {
        AstResult ended = endedDuringRefresh(command, ast -> ast.signal(signal));
        assertThat(ended.exit()).isEqualTo(code);
        assertThat(ended.out()).isEmpty();
        assertThat(ended.err()).contains(code == 130 ? "interrupted" : "terminated");
    }

    @ParameterizedTest
    @CsvSource({"token", "api"})
    @Case("H05")
    void aKilledCommandLeavesTheRenewalAlive(String command) throws InterruptedException {
        endedDuringRefresh(command, ast -> ast.signal("KILL"));
    }

    private interface End {
        void of(RunningAst ast);
    }

    private static AstResult endedDuringRefresh(String command, End end) throws InterruptedException {
        try (AuthorizationServer server = new AuthorizationServer();
                AstWorld world = AstWorld.create()) {
            Tokens old = Sessions.signIn(world, server, "default", OVER);
            server.serve("GET /api/one", dev.ast.support.Answer.json("{}"));
            CountDownLatch sent = new CountDownLatch(1);
            server.whenReady(request -> {
                if (request.path().equals("/token")) {
                    sent.countDown();
                }
            });
            server.delay(request -> request.path().equals("/token") ? Duration.ofMillis(1500) : Duration.ZERO);
            String[] words = command.equals("api") ? new String[] {"api", "/api/one"} : new String[] {"token"};
            AstResult ended;
            try (RunningAst ast = world.start(words)) {
                ast.endInput();
                assertThat(sent.await(60, TimeUnit.SECONDS)).isTrue();
                end.of(ast);
                ended = ast.await(LONG);
            }
            server.delay(request -> Duration.ZERO);
            AstResult next = world.run("token");
            String fresh = server.newest(old.refresh()).access();
            assertThat(next).isEqualTo(new AstResult(0, fresh + "\n", ""));
            assertThat(server.tokenRequests("refresh_token")).hasSize(1);
            assertThat(server.reuses()).isZero();
            return ended;
        }
    }

    @Test
    @Case("H06")
    void anAnswerThatCameWhileTheRenewalWasStoppedIsTaken() throws Exception {
        try (AuthorizationServer server = new AuthorizationServer();
                AstWorld world = AstWorld.create()) {
            Tokens old = Sessions.signIn(world, server, "default", OVER);
            CountDownLatch sent = new CountDownLatch(1);
            server.whenReady(request -> sent.countDown());
            server.delay(request -> Duration.ofSeconds(1));
            try (RunningAst ast = world.start("token")) {
                ast.endInput();
                assertThat(sent.await(60, TimeUnit.SECONDS)).isTrue();
                List<ProcessHandle> processes = ProcessHandle.allProcesses()
                        .filter(process -> process.info()
                                .commandLine()
                                .filter(line -> line.contains("__renew")
                                        && line.contains(world.program()
                                                .getParent()
                                                .getParent()
                                                .toString()))
                                .isPresent())
                        .toList();
                assertThat(processes).isNotEmpty();
                // Longer than a request may take.
                String pids = String.join(
                        " ",
                        processes.stream()
                                .map(process -> Long.toString(process.pid()))
                                .toList());
                Process stopped = new ProcessBuilder(
                                "/bin/sh", "-c", "kill -STOP " + pids + "; sleep 33; kill -CONT " + pids)
                        .inheritIO()
                        .start();
                assertThat(stopped.waitFor()).isZero();
                AstResult result = ast.await(LONG);
                assertThat(result.out()).isEqualTo(server.newest(old.refresh()).access() + "\n");
                assertThat(result.exit()).isZero();
            }
        }
    }
}
