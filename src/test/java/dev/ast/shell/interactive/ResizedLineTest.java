package dev.ast.shell.interactive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ast.app.ProgramCatalog;
import dev.ast.command.Values;
import dev.ast.shell.completion.LineCompleter;
import dev.ast.shell.completion.Proposal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jline.reader.LineReader;
import org.jline.reader.LineReader.Option;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal.Signal;
import org.jline.terminal.impl.LineDisciplineTerminal;
import org.jline.utils.AttributedString;
import org.jline.utils.ScreenTerminal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The window changes its size while a line is typed that has a list and a bar below it. */
@Timeout(60)
class ResizedLineTest {
    private static final List<Size> SIZES =
            List.of(Size.of(60, 14), Size.of(80, 24), Size.of(61, 24), Size.of(100, 30), Size.of(70, 14));
    private static final int ROUNDS = 40;
    private static final Duration POLL = Duration.ofMillis(2);
    private static final Duration SETTLED = Duration.ofMillis(400);

    private ScreenTerminal screen;
    private LineDisciplineTerminal terminal;
    private TypedLineReader reader;

    @BeforeEach
    void open() throws IOException {
        ScreenTerminal.VirtualTerminal both = ScreenTerminal.withTerminal("test", "xterm-256color", 80, 24);
        screen = both.screen();
        terminal = both.terminal();
        LineCompleter completer = new LineCompleter(
                ProgramCatalog.create(),
                (kind, typed, profile) -> kind == Values.Kind.PROFILE
                        ? List.of(new Proposal("production-eu", "ada@example.com"))
                        : List.of());
        reader = new TypedLineReader(terminal, Looks.PLAIN);
        reader.setParser(new WordParser());
        reader.setCompleter(new TabCompleter(() -> completer));
        reader.setVariable(LineReader.BELL_STYLE, "none");
        reader.option(Option.AUTO_LIST, true);
        reader.option(Option.AUTO_MENU, true);
        reader.showBelow(size -> Optional.of(new AttributedString("=".repeat(size.getColumns() - 1))));
        reader.suggestBelow(new Suggestions(() -> true, () -> completer, Looks.PLAIN));
    }

    @AfterEach
    void close() throws IOException {
        terminal.close();
    }

    private void press(String keys) throws IOException {
        terminal.processInputBytes(keys.getBytes(StandardCharsets.UTF_8));
    }

    private List<String> rows() {
        return screen.toString().lines().map(String::stripTrailing).toList();
    }

    /** What is on the screen but empty rows: the output before the line, the line, what is below it. */
    private void awaitScreen(String what, int columns, String... above) {
        List<String> expected = new ArrayList<>(List.of(above));
        expected.add("=".repeat(columns - 1));
        await().atMost(Duration.ofSeconds(10))
                .pollInterval(POLL)
                .untilAsserted(() -> assertThat(rows().stream().filter(row -> !row.isEmpty()))
                        .as(what)
                        .isEqualTo(expected));
    }

    private void type(int columns) throws IOException {
        press("\u0015profile use prod");
        awaitScreen("typed", columns, "output", "ast> profile use prod", "  production-eu  ada@example.com");
    }

    private CompletableFuture<String> reading() {
        terminal.writer().println("output");
        CompletableFuture<String> line = CompletableFuture.supplyAsync(() -> PatientReader.read(reader, "ast> ", null));
        awaitScreen("begun", 80, "output", "ast>");
        return line;
    }

    private void assertEnds(CompletableFuture<String> line) throws Exception {
        press("\r");
        assertThat(line.get(30, TimeUnit.SECONDS).strip()).isEqualTo("profile use production-eu");
    }

    @Test
    void theLineStaysWhereTabTakesTheNewSizeBeforeTheSignalComes() throws Exception {
        CompletableFuture<String> line = reading();
        int columns = 80;
        for (int round = 0; round < ROUNDS; round++) {
            type(columns);
            Size size = SIZES.get(round % SIZES.size());
            columns = size.getColumns();
            screen.setSize(size);
            terminal.setSize(size);
            press("\t");
            awaitScreen("round " + round, columns, "output", "ast> profile use production-eu");
            terminal.raise(Signal.WINCH);
        }
        await().pollDelay(SETTLED).until(() -> true);
        awaitScreen("at last", columns, "output", "ast> profile use production-eu");
        assertEnds(line);
    }

    @Test
    void theLineStaysWhereTheWindowIsNarrowerThanTheProgramKnows() throws Exception {
        CompletableFuture<String> line = reading();
        for (int round = 0; round < ROUNDS; round++) {
            type(80);
            screen.setSize(Size.of(60, 24));
            press("\t");
            await().pollInterval(POLL).until(() -> rows().contains("ast> profile use production-eu"));
            terminal.setSize(Size.of(60, 24));
            terminal.raise(Signal.WINCH);
            awaitScreen("round " + round, 60, "output", "ast> profile use production-eu");
            screen.setSize(Size.of(80, 24));
            terminal.setSize(Size.of(80, 24));
            terminal.raise(Signal.WINCH);
        }
        await().pollDelay(SETTLED).until(() -> true);
        awaitScreen("at last", 80, "output", "ast> profile use production-eu");
        assertEnds(line);
    }
}
