package dev.ast.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a shell makes of a quoted text is the text. */
class ShellTextTest {

    @ParameterizedTest
    @ValueSource(strings = {"plain", "", "it's", "''", "$HOME `id` $(id)", "a\\b\"c", "-n", "ü\n", "*", "a  b "})
    void aShellReadsAQuotedValueAsItIs(String value) throws IOException, InterruptedException {
        Process shell = new ProcessBuilder(
                        "/bin/sh", "-c", "eval \"$1\"; printf %s \"$x\"", "sh", "x=" + ShellText.quoted(value))
                .start();
        byte[] read = shell.getInputStream().readAllBytes();

        assertThat(shell.waitFor()).isZero();
        assertThat(new String(read, StandardCharsets.UTF_8)).isEqualTo(value);
    }
}
