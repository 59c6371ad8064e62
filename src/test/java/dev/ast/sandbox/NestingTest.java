package dev.ast.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ast.domain.Exit;
import dev.ast.domain.FailureException;
import dev.ast.host.AstHome;
import dev.ast.support.Case;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NestingTest {
    @TempDir
    Path home;

    @Test
    @Case("J02")
    void theHomeOfASandboxTellsWhoeverInheritsTheEnvironment() throws IOException {
        Nesting nesting = new Nesting(new AstHome(home, false));
        assertThatCode(nesting::refuse).doesNotThrowAnyException();

        Files.createFile(home.resolve(Nesting.MARKER));

        assertThatThrownBy(nesting::refuse)
                .isInstanceOfSatisfying(
                        FailureException.class,
                        e -> assertThat(e.failure().exit()).isEqualTo(Exit.USAGE))
                .hasMessage("a sandbox cannot be started in a sandbox");
    }

    @Test
    @Case("J02")
    void theServerOfASandboxTellsWhoeverRunsBesideIt() throws IOException, InterruptedException {
        assertThat(isBelow(Nesting.PROGRAM)).isTrue();
    }

    /** Process 1, for example, to which a server belongs that outlives its program. */
    @Test
    void aServerOfAnotherProcessSaysNothing() throws IOException, InterruptedException {
        assertThat(isBelow("init")).isFalse();
    }

    /** A process of that name with two children, of which the first has the command line of a sandbox's server. */
    private static boolean isBelow(String program) throws IOException, InterruptedException {
        Process sandbox = new ProcessBuilder("/bin/sh", "-c", """
                        exec 3<&0 # what runs in the background has no standard input otherwise
                        sh -c 'read end; :' "$1" <&3 &
                        sh -c 'echo $$; read end; :' shell <&3 &
                        wait
                        """, program, Nesting.SERVER).start();
        try (OutputStream rope = sandbox.getOutputStream()) {
            assertThat(rope).isNotNull();
            byte[] number = new byte[20];
            int length = sandbox.getInputStream().read(number);
            long shell = Long.parseLong(new String(number, 0, length, StandardCharsets.US_ASCII).strip());

            assertThat(Nesting.below(ProcessHandle.current())).isFalse();
            return Nesting.below(ProcessHandle.of(shell).orElseThrow());
        } finally {
            sandbox.waitFor();
        }
    }
}
