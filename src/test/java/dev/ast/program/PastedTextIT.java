package dev.ast.program;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ast.support.AstWorld;
import dev.ast.support.Case;
import dev.ast.support.RunningAst;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Hostile text at the prompt of the packaged program, and each byte that its terminal gets. */
class PastedTextIT {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final String TITLE = "\u001b]0;X\u0007";
    private static final String CLEAR = "\u001b[2J";

    private final AstWorld world = AstWorld.create().env("AST_STORAGE", "file").env("TERM", "xterm-256color");

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    @Case("G01")
    void pastedAndRecalledTextNeverReachesTheTerminalRaw() throws Exception {
        Assumptions.assumeTrue(Files.isExecutable(java.nio.file.Path.of("/usr/bin/script")), "script is not installed");
        try (RunningAst ast = world.startBehind(
                List.of("/usr/bin/script", "-qefc", "stty cols 80 rows 24; " + world.program(), "/dev/null"))) {
            ast.awaitOut("ast> ", LONG);
            ast.type("\u001b[200~nonsense" + TITLE + "b" + CLEAR + "c\u001b[201~");
            ast.awaitOut("nonsense^[]0;X^Gb^[[2Jc", LONG);
            ast.type("\r");
            ast.awaitOut("unknown command", LONG);
            ast.type("\u001b[A"); // recalled
            ast.type("\u0003non"); // and suggested
            ast.type("\u0003exit\r");
            String all = ast.await(LONG).out();
            assertThat(all).doesNotContain(TITLE, CLEAR);
        }
    }
}
