package dev.ast.program;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ast.support.AstResult;
import dev.ast.support.AstWorld;
import dev.ast.support.Case;
import dev.ast.support.RunningAst;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A script that starts a sandbox with itself, which would multiply until the machine is full. */
class NestedSandboxIT {
    private static final Duration LONG = Duration.ofMinutes(2);

    private final AstWorld world = AstWorld.create().env("AST_STORAGE", "file");

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    @Case("J02")
    void isRefusedBeforeAnythingIsStarted() throws IOException {
        Files.writeString(world.work().resolve("self.ast"), "sandbox --script self.ast\n");
        try (RunningAst ast = world.start("sandbox", "--script", "self.ast")) {
            ast.endInput();
            AstResult result = ast.await(LONG);
            assertThat(result.exit()).as("%s", result).isEqualTo(2);
            assertThat(result.errLines().stream().filter(line -> line.startsWith("ast: ")))
                    .containsExactly("ast: self.ast:1: a sandbox cannot be started in a sandbox");
            assertThat(result.err().split("Sandbox at ", -1)).hasSize(2);
        }
        // With the home of the sandbox, its marker and its notes.
        assertThat(world.files()).containsExactly("work/self.ast");
    }
}
