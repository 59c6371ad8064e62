package dev.ast.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class AskingProgramTest {
    @Test
    void shellsThatRunALineArePassedOver() throws Exception {
        Process shell = new ProcessBuilder("sh", "-c", "read line; true").start();
        try {
            String mine = ProcessHandle.current().info().command().orElseThrow().replaceAll(".*/", "");
            assertThat(AskingProgram.name(Optional.of(shell.toHandle()))).isEqualTo(mine);
        } finally {
            shell.destroyForcibly().waitFor();
        }
    }

    @Test
    void ashellInWhichSomebodyTypesIsTheProgram() {
        assertThat(AskingProgram.runsScript("bash", new String[] {})).isFalse();
        assertThat(AskingProgram.runsScript("bash", new String[] {"-l", "-i"})).isFalse();
        assertThat(AskingProgram.runsScript("sh", new String[] {"-c", "git credential-ast get"}))
                .isTrue();
        assertThat(AskingProgram.runsScript("bash", new String[] {"-ec"})).isTrue();
        assertThat(AskingProgram.runsScript("dash", new String[] {"/opt/ast/bin/ast", "token"}))
                .isTrue();
        assertThat(AskingProgram.runsScript("git", new String[] {"fetch"})).isFalse();
    }

    @Test
    void whoIsNotKnownIsSaidToBe() {
        assertThat(AskingProgram.name(Optional.empty())).isEqualTo("unknown");
        assertThat(AskingProgram.name()).isNotEmpty();
    }
}
