package dev.ast.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ast.host.Environment;
import dev.ast.support.RecordedScreen;
import java.io.ByteArrayOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.Pipe;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScreenTest {
    private static Screen on(OutputStream out, OutputStream err) {
        return new Screen(out, err, Environment.of(Map.of()), "", () -> 0);
    }

    @Test
    void noticesAFullDisk() throws IOException {
        assumeTrue(Files.exists(Path.of("/dev/full")), "no /dev/full here");
        try (OutputStream full = new FileOutputStream("/dev/full")) {
            Screen screen = on(full, new ByteArrayOutputStream());
            screen.out("result\n");
            assertThatThrownBy(screen::flush)
                    .isInstanceOfSatisfying(
                            LostOutput.class, lost -> assertThat(lost.quiet()).isFalse())
                    .hasMessageStartingWith("cannot write to standard output: ");
            assertThat(screen.lost()).isTrue();
            assertThatThrownBy(() -> screen.out("more")).isInstanceOf(LostOutput.class);
            assertThatThrownBy(() -> screen.out("x".repeat(100_000))).isInstanceOf(LostOutput.class);
        }
    }

    @Test
    void isQuietAboutAReaderThatWentAway() throws IOException {
        Pipe pipe = Pipe.open();
        pipe.source().close();
        try (OutputStream broken = Channels.newOutputStream(pipe.sink())) {
            Screen screen = on(broken, new ByteArrayOutputStream());
            screen.out("result\n");
            assertThatThrownBy(screen::flush)
                    .isInstanceOfSatisfying(
                            LostOutput.class, lost -> assertThat(lost.quiet()).isTrue());
        }
    }

    @Test
    void remembersThatOutputWasLostBeforeAMessage() throws IOException {
        Pipe pipe = Pipe.open();
        pipe.source().close();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        try (OutputStream broken = Channels.newOutputStream(pipe.sink())) {
            Screen screen = on(broken, err);
            screen.out("result\n");
            screen.err("note\n");
            assertThat(err.toString(StandardCharsets.UTF_8)).isEqualTo("note\n");
            assertThatThrownBy(screen::flush).isInstanceOf(LostOutput.class);
        }
    }

    @Test
    void surviesALostStandardError() throws IOException {
        assumeTrue(Files.exists(Path.of("/dev/full")), "no /dev/full here");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (OutputStream full = new FileOutputStream("/dev/full")) {
            Screen screen = on(out, full);
            screen.err("note\n");
            screen.out("result\n");
            screen.flush();
        }
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("result\n");
    }

    @Test
    void keepsOutputBeforeTheMessagesThatFollowIt() {
        ByteArrayOutputStream both = new ByteArrayOutputStream();
        Screen screen = on(both, both);
        screen.out("1\n");
        screen.err("2\n");
        screen.out("3\n");
        screen.flush();
        assertThat(both.toString(StandardCharsets.UTF_8)).isEqualTo("1\n2\n3\n");
    }

    @Test
    void collectsUntilTheRoomIsFullAndStreamsFromThereOn() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Screen screen = on(out, new ByteArrayOutputStream());
        screen.out("é\n");
        assertThat(out.size()).isZero();
        screen.bytes().write(new byte[1_000_000]);
        assertThat(out.size()).isGreaterThan(900_000);
        screen.flush();
        assertThat(out.size()).isEqualTo(1_000_003);
    }

    @ParameterizedTest
    @CsvSource({
        // option, NO_COLOR, CLICOLOR_FORCE, TERM, terminals, expected
        "AUTO,,,xterm,1,true",
        "AUTO,,,xterm,2,false",
        "AUTO,,,dumb,1,false",
        "AUTO,,,,1,false",
        "AUTO,1,,xterm,1,false",
        "AUTO,,1,dumb,'',true",
        "AUTO,,0,xterm,'',false",
        "AUTO,1,1,xterm,1,false",
        "ALWAYS,1,,dumb,'',true",
        "NEVER,,1,xterm,1,false"
    })
    void decidesAboutColors(
            Coloring option, String noColor, String force, String term, String terminals, boolean expected) {
        Map<String, String> variables = new java.util.HashMap<>();
        variables.put("NO_COLOR", noColor == null ? "" : noColor);
        variables.put("CLICOLOR_FORCE", force == null ? "" : force);
        variables.put("TERM", term == null ? "" : term);
        Screen screen = RecordedScreen.with(variables, terminals).screen();
        assertThat(screen.colors(option, Screen.Stream.OUT)).isEqualTo(expected);
    }

    @Test
    void knowsWhichStreamsAreTerminals() {
        Screen screen = RecordedScreen.with(Map.of(), "02").screen();
        assertThat(screen.isTerminal(Screen.Stream.IN)).isTrue();
        assertThat(screen.isTerminal(Screen.Stream.OUT)).isFalse();
        assertThat(screen.isTerminal(Screen.Stream.ERR)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"0,80", "-5,80", "3,20", "120,120"})
    void guardsTheWidth(int columns, int expected) {
        Screen screen = new Screen(
                new ByteArrayOutputStream(), new ByteArrayOutputStream(), Environment.of(Map.of()), "", () -> columns);
        assertThat(screen.width()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"C.UTF-8,,true", "de_DE.utf8,C,true", ",C,false", "C,C.UTF-8,false"})
    void asksTheLocaleForSymbols(String all, String lang, boolean expected) {
        Map<String, String> variables = new java.util.HashMap<>();
        variables.put("LC_ALL", all == null ? "" : all);
        variables.put("LANG", lang == null ? "" : lang);
        assertThat(RecordedScreen.with(variables, "").screen().unicode()).isEqualTo(expected);
    }
}
