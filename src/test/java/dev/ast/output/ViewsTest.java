package dev.ast.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ast.domain.Exit;
import dev.ast.domain.FailureException;
import dev.ast.domain.Secret;
import dev.ast.json.Json;
import dev.ast.support.Case;
import dev.ast.support.RecordedScreen;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

class ViewsTest {

    record Anything(Object document) {}

    private final RecordedScreen pipe = RecordedScreen.piped();
    private final Views views =
            new Views(pipe.screen(), result -> result instanceof Anything ? new AnythingView() : null);

    private static final class AnythingView implements View<Anything> {
        @Override
        public Object document(Anything result) {
            return result.document();
        }

        @Override
        public void text(Anything result, Page page) {
            page.field("Value", result.document());
        }
    }

    private String shown(Object result, Format format) {
        pipe.clear();
        views.show(result, format, Coloring.AUTO);
        return pipe.out();
    }

    private static Map<String, Object> example() {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("name", "ada\u001b[2J\u202e");
        document.put("email", Optional.empty());
        document.put("expires_at", Instant.parse("2026-12-16T13:30:00.123Z"));
        document.put("organizations", List.of());
        document.put("accounts", Arrays.asList(Map.of("id", 7), null));
        document.put("signed_in", true);
        return document;
    }

    @Test
    @Case("B10")
    void writesJsonOnOneLineThatCannotHarmATerminal() {
        assertThat(shown(new Anything(example()), Format.JSON))
                .isEqualTo("{\"name\":\"ada\\u001B[2J\\u202e\",\"email\":null,\"expires_at\":\"2026-12-16T13:30:00Z\","
                        + "\"organizations\":[],\"accounts\":[{\"id\":7},null],\"signed_in\":true}\n");
    }

    @Test
    void writesYamlInBlocks() {
        assertThat(shown(new Anything(example()), Format.YAML)).isEqualTo("""
                        name: "ada\\e[2J\\u202e"
                        email: null
                        expires_at: "2026-12-16T13:30:00Z"
                        organizations: []
                        accounts:
                        - id: 7
                        - null
                        signed_in: true
                        """);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "yes",
                "NO",
                "null",
                "~",
                "123",
                "0o14",
                "1e3",
                "0x1F",
                ".inf",
                "2026-12-16",
                "12:30:45",
                "a: b",
                "# x",
                "- x",
                "*a",
                "&a",
                "!t",
                "%d",
                "@x",
                "`x",
                "{a",
                "[a",
                "a #b",
                "'",
                "\"",
                "\\",
                "a\nb",
                "\t",
                "é",
                "日本",
                "x ",
                " x",
                "---",
                "...",
                "=",
                "<<",
                "\u202e",
                "\u0085",
                "🚀"
            })
    void textsStayTextsInYaml(String text) {
        String yaml = shown(new Anything(Map.of("v", text)), Format.YAML);
        Map<String, Object> read = new Yaml(new SafeConstructor(new LoaderOptions())).load(yaml);
        assertThat(read).isEqualTo(Map.of("v", text));
        assertThat(yaml.codePoints().filter(c -> c != '\n')).noneMatch(Visible::hidden);
    }

    @Test
    void endsTheFieldsOfATextPage() {
        assertThat(shown(new Anything("x\u001b"), Format.TEXT)).isEqualTo("  Value:  x\\x1b\n");
    }

    @Test
    void refusesATypeWithoutAView() {
        assertThatThrownBy(() -> views.show("text", Format.TEXT, Coloring.AUTO))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void neverPrintsASecretByAccident() {
        assertThatThrownBy(() -> views.show(new Anything(Map.of("t", Secret.of("canary"))), Format.JSON, Coloring.AUTO))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("canary");
    }

    @Test
    void printsPlainTextWithALineEnd() {
        assertThat(shown(new PlainText("a"), Format.TEXT)).isEqualTo("a\n");
        assertThat(shown(new PlainText("a\n"), Format.TEXT)).isEqualTo("a\n");
        assertThat(shown(new PlainText("a\n"), Format.JSON)).isEqualTo("\"a\\n\"\n");
    }

    @Test
    void copiesRawBytesUntouchedIntoAPipe() {
        byte[] bytes = {0, 27, (byte) 0xff, 10, (byte) 0xc3};
        Raw raw = target -> target.write(bytes);
        pipe.clear();
        views.show(raw, Format.JSON, Coloring.AUTO);
        assertThat(pipe.out()).isEqualTo(new String(bytes, StandardCharsets.UTF_8));
    }

    @Test
    void makesRawBytesVisibleOnATerminal() {
        RecordedScreen terminal = RecordedScreen.terminal();
        byte[] bytes = "a\r\nb\tc\rd é 🚀\u001b[2J\n".getBytes(StandardCharsets.UTF_8);
        Raw raw = target -> {
            for (byte b : bytes) {
                target.write(b);
            }
            target.write(new byte[] {(byte) 0xff, 'x', (byte) 0xe2, (byte) 0x82});
        };
        new Views(terminal.screen(), result -> null).show(raw, Format.TEXT, Coloring.AUTO);
        assertThat(terminal.out()).isEqualTo("a\nb\tc\\rd é 🚀\\x1b[2J\n\\xffx\\xe2\\x82\n");
    }

    @Test
    void aSourceThatBreaksOffIsUnreachable() {
        Raw raw = target -> {
            target.write('a');
            throw new IOException("reset");
        };
        assertThatThrownBy(() -> views.show(raw, Format.TEXT, Coloring.AUTO))
                .isInstanceOfSatisfying(
                        FailureException.class,
                        e -> assertThat(e.failure().exit()).isEqualTo(Exit.UNREACHABLE));
        assertThat(pipe.out()).isEqualTo("a");
    }

    @Test
    void showsTheVersion() {
        Version version = new Version("1.2.3", Optional.of("abc1234"), "17.0.1 (Vendor)");
        assertThat(shown(version, Format.TEXT)).isEqualTo("ast 1.2.3 (abc1234), Java 17.0.1 (Vendor)\n");
        assertThat(shown(new Version("1", Optional.empty(), "17"), Format.JSON))
                .isEqualTo("{\"version\":\"1\",\"commit\":null,\"java\":\"17\"}\n");
        assertThat(Json.read(shown(Version.ofBuild(), Format.JSON).getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(Map.class);
    }
}
