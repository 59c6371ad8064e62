package dev.ast.program;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ast.json.JsonObject;
import dev.ast.json.LocalJson;
import dev.ast.support.Answer;
import dev.ast.support.AstResult;
import dev.ast.support.AstWorld;
import dev.ast.support.AuthorizationServer;
import dev.ast.support.AuthorizationServer.Tokens;
import dev.ast.support.Case;
import dev.ast.support.RunningAst;
import dev.ast.support.Sessions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Signing out of servers that hang, of broken profiles, and beside other processes: nothing with a token is left. */
class LogoutIT {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Answer SILENT = Answer.json("{}").after(Duration.ofSeconds(40));

    @ParameterizedTest
    @CsvSource({"GET /.well-known/openid-configuration", "POST /revoke"})
    @Case("I02")
    void tokensAreGoneAtOnceFromAServerThatIsSilent(String request) {
        try (AuthorizationServer server = new AuthorizationServer();
                AstWorld world = AstWorld.create()) {
            Sessions.signIn(world, server, "one", HOUR);
            Sessions.signIn(world, server, "two", HOUR);
            server.say(request, SILENT, SILENT, SILENT, SILENT, SILENT, SILENT);
            try (RunningAst ast = world.start("logout", "--all")) {
                ast.endInput();
                awaitNoTokens(world);
                Instant before = Instant.now();
                AstResult result = ast.await(LONG);
                assertThat(result.exit()).isEqualTo(6);
                assertThat(result.out()).contains("Signed out of one", "Signed out of two", "did not revoke");
                assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofSeconds(25));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"INT,130", "TERM,143", "HUP,143"})
    @Case({"I02", "J09"})
    void anInterruptEndsTheRevocationAndNotTheRemoval(String signal, int code) {
        try (AuthorizationServer server = new AuthorizationServer();
                AstWorld world = AstWorld.create()) {
            Sessions.signIn(world, server, "default", HOUR);
            server.say("POST /revoke", SILENT, SILENT);
            try (RunningAst ast = world.start("logout")) {
                ast.endInput();
                awaitNoTokens(world);
                ast.signal(signal);
                AstResult result = ast.await(LONG);
                assertThat(result.exit()).isEqualTo(code);
                assertThat(result.out()).contains("Signed out of default", "did not revoke", "stays valid until");
            }
            assertThat(Sessions.text(world)).doesNotContain("access_token");
        }
    }

    @Test
    @Case("H10")
    void aRenewalUnderWayStoresAndLeavesNothing() throws InterruptedException {
        try (AuthorizationServer server = new AuthorizationServer();
                AstWorld world = AstWorld.create()) {
            Tokens old = Sessions.signIn(world, server, "default", Duration.ofSeconds(-1));
            CountDownLatch sent = new CountDownLatch(1);
            server.whenReady(request -> {
                if (request.path().equals("/token")) {
                    sent.countDown();
                }
            });
            server.delay(request -> request.path().equals("/token") ? Duration.ofSeconds(4) : Duration.ZERO);
            try (RunningAst ast = world.start("token")) {
                ast.endInput();
                assertThat(sent.await(60, TimeUnit.SECONDS)).isTrue();
                AstResult logout = world.run("logout");
                assertThat(logout.out()).contains("Signed out of default");
                assertThat(Sessions.text(world)).doesNotContain("access_token");
                assertThat(ast.await(LONG).exit()).isEqualTo(4);
            }
            assertThat(Sessions.text(world)).doesNotContain("access_token");
            assertThat(server.lives(old.refresh())).isFalse();
        }
    }

    @Test
    @Case("I04")
    void aStoreThatNobodyKnowsIsReportedAndItsTokensInTheFileAreRemoved() {
        try (AuthorizationServer server = new AuthorizationServer();
                AstWorld world = AstWorld.create()) {
            Sessions.signIn(world, server, "odd", HOUR);
            JsonObject document = Sessions.read(world);
            document.objectOrNew("profiles").objectOrNew("odd").put("storage", "cloud");
            Sessions.write(world, LocalJson.write(document.members()));
            AstResult result = world.run("logout", "--all");
            assertThat(result.exit()).isEqualTo(7);
            assertThat(result.err()).contains("profile odd names a store that this program does not know: cloud");
            assertThat(Sessions.text(world)).doesNotContain("access_token");
        }
    }

    @Test
    @Case("C07")
    void aTokenOfTheEnvironmentIsSaidToRemain() {
        try (AuthorizationServer server = new AuthorizationServer();
                AstWorld world = AstWorld.create()) {
            Sessions.signIn(world, server, "default", HOUR);
            world.env("AST_TOKEN", "given-by-the-environment");
            for (String[] words : new String[][] {{"logout"}, {"logout", "--all"}}) {
                AstResult result = world.run(words);
                assertThat(result.exit()).as("%s", result).isEqualTo(1);
                assertThat(result.err()).contains("AST_TOKEN", "hint: unset AST_TOKEN");
            }
        }
    }

    @Test
    @Case({"E05", "E11"})
    void whatACrashedWriterLeftIsSweptByTheNextCommand() throws IOException {
        try (AuthorizationServer server = new AuthorizationServer();
                AstWorld world = AstWorld.create()) {
            Sessions.signIn(world, server, "default", HOUR);
            for (String command : new String[] {"token", "logout"}) {
                Path left = world.astHome().resolve("credentials.json.4711.123.tmp");
                Files.writeString(left, "{\"access_token\":\"left-behind\"}");
                Files.setPosixFilePermissions(left, PosixFilePermissions.fromString("rw-------"));
                assertThat(world.run(command).exit()).isZero();
                assertThat(left).doesNotExist();
            }
            Path copy = world.astHome().resolve("credentials.go.json");
            Files.writeString(copy, "{\"access_token\":\"copied\"}");
            assertThat(world.run("logout", "--all").out()).contains("Removed " + copy);
            assertThat(copy).doesNotExist();
        }
    }

    @Test
    @Case("E09")
    void aNameThatDiffersInCaseIsRefusedBeforeTheServerIsAsked() {
        try (AuthorizationServer server = new AuthorizationServer();
                AstWorld world = AstWorld.create()) {
            Sessions.signIn(world, server, "Work", HOUR);
            String before = Sessions.text(world);
            AstResult result = world.run(server.login("--profile", "work").toArray(String[]::new));
            assertThat(result.exit()).isEqualTo(2);
            assertThat(result.err()).contains("only in upper and lower case");
            assertThat(server.requests()).isEmpty();
            assertThat(Sessions.text(world)).isEqualTo(before);
        }
    }

    private static void awaitNoTokens(AstWorld world) {
        Instant deadline = Instant.now().plus(LONG);
        while (Sessions.text(world).contains("access_token")) {
            assertThat(Instant.now()).as("tokens are still stored").isBefore(deadline);
            LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
        }
    }
}
