package dev.ast.output;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ast.host.Environment;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How text becomes lines of a terminal's width. */
class WrappingTest {
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final AtomicInteger width = new AtomicInteger(80);

    private Screen screen() {
        return new Screen(
                written, written, Environment.of(Map.of("LANG", "C.UTF-8", "TERM", "xterm")), "012", width::get);
    }

    private List<String> lines(Screen screen) {
        screen.flush();
        return written.toString(StandardCharsets.UTF_8).lines().toList();
    }

    @Test
    void breaksBetweenWordsAndKeepsTheSpacesThatStay() {
        assertThat(Wrapping.fit("default *  sandbox  http://host", 20, 2))
                .containsExactly("default *  sandbox", "  http://host");
        assertThat(Wrapping.fit("fits  as it is", 20, 2)).containsExactly("fits  as it is");
        assertThat(Wrapping.fit("https://a-word-that-is-wider.example.com/x then more", 20, 4))
                .containsExactly("https://a-word-that-is-wider.example.com/x", "    then more");
        assertThat(Wrapping.fit("\u001b[31mred word\u001b[0m and more", 12, 0))
                .containsExactly("\u001b[31mred word\u001b[0m and", "more");
    }

    @ParameterizedTest
    @CsvSource({
        "production-eu, 13, production-eu",
        "production-eu, 8, pro…n-eu",
        "production-eu, 3, p…u",
        "漢漢漢漢漢, 6, 漢…漢"
    })
    void shortensInTheMiddle(String text, int columns, String shown) {
        assertThat(Columns.middle(text, columns)).isEqualTo(shown);
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 80, 60, 40, 24})
    void everyScreenFits(int columns) {
        width.set(columns);
        Screen screen = screen();
        Page page = new Page(screen, Coloring.NEVER);
        page.table(
                List.of("", "NAME", "PROVIDER", "SIGNED IN AS", "SERVER"),
                List.of(
                        List.of("*", "production-europe-west", "oidc", "ada@example.com", "https://api.example.com"),
                        List.of(" ", "p".repeat(62), "astronomer-private-cloud", "signed out", "-")));
        page.field("Session expires", "when the server ends it (access token 42 min, renewed automatically)")
                .field("Account", "ada")
                .line("The server did not revoke the tokens: it cannot be reached at this moment, sorry for that")
                .terms(Map.of("-o, --output FORMAT", "Write results as text, json or yaml, whichever is wanted"));
        page.end();
        assertThat(lines(screen))
                .allSatisfy(line -> assertThat(Columns.of(line)).isLessThanOrEqualTo(columns));
    }

    @Test
    void aNarrowTableBecomesRecords() {
        width.set(40);
        Screen screen = screen();
        new Page(screen, Coloring.NEVER)
                .table(
                        List.of("", "NAME", "PROVIDER", "SIGNED IN AS", "SERVER"),
                        List.of(List.of(
                                "*", "production-eu", "astronomer", "ada@example.com", "https://api.example.com")))
                .end();
        assertThat(lines(screen))
                .containsExactly(
                        "* production-eu",
                        "  provider:      astronomer",
                        "  signed in as:  ada@example.com",
                        "  server:        https://api.example.com");
    }

    @Test
    void theWidthIsAskedEachTime() {
        Screen screen = screen();
        assertThat(screen.width()).isEqualTo(80);
        width.set(44);
        assertThat(screen.width()).isEqualTo(44);
        screen.enterShell(() -> 120);
        assertThat(screen.width()).isEqualTo(120);
    }

    @Test
    void inTheShellCommandsAreWrittenWithoutTheProgram() {
        Screen screen = screen();
        assertThat(screen.typed("start again: ast login")).isEqualTo("start again: ast login");
        screen.enterShell(() -> 80);
        assertThat(screen.typed("ast login --profile x")).isEqualTo("login --profile x");
        assertThat(screen.typed("start again: ast login")).isEqualTo("start again: login");
        assertThat(screen.typed("first 3, … (ast context list)")).isEqualTo("first 3, … (context list)");
        assertThat(screen.typed("pipe one: … | ast login --with-token"))
                .isEqualTo("pipe one: … | ast login --with-token");
        assertThat(screen.typed("update ast, or move the file aside")).isEqualTo("update ast, or move the file aside");
        assertThat(screen.typed("at least that")).isEqualTo("at least that");
    }
}
