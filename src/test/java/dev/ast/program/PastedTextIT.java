package dev.ast.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ast.support.AstWorld;
import dev.ast.support.Case;
import dev.ast.support.Packages;
import dev.ast.support.Tmux;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Hostile text at the prompt of the packaged program, and each byte that its terminal gets. */
class PastedTextIT {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final String TITLE = "\u001b]0;X\u0007";
    private static final String CLEAR = "\u001b[2J";
    private static final String SHOWN = "nonsense^[]0;X^Gb^[[2Jc";

    private final AstWorld world = AstWorld.create().env("AST_STORAGE", "file");

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    @Case("G01")
    void pastedRecalledAndSuggestedTextNeverReachesTheTerminalRaw() throws IOException {
        Packages.require("tmux");
        Path bytes = world.temporary().resolve("bytes");
        try (Tmux tmux = Tmux.start(world)) {
            tmux.recordTo(bytes);
            tmux.waitFor("ast>", LONG);
            tmux.type("\u001b[200~history nonsense" + TITLE + "b" + CLEAR + "c\u001b[201~");
            tmux.waitFor(SHOWN, LONG);
            tmux.keys("Enter");
            // It finds nothing, and succeeds: only such lines are suggested.
            await().atMost(LONG).until(() -> prompts(tmux.screen()) > 1);
            int entered = occurrences(tmux.screen());
            tmux.keys("Up");
            await().atMost(LONG).until(() -> occurrences(tmux.screen()) > entered);
            tmux.keys("C-c");
            int recalled = occurrences(tmux.screen());
            tmux.type("history nonsens");
            await().atMost(LONG).until(() -> occurrences(tmux.screen()) > recalled);
            tmux.keys("C-c");
            tmux.type("exit").keys("Enter");
            assertThat(tmux.awaitExit(LONG)).isZero();
            assertThat(Files.readString(bytes)).contains(SHOWN).doesNotContain(TITLE, CLEAR);
        }
    }

    private static int prompts(String screen) {
        return screen.split("ast> ?", -1).length - 1;
    }

    private static int occurrences(String screen) {
        return screen.split(Pattern.quote("]0;X^Gb^[[2Jc"), -1).length - 1;
    }
}
