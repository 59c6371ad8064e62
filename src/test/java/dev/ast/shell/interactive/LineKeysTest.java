package dev.ast.shell.interactive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jline.reader.LineReader;
import org.jline.reader.impl.history.DefaultHistory;
import org.jline.terminal.Size;
import org.jline.terminal.impl.LineDisciplineTerminal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the keys of many terminals do to the line. {@code ^} stands for Escape. */
@Timeout(60)
class LineKeysTest {
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
        await().until(() -> written.toString(StandardCharsets.UTF_8).contains("ast> "));
        terminal.processInputBytes((keys.replace('^', '\u001b') + "\r").getBytes(StandardCharsets.UTF_8));
        return line.get(30, TimeUnit.SECONDS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"^[H", "^OH", "^[1~", "^[7~", "^[1;5H", "^[1;2H", "^[7@", "^[7$", "^^[1~", "\u0001"})
    void home(String key) throws Exception {
        assertThat(line("two words" + key + "X")).isEqualTo("Xtwo words");
    }

    @ParameterizedTest
    @ValueSource(strings = {"^[F", "^OF", "^[4~", "^[8~", "^[1;5F", "^[8$", "^^[4~"})
    void end(String key) throws Exception {
        assertThat(line("two words^[H" + key + "X")).isEqualTo("two wordsX");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "^[1;3D", "^[1;5D", "^[1;9D", "^[1;6D", "^O1;5D", "^[5D", "^O5D", "^Od", "^^[D", "^^OD", "^^[d", "^b"
            })
    void leftByWord(String key) throws Exception {
        assertThat(line("two words" + key + "X")).isEqualTo("two Xwords");
    }

    @ParameterizedTest
    @ValueSource(strings = {"^[1;3C", "^[1;5C", "^[1;9C", "^O1;5C", "^[5C", "^O5C", "^Oc", "^^[C", "^^OC", "^f"})
    void rightByWord(String key) throws Exception {
        assertThat(line("two words^[H" + key + "X")).isEqualTo("two Xwords");
    }

    @ParameterizedTest
    @ValueSource(strings = {"^[D", "^OD", "^[1;2D", "^[d"})
    void left(String key) throws Exception {
        assertThat(line("two words" + key + "X")).isEqualTo("two wordXs");
    }

    @ParameterizedTest
    @ValueSource(strings = {"^[3~", "^[3$", "^[3;2~", "\u0004"})
    void delete(String key) throws Exception {
        assertThat(line("two words^[H" + key)).isEqualTo("wo words");
    }

    @ParameterizedTest
    @ValueSource(strings = {"^[3;5~", "^[3;3~", "^[3@", "^^[3~", "^d"})
    void deleteWord(String key) throws Exception {
        assertThat(line("two words^[H" + key)).isEqualTo(" words");
    }

    @ParameterizedTest
    @ValueSource(strings = {"^[A", "^OA", "^[1;5A", "^[1;2A", "^Oa", "^^[A", "^[5~", "^[5;5~"})
    void earlierLines(String key) throws Exception {
        DefaultHistory history = new DefaultHistory(reader);
        history.add("earlier");
        reader.setHistory(history);

        assertThat(line(key)).isEqualTo("earlier");
    }

    @Test
    void aKeypadInApplicationModeTypesItsDigits() throws Exception {
        assertThat(line("^Oq^Or^On^Op^Ok")).isEqualTo("12.0+");
    }

    @Test
    void insertTogglesOverwriting() throws Exception {
        assertThat(line("alpha^[H^[2~XY")).isEqualTo("XYpha");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "^[99~", // no key
                "^[1;99Q",
                "^[25;5~", // F13 with Ctrl
                "^[[A", // F1 of the Linux console
                "^[15;2~",
                "^[<0;10;10M", // mouse
                "^[M !!",
                "^[I", // focus
                "^[O",
                "^[27;5;13~", // modifyOtherKeys
                "^[97;9u", // kitty
                "^[97;5:3u",
                "^[?1;2c", // reports
                "^[10;10R",
                "^[?2026;2$y",
                "^Oz",
                "^O5P",
                "^]11;rgb:0000/0000/0000\u0007",
                "^]11;rgb:0000/0000/0000^\\",
                "^P1+r544e=787465726d^\\",
                "^_Gi=31;OK^\\",
                "^Xstart^\\",
                "^^[99~",
                "^Z", // Alt with a letter that means nothing
                "^z",
                "^é",
                "\u001c" // Ctrl-\
            })
    void whatIsUnknownDoesNothing(String key) throws Exception {
        assertThat(line("alpha" + key + "beta")).isEqualTo("alphabeta");
    }

    @Test
    void pastedTextIsTaken() throws Exception {
        assertThat(line("a^[200~b c^[201~d")).isEqualTo("ab cd");
    }

    @Test
    void anEscapeKeyAloneDoesNothing() throws Exception {
        CompletableFuture<String> line = CompletableFuture.supplyAsync(() -> PatientReader.read(reader, "ast> ", null));
        await().until(() -> written.toString(StandardCharsets.UTF_8).contains("ast> "));
        terminal.processInputBytes("alpha\u001b".getBytes(StandardCharsets.UTF_8));
        // Longer than a terminal takes for the rest of a sequence.
        await().pollDelay(1, TimeUnit.SECONDS).until(() -> true);
        terminal.processInputBytes("[beta\r".getBytes(StandardCharsets.UTF_8));

        assertThat(line.get(30, TimeUnit.SECONDS)).isEqualTo("alpha[beta");
    }

    @Test
    void whatIsUnknownEndsNoSearch() throws Exception {
        DefaultHistory history = new DefaultHistory(reader);
        history.add("profile use production");
        history.add("whoami");
        reader.setHistory(history);

        assertThat(line("\u0012prod^[57358u^[99~u^[99~ct")).isEqualTo("profile use production");
    }
}
