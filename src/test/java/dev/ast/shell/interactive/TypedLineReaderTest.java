package dev.ast.shell.interactive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ast.support.Case;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jline.reader.LineReader;
import org.jline.reader.impl.history.DefaultHistory;
import org.jline.terminal.Size;
import org.jline.terminal.impl.LineDisciplineTerminal;
import org.jline.widget.AutosuggestionWidgets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Hostile text in the line: what the terminal gets of it, and what the line holds. */
@Timeout(60)
class TypedLineReaderTest {
    private static final String TITLE = "\u001b]0;X\u0007";
    private static final String CLEAR = "\u001b[2J";
    private static final String C1 = "\u009b2J";
    private static final String BIDI = "\u202e";

    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private LineDisciplineTerminal terminal;
    private TypedLineReader reader;

    @BeforeEach
    void open() throws IOException {
        terminal = new LineDisciplineTerminal("test", "xterm-256color", written, StandardCharsets.UTF_8);
        terminal.setSize(Size.of(80, 24));
        reader = new TypedLineReader(terminal, Looks.PLAIN);
        reader.setVariable(LineReader.BELL_STYLE, "none");
    }

    @AfterEach
    void close() throws IOException {
        terminal.close();
    }

    /** What is entered after these keys. */
    private String line(String keys) throws Exception {
        CompletableFuture<String> line = CompletableFuture.supplyAsync(() -> PatientReader.read(reader, "ast> ", null));
        // Before that the terminal itself would show them, as the system's does: by their names.
        await().until(() -> screen().contains("ast> "));
        terminal.processInputBytes((keys + "\r").getBytes(StandardCharsets.UTF_8));
        return line.get(30, TimeUnit.SECONDS);
    }

    private String screen() {
        return written.toString(StandardCharsets.UTF_8).replaceAll("\u001b\\[[0-9;]*m", ""); // without styles
    }

    private void assertHarmless() {
        assertThat(screen()).doesNotContain(TITLE, CLEAR, C1, BIDI, "\u0007");
        assertThat(screen()).contains("^[]0;X^G", "^[[2J", "\\x9b2J", "\\u202e");
    }

    private static String pasted(String text) {
        return "\u001b[200~" + text + "\u001b[201~";
    }

    @Test
    @Case("G01")
    void pastedTextIsShownWithItsControlCharactersVisible() throws Exception {
        String hostile = "a" + TITLE + "b" + CLEAR + "c" + C1 + "d" + BIDI + "e";
        assertThat(line(pasted(hostile))).isEqualTo(hostile);
        assertHarmless();
    }

    @Test
    @Case("G01")
    void soIsWhatIsRecalled() throws Exception {
        String hostile = "a" + TITLE + "b" + CLEAR + "c" + C1 + "d" + BIDI + "e";
        DefaultHistory history = new DefaultHistory(reader);
        history.add(hostile);
        reader.setHistory(history);
        assertThat(line("\u001bOA")).isEqualTo(hostile);
        assertHarmless();
    }

    @Test
    @Case("G01")
    void soIsWhatIsSuggested() throws Exception {
        DefaultHistory history = new DefaultHistory(reader);
        history.add("whoami a" + TITLE + "b" + CLEAR + "c" + C1 + "d" + BIDI + "e");
        reader.setHistory(history);
        new AutosuggestionWidgets(reader).enable();
        assertThat(line("who")).isEqualTo("who");
        assertHarmless();
    }

    @Test
    void theCursorIsWhereTheNextCharacterIsShown() throws Exception {
        // Back over the last letter, and one more typed before it.
        assertThat(line(pasted("a\u001bz") + "\u001bODy")).isEqualTo("a\u001byz");
        assertThat(screen()).contains("a^[z\b\u001b[1@y").doesNotContain("a\u001bz");
    }
}
