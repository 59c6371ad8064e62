package dev.ast.output;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ast.support.RecordedScreen;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PageTest {
    private final RecordedScreen pipe = RecordedScreen.piped();
    private final RecordedScreen terminal = RecordedScreen.terminal();

    @Test
    void alignsNeighbouringFields() {
        Page page = new Page(pipe.screen(), Coloring.AUTO);
        page.line("default *  astropods  https://api.example.com")
                .field("Logged in as", "Ada Lovelace <ada@example.com>")
                .field("Account", Optional.of("ada"))
                .field("Organization", Optional.empty())
                .field("Session expires", "2026-12-16 14:30:00 +01:00")
                .line("next")
                .field("A", "b")
                .end();
        assertThat(pipe.out()).isEqualTo("""
                        default *  astropods  https://api.example.com
                          Logged in as:     Ada Lovelace <ada@example.com>
                          Account:          ada
                          Session expires:  2026-12-16 14:30:00 +01:00
                        next
                          A:  b
                        """);
    }

    @Test
    void breaksWhatWasDoneAtSpacesOnATerminalOnly() {
        String words = "word ".repeat(16) + "end";
        new Page(terminal.screen(), Coloring.NEVER).done(words).end();
        assertThat(terminal.out()).isEqualTo("✓ " + "word ".repeat(14) + "word\n  word end\n");
        new Page(pipe.screen(), Coloring.NEVER).done(words).end();
        assertThat(pipe.out()).isEqualTo(words + "\n");
    }

    @Test
    void alignsTablesByWhatIsSeen() {
        new Page(pipe.screen(), Coloring.AUTO)
                .table(
                        List.of("NAME", "SERVER"),
                        List.of(List.of("日本", "https://a"), List.of("e\u0301t\u0007", "https://b")));
        assertThat(pipe.out()).isEqualTo("NAME    SERVER\n日本    https://a\ne\u0301t\\x07  https://b\n");
    }

    @Test
    void shortensLongCellsInTheMiddleOnATerminalOnly() {
        List<List<String>> rows = List.of(List.of("a", "x".repeat(200)), List.of("b", "字".repeat(60)));
        new Page(terminal.screen(), Coloring.NEVER).table(List.of("N", "V"), rows);
        List<String> lines = terminal.out().lines().toList();
        assertThat(lines.get(1)).isEqualTo("a  " + "x".repeat(37) + "…" + "x".repeat(38));
        assertThat(lines.get(2)).isEqualTo("b  " + "字".repeat(18) + "…" + "字".repeat(19));

        new Page(pipe.screen(), Coloring.NEVER).table(List.of(), rows);
        assertThat(pipe.out()).isEqualTo("a  " + "x".repeat(200) + "\nb  " + "字".repeat(60) + "\n");
    }

    @Test
    void colorsAroundVisibleTextOnly() {
        new Page(terminal.screen(), Coloring.AUTO)
                .line("it is ", Tone.BAD.of("over\u001b[0m"), ".")
                .done("done");
        assertThat(terminal.out()).isEqualTo("it is \u001b[31mover\\x1b[0m\u001b[0m.\n\u001b[32m✓\u001b[0m done\n");

        new Page(pipe.screen(), Coloring.AUTO).line(Tone.BAD.of("over")).done("done");
        assertThat(pipe.out()).isEqualTo("over\ndone\n");
    }

    @Test
    void wrapsExplanationsUnderOneAnother() {
        Map<String, String> terms = new LinkedHashMap<>();
        terms.put("short", "word ".repeat(20));
        terms.put("a-term-that-is-wider-than-the-column", "beside nothing");
        new Page(pipe.screen(), Coloring.AUTO).terms(terms).paragraph("one\n" + "two ".repeat(25));
        String words = "word ".repeat(14).strip();
        assertThat(pipe.out())
                .isEqualTo("  short  " + words + "\n         "
                        + "word ".repeat(6).strip()
                        + "\n  a-term-that-is-wider-than-the-column\n         beside nothing\none\n"
                        + "two ".repeat(20).strip() + "\n" + "two ".repeat(5).strip() + "\n");
    }

    @Test
    void writesExactTextsAsTheyAre() {
        new Page(pipe.screen(), Coloring.AUTO).exact("a\u202eb\n");
        assertThat(pipe.out()).isEqualTo("a\u202eb\n");
    }
}
