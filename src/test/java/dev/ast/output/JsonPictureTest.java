package dev.ast.output;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ast.support.RecordedScreen;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonPictureTest {
    private static final String JSON = "{\"a\":[1,true , \"x\\\"y\"],\"b\": {} ,\"c\":[ ],\"d\":{\"e\":-1.50e3}}";

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Raw raw(String text) {
        return target -> {
            for (byte b : bytes(text)) {
                target.write(b);
            }
        };
    }

    private static String shown(RecordedScreen screen, Raw raw, Coloring coloring) {
        new Views(screen.screen(), result -> null).show(raw, Format.TEXT, coloring);
        return screen.out();
    }

    @Test
    void indentsAndKeepsWhatIsWritten() {
        assertThat(JsonPicture.of(bytes(JSON), false)).contains("""
                        {
                          "a": [
                            1,
                            true,
                            "x\\"y"
                          ],
                          "b": {},
                          "c": [],
                          "d": {
                            "e": -1.50e3
                          }
                        }
                        """);
    }

    @Test
    void coloursNamesTextsAndNumbers() {
        assertThat(JsonPicture.of(bytes("{\"a\":[\"b\",2]}"), true))
                .contains(
                        "{\n  \u001b[34m\"a\"\u001b[0m: [\n    \u001b[32m\"b\"\u001b[0m,\n    \u001b[36m2\u001b[0m\n  ]\n}\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "{\"a\":}", "[1] x", "<html>", "{\"a\":1,\"a\":2}"})
    void whatIsNotJsonHasNoPicture(String text) {
        assertThat(JsonPicture.of(bytes(text), false)).isEmpty();
    }

    @Test
    void aTerminalShowsThePictureAndAPipeTheBytes() {
        assertThat(shown(RecordedScreen.terminal(), raw("[\"\u202e\"]"), Coloring.NEVER))
                .isEqualTo("[\n  \"\\u202e\"\n]\n");
        assertThat(shown(RecordedScreen.terminal(), raw("[1]"), Coloring.AUTO)).contains("\u001b[36m1");
        assertThat(shown(RecordedScreen.terminal(), raw("plain {}"), Coloring.AUTO))
                .isEqualTo("plain {}\n");
        assertThat(shown(RecordedScreen.terminal(), raw("{no json\u001b"), Coloring.AUTO))
                .isEqualTo("{no json\\x1b\n");
        assertThat(shown(RecordedScreen.piped(), raw(JSON), Coloring.ALWAYS)).isEqualTo(JSON);
    }

    @Test
    void aLongTextIsNotKeptForAPicture() {
        String text = "[\"" + "x".repeat(5 * 1024 * 1024) + "\"]";
        assertThat(shown(RecordedScreen.terminal(), target -> target.write(bytes(text)), Coloring.AUTO))
                .isEqualTo(text + "\n");
    }

    @Test
    void aTimeIsShownToAPersonWhoWaitedASecond() {
        RecordedScreen terminal = RecordedScreen.terminal();
        Elapsed.print(terminal.screen(), Optional.empty(), Duration.ofMillis(999));
        assertThat(terminal.err()).isEmpty();
        Elapsed.print(terminal.screen(), Optional.empty(), Duration.ofMillis(1940));
        assertThat(terminal.err()).isEqualTo("\u001b[2m1.9 s\u001b[0m\n");
        RecordedScreen piped = RecordedScreen.piped();
        Elapsed.print(piped.screen(), Optional.empty(), Duration.ofSeconds(9));
        assertThat(piped.err()).isEmpty();
    }
}
