package dev.ast.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AskingProgramTest {
    @Test
    void ashellThatRunsALineIsPassedOver() throws Exception {
        Process shell = new ProcessBuilder("sh", "-c", "read line; true").start();
        try {
            String mine = ProcessHandle.current().info().command().orElseThrow().replaceAll(".*/", "");
            assertThat(AskingProgram.name(Optional.of(new AskingProgram.Handle(shell.toHandle()))))
                    .isEqualTo(mine);
            if (ProcFolder.isHere()) {
                assertThat(AskingProgram.name(Optional.of(new ProcFolder("/proc/" + shell.pid()))))
                        .isEqualTo(mine);
            }
        } finally {
            shell.destroyForcibly().waitFor();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "passed over", textBlock = """
        git    | fetch                         | git
        bash   |                               | bash
        bash   | -l -i                         | bash
        bash   | --norc -e /srv/ci/deploy.sh x | deploy.sh
        sh     | -c git-credential-ast         | passed over
        bash   | -ec ls                        | passed over
        dash   | /opt/ast/bin/ast token        | passed over
        dash   | /bin/git-credential-ast get   | passed over
        dash   | /opt/terraform-credentials-ast | passed over
        """)
    void aprogramIsCalledByItsNameAndAScriptByItsOwn(String program, String arguments, String name) {
        List<String> words = arguments == null ? List.of() : List.of(arguments.split(" ", -1));
        assertThat(AskingProgram.name(program, words)).isEqualTo(Optional.ofNullable(name));
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void theSystemsFolderTellsTheSameAsJava() throws Exception {
        Process shell = new ProcessBuilder("sh", "-c", "read line; true", "a b", "").start();
        try {
            ProcFolder folder = new ProcFolder("/proc/" + shell.pid());
            AskingProgram.Handle handle = new AskingProgram.Handle(shell.toHandle());
            assertThat(folder.program()).isEqualTo(handle.program()).isPresent();
            assertThat(folder.arguments()).containsExactly("-c", "read line; true", "a b");
            assertThat(folder.parent())
                    .contains(new ProcFolder("/proc/" + ProcessHandle.current().pid()));
        } finally {
            shell.destroyForcibly().waitFor();
        }
    }

    @Test
    void ofaProcessThatHasEndedNothingIsKnown() {
        ProcFolder ended = new ProcFolder("/proc/0");
        assertThat(ended.program()).isEmpty();
        assertThat(ended.arguments()).isEmpty();
        assertThat(ended.parent()).isEmpty();
    }

    @Test
    void whoIsNotKnownIsSaidToBe() {
        assertThat(AskingProgram.name(Optional.empty())).isEqualTo("unknown");
        assertThat(AskingProgram.name()).isNotEmpty();
    }
}
