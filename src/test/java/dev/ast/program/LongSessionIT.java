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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A program that runs for long: its session ends, or another process changes what is stored. */
class LongSessionIT {
    private static final Duration SOON = Duration.ofSeconds(60);

    private final AstWorld world = AstWorld.create().env("AST_STORAGE", "file");
    private final AuthorizationServer server = new AuthorizationServer();

    @AfterEach
    void close() {
        world.close();
        server.close();
    }

    @Test
    @Case("H08")
    void aScriptOfTwoHundredLinesIsRenewedAndStopsWhereTheSessionEnds() {
        server.life(Duration.ofMinutes(4));
        Tokens old = Sessions.signIn(world, server, "default", Duration.ofSeconds(-1));
        AstResult good = world.runWithInput("token --quiet\n".repeat(200));
        assertThat(good.exit()).as("%s", good).isZero();
        assertThat(good.outLines()).hasSize(200);
        assertThat(server.tokenRequests("refresh_token")).hasSize(1);

        String script = "api /api/one\n".repeat(100) + "api /api/two\n".repeat(100);
        server.whenReady(request -> {
            if (server.requests("GET /api/one").size() == 100) {
                server.end(old.refresh());
            }
        });
        AstResult ended = world.runWithInput(script);
        assertThat(ended.exit()).as("%s", ended.err()).isEqualTo(5);
        assertThat(ended.err()).contains("-:101: ").contains("hint: ");
        assertThat(server.requests("GET /api/two")).hasSize(1);
    }

    @Test
    @Case("H09")
    void whatAnotherProcessDoesIsNoticedAtTheNextCommand() {
        Tokens first = Sessions.signIn(world, server, "default", Duration.ofHours(1));
        Tokens prod = Sessions.signIn(world, server, "prod", Duration.ofHours(1));
        try (RunningAst open = world.start("--script", "-", "--keep-going")) {
            open.type("token\n");
            open.awaitOut(first.access() + "\n", SOON);
            assertThat(world.run("profile", "use", "prod").exit()).isZero();
            open.type("token\n");
            open.awaitOut(prod.access() + "\n", SOON);
            assertThat(world.run("logout", "--profile", "prod").exit()).isZero();
            open.type("token\n");
            open.awaitErr("not signed in to prod", SOON);
            open.endInput();
            assertThat(open.await(SOON).exit()).isEqualTo(4);
        }
        assertThat(Sessions.text(world)).contains(first.refresh()).doesNotContain(prod.refresh());
    }

    @Test
    @Case("I03")
    void signingOutTwiceIsNoTrouble() {
        Sessions.signIn(world, server, "default", Duration.ofHours(1));
        assertThat(world.run("logout").exit()).isZero();
        int revocations = server.requests("POST /revoke").size();
        AstResult again = world.run("logout");
        assertThat(again.exit()).as("%s", again).isIn(0, 4);
        assertThat(again.err()).doesNotContain("\tat ");
        assertThat(server.requests("POST /revoke")).hasSize(revocations);
    }

    @Test
    @Case("J04")
    void aScriptHasTheCommandsOfTheProgramOnly() {
        String script = "stacktrace\nscript /etc/passwd\n!sh -c id\n!!\nhistory -f /tmp/x\nhistory-clear\nset x=y\n";
        AstResult result = world.runWithInput(script, "--keep-going");
        assertThat(result.exit()).as("%s", result).isEqualTo(2);
        assertThat(result.errLines().stream().filter(line -> line.startsWith("ast: -:")))
                .as("%s", result)
                .hasSize(7);
        assertThat(result.out()).isEmpty();
        assertThat(world.files()).noneMatch(name -> !name.startsWith("ast-home/"));
    }
}
