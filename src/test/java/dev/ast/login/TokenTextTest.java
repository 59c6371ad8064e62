package dev.ast.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ast.domain.Exit;
import dev.ast.domain.FailureException;
import dev.ast.host.Input;
import dev.ast.host.Interrupts;
import dev.ast.support.Case;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenTextTest {
    private final TokenText tokens = new TokenText(() -> new Input(new Interrupts(), false));
    private final List<String> warnings = new ArrayList<>();

    @TempDir
    Path folder;

    private String read(String content) throws IOException {
        Path file = Files.writeString(folder.resolve("token"), content);
        return tokens.read("@" + file, warnings::add).reveal();
    }

    @Case("D01")
    @ParameterizedTest
    @ValueSource(
            strings = {
                "t0ken",
                "t0ken\n",
                "t0ken\r\n",
                "  t0ken \n\n",
                "\ufefft0ken\n",
                "Bearer t0ken",
                "\ufeff bearer\tt0ken\r\n"
            })
    void whatStandsAroundATokenIsDropped(String content) throws IOException {
        assertThat(read(content)).isEqualTo("t0ken");
        assertThat(warnings).isEmpty();
    }

    @Case({"D01", "B02"})
    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "Bearer ", "t0\nken", "t0\u001bken", "t0\0ken", "t0 ken", "Bearer Bearer t0ken"})
    void whatIsNotATokenIsRefusedWithoutBeingShown(String content) {
        assertThatThrownBy(() -> read(content)).isInstanceOfSatisfying(FailureException.class, e -> {
            assertThat(e.failure().exit()).isEqualTo(Exit.USAGE);
            assertThat(e.failure().message() + e.failure().hint()).doesNotContain("t0", "0ken");
        });
    }

    @Test
    void aFileWithoutAnEndIsReadUpToTheLongestToken() {
        assertThatThrownBy(() -> tokens.read("@/dev/zero", warnings::add))
                .isInstanceOf(FailureException.class)
                .hasMessage("the token is longer than 65536 characters");
    }

    @Test
    void aLiteralOneIsWarnedOf() {
        assertThat(tokens.read("Bearer t0ken", warnings::add).reveal()).isEqualTo("t0ken");
        assertThat(warnings).hasSize(1).first().asString().doesNotContain("t0ken");
    }
}
