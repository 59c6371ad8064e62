package dev.ast.shell.interactive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ast.host.Environment;
import dev.ast.output.Conversation.Choice;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jline.terminal.Size;
import org.jline.utils.ScreenTerminal;
import org.junit.jupiter.api.Test;

class SelectorScreenTest {

    @Test
    void aChangeOfSizeThatComesWithTheChoiceDrawsNoList() throws IOException {
        ScreenTerminal.VirtualTerminal both = ScreenTerminal.withTerminal("test", "vt100", 80, 24);
        try (ShellTerminal shell = new ShellTerminal(both.terminal(), Environment.of(Map.of()))) {
            Narrowed list = new Narrowed(List.of(new Choice("staging", "", false)), name -> 0);
            SelectorScreen screen = new SelectorScreen(shell, "Which profile", list);
            screen.begin();
            screen.draw();
            both.terminal().flush();
            assertThat(both.screen().toString()).contains("> ", "staging", "Enter takes");
            screen.end(Optional.of(0));
            both.terminal().flush();
            String left = both.screen().toString();
            assertThat(left).contains("Which profile: staging").doesNotContain("Enter takes");
            both.terminal().setSize(Size.of(60, 20));
            screen.draw();
            both.terminal().flush();
            assertThat(both.screen().toString()).isEqualTo(left);
        }
    }
}
