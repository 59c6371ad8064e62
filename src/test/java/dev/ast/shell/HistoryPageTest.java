package dev.ast.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ast.shell.HistoryPage.Entry;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HistoryPageTest {
    private static final List<String> LINES = List.of("whoami", "profile use prod", "status", "profile use dev");

    @Test
    void linesAreFilteredAndKeepTheirNumbers() {
        assertThat(HistoryPage.of(LINES, Optional.of("PROFILE"), Optional.empty())
                        .entries())
                .containsExactly(new Entry(2, "profile use prod"), new Entry(4, "profile use dev"));
        assertThat(HistoryPage.of(LINES, Optional.of("profile"), Optional.of(1)).entries())
                .containsExactly(new Entry(4, "profile use dev"));
        assertThat(HistoryPage.of(LINES, Optional.empty(), Optional.of(9)).entries())
                .hasSize(4);
        assertThat(HistoryPage.of(LINES, Optional.empty(), Optional.of(0)).entries())
                .isEmpty();
    }
}
