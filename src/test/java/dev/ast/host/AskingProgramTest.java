package dev.ast.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AskingProgramTest {
    @Test
    void ashellThatRunsALineIsPassedOver() throws Exception {
        Process shell = new ProcessBuilder("sh", "-c", "read line; true").start();
        try {
            String mine = ProcessHandle.current().info().command().orElseThrow().replaceAll(".*/", "");
            assertThat(AskingProgram.name(Optional.of(shell.toHandle()))).isEqualTo(mine);
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
        String[] words = arguments == null ? new String[0] : arguments.split(" ", -1);
        assertThat(AskingProgram.name(program, words)).isEqualTo(Optional.ofNullable(name));
    }

    @Test
    void whoIsNotKnownIsSaidToBe() {
        assertThat(AskingProgram.name(Optional.empty())).isEqualTo("unknown");
        assertThat(AskingProgram.name()).isNotEmpty();
    }
}
