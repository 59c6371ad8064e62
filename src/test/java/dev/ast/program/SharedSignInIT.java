package dev.ast.program;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ast.support.AstResult;
import dev.ast.support.AstWorld;
import dev.ast.support.AuthorizationServer;
import dev.ast.support.AuthorizationServer.Decision;
import dev.ast.support.RunningAst;
import dev.ast.support.Script;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Processes that want the same sign-in: one code, one tab, and all go on after one approval, also if one is killed. There
 * are five, or as many as {@code -Dshells=N} says.
 */
class SharedSignInIT {
    private static final int SHELLS = Integer.getInteger("shells", 5);
    private static final Duration LONG = Duration.ofSeconds(60);

    private final AstWorld world = AstWorld.create().env("AST_STORAGE", "file");
    private final AuthorizationServer server = new AuthorizationServer();

    @AfterEach
    void close() {
        world.close();
        server.close();
    }

    @Test
    void oneTabAndOneApprovalAreEnough() throws IOException {
        Path browser = Script.write(world.home().resolve("browser"), """
                #!/bin/sh
                echo "$1" >>"$HOME/tabs"
                """);
        world.env("BROWSER", browser.toString());
        List<String> words = new ArrayList<>(server.login());
        words.remove("--no-browser");
        String[] login = words.toArray(String[]::new);

        RunningAst first = world.start(login);
        first.awaitErr("Opening browser", LONG);
        List<RunningAst> others = new ArrayList<>();
        for (int i = 1; i < SHELLS; i++) {
            others.add(world.start(login));
        }
        others.forEach(other -> other.awaitErr("one approval is enough for all", LONG));
        first.kill();
        server.decide(Decision.APPROVED);

        for (RunningAst other : others) {
            AstResult result = other.await(LONG);
            assertThat(result.exit()).as("%s", result).isZero();
            assertThat(result.err()).contains("Code: ");
        }
        assertThat(server.requests("POST /device")).hasSize(1);
        assertThat(world.home().resolve("tabs")).content().hasLineCount(1);
        assertThat(world.astHome().resolve("sign-ins")).isEmptyDirectory();
        assertThat(world.run("token").exit()).isZero();
    }
}
