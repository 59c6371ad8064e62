package dev.ast.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The grammar of RFC 8259: what it accepts, what it refuses, and what it leaves to a reader. */
class LocalJsonTest {
    private static @Nullable Object value(String json) {
        return LocalJson.readObject(("{\"v\":" + json + "}").getBytes(StandardCharsets.UTF_8))
                .get("v");
    }

    @Test
    void numbers() {
        assertThat(value("0")).isEqualTo(0L);
        assertThat(value("-0")).isEqualTo(0L);
        assertThat(value("10")).isEqualTo(10L);
        assertThat(value("-1")).isEqualTo(-1L);
        assertThat(value("123456789012345678")).isEqualTo(123456789012345678L);
        assertThat(value("99999999999999999")).isEqualTo(99999999999999999L);
        assertThat(value("1234567890123456789")).isEqualTo(new BigDecimal("1234567890123456789"));
        assertThat(value("0.5")).isEqualTo(new BigDecimal("0.5"));
        assertThat(value("-0.50")).isEqualTo(new BigDecimal("-0.50"));
        assertThat(value("1e3")).isEqualTo(new BigDecimal("1e3"));
        assertThat(value("1E+3")).isEqualTo(new BigDecimal("1E+3"));
        assertThat(value("1.5e-3")).isEqualTo(new BigDecimal("1.5e-3"));
        assertThat(value("0e0")).isEqualTo(new BigDecimal("0e0"));
        assertThat(value("1".repeat(100))).isEqualTo(new BigDecimal("1".repeat(100)));
    }

    @Test
    void words() {
        assertThat(value("true")).isEqualTo(true);
        assertThat(value("false")).isEqualTo(false);
        assertThat(value("null")).isNull();
    }

    @Test
    void strings() {
        assertThat(value("\"\"")).isEqualTo("");
        assertThat(value("\"a b\"")).isEqualTo("a b");
        assertThat(value("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"")).isEqualTo("\"\\/\b\f\n\r\t");
        assertThat(value("\"\\u0041\\u00e9\\u20AC\"")).isEqualTo("Aé€");
        assertThat(value("\"\\u000a\\u0000\"")).isEqualTo("\n\0");
        assertThat(value("\"\\ud83d\\uDE00\"")).isEqualTo("😀");
        assertThat(value("\"é€😀\"")).isEqualTo("é€😀");
        assertThat(value("\"\u007f\u2028\u2029\"")).isEqualTo("\u007f\u2028\u2029");
        assertThat(value("\"// no /* comment */\"")).isEqualTo("// no /* comment */");
    }

    @Test
    void arraysAndObjects() {
        assertThat(value("[]")).isEqualTo(List.of());
        assertThat(value("[ 1 , [ ] ,\"x\" ]")).isEqualTo(List.of(1L, List.of(), "x"));
        assertThat(value("[null]")).isEqualTo(Arrays.asList((Object) null));
        assertThat(value("{}")).isEqualTo(Map.of());
        assertThat(value("{\"\":1,\"a\":{\"b\":[]}}")).isEqualTo(Map.of("", 1L, "a", Map.of("b", List.of())));
        assertThat(value(" \t\r\n1 \t\r\n")).isEqualTo(1L);
    }

    @Test
    void membersKeepTheirOrder() {
        assertThat(LocalJson.readObject("{\"z\":1,\"a\":2,\"m\":3}".getBytes(StandardCharsets.UTF_8))
                        .members()
                        .keySet())
                .containsExactly("z", "a", "m");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // Numbers.
                "+1",
                "01",
                "-01",
                "-",
                "--1",
                ".5",
                "1.",
                "-.5",
                "1.e1",
                "1e",
                "1e+",
                "1E-",
                "1e1.5",
                "0x1",
                "1_000",
                "1,000",
                "NaN",
                "Infinity",
                "-Infinity",
                "１",
                "1a",
                "0 1",
                "1 000",
                "- 1",
                "1 .5",
                // Words.
                "True",
                "FALSE",
                "nul",
                "nulls",
                "undefined",
                "t",
                "yes",
                // Strings.
                "'a'",
                "\"a",
                "a\"",
                "\"",
                "\"\\\"",
                "\"\\x41\"",
                "\"\\u12\"",
                "\"\\u12G4\"",
                "\"\\uＡ000\"",
                "\"\\a\"",
                "\"\\0\"",
                "\"\\U0041\"",
                "\"a\nb\"",
                "\"a\tb\"",
                "\"a\u0000b\"",
                "\"\\\n\"",
                "\"\\u-123\"",
                "\"\\ud83d\\u\"",
                "abc",
                // Arrays and objects.
                "[",
                "]",
                "[1",
                "[1,",
                "[1,]",
                "[,1]",
                "[,]",
                "[1 2]",
                "[1;2]",
                "[1}",
                "[\"a\"",
                "{",
                "{\"a\"",
                "{\"a\":",
                "{\"a\":1",
                "{\"a\":1,",
                "{\"a\":1,}",
                "{,}",
                "{\"a\"}",
                "{a:1}",
                "{1:1}",
                "{'a':1}",
                "{\"a\" 1}",
                "{\"a\":1 \"b\":2}",
                "{\"a\":1]",
                "{\"a\",\"b\"}",
                "{null:1}",
                "[1]]",
                "{\"a\"::1}",
                "[[[[",
                // What is not white space here, comments, nothing.
                "",
                " ",
                "\f1",
                "\u000b1",
                "\u00a01",
                "\u20281",
                "1//",
                "/* */1",
                "#1",
                "1\u0000",
                "\ufeff1",
                "<!--1",
                "*",
                "&"
            })
    void refuses(String json) {
        assertThatThrownBy(() -> value(json)).isInstanceOf(Json.NotJson.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "1", "null", "\"a\"", "[]", "[{}]", "{}{}", "{},", "{} x", "{}\u0000", "\u0000{}"})
    void aDocumentIsOneObject(String json) {
        assertThatThrownBy(() -> LocalJson.readObject(json.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(Json.NotJson.class);
        assertThat(LocalJson.tryObject(json.getBytes(StandardCharsets.UTF_8))).isEmpty();
    }

    /** What RFC 8259 leaves open: here it is taken. */
    @Test
    void takesWhatMayBeTaken() {
        assertThat(LocalJson.readObject("\ufeff{}".getBytes(StandardCharsets.UTF_8))
                        .members())
                .isEmpty();
        assertThat(value("\"\\ud83d\"")).isEqualTo("\ud83d");
        assertThat(value("\"\\udE00x\"")).isEqualTo("\ude00x");
        assertThat(value("1e400")).isEqualTo(new BigDecimal("1e400"));
        assertThat(value("-1e-400")).isEqualTo(new BigDecimal("-1e-400"));
        assertThat(value("[".repeat(64) + "]".repeat(64))).isInstanceOf(List.class);
        assertThat(value("\"\ufffd\"")).isEqualTo("\ufffd");
    }

    /** What RFC 8259 leaves open: here it is refused. */
    @ParameterizedTest
    @ValueSource(strings = {"{\"a\":1,\"a\":1}", "{\"a\":1,\"\\u0061\":2}", "1e99999999999", "1e-99999999999"})
    void refusesWhatMayBeRefused(String json) {
        assertThatThrownBy(() -> value(json)).isInstanceOf(Json.NotJson.class);
    }

    @Test
    void limits() {
        assertThatThrownBy(() -> value("[".repeat(65) + "]".repeat(65))).isInstanceOf(Json.NotJson.class);
        assertThatThrownBy(() -> value("{\"a\":".repeat(65) + "1" + "}".repeat(65)))
                .isInstanceOf(Json.NotJson.class);
        assertThatThrownBy(() -> value("[".repeat(100_000))).isInstanceOf(Json.NotJson.class);
        assertThatThrownBy(() -> value("1".repeat(101))).isInstanceOf(Json.NotJson.class);
    }

    @Test
    void bytesAreUtf8() {
        for (byte[] bytes : List.of(
                bytes(0xff),
                bytes(0xc3),
                bytes(0xc0, 0xaf),
                bytes(0xed, 0xa0, 0x80),
                bytes(0xf4, 0x90, 0x80, 0x80),
                bytes(0xe9),
                bytes(0x80))) {
            byte[] json = "{\"v\":\"....\"}".getBytes(StandardCharsets.US_ASCII);
            byte[] broken = Arrays.copyOf(json, json.length);
            System.arraycopy(bytes, 0, broken, 6, bytes.length);
            assertThatThrownBy(() -> LocalJson.readObject(broken))
                    .as(Arrays.toString(bytes))
                    .isInstanceOf(Json.NotJson.class);
        }
        assertThatThrownBy(() -> LocalJson.readObject("{}".getBytes(StandardCharsets.UTF_16)))
                .isInstanceOf(Json.NotJson.class);
    }

    private static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }

    @Test
    void aRefusalSaysWhereAndNeverWhat() {
        assertThatThrownBy(() -> LocalJson.readObject("{\n \"token\": secret\n}".getBytes(StandardCharsets.UTF_8)))
                .hasMessage("not JSON at line 2, column 11");
        assertThatThrownBy(() -> LocalJson.readObject(new byte[0])).hasMessage("empty");
    }

    @Test
    void writesWhatItReads() {
        String json = "{\"a\":[1,-2.5,true,false,null,\"\\\"\\\\\\n\\r\\t\\u0001é😀\\uD83D\"],\"b\":{},\"\":[]}";
        JsonObject read = LocalJson.readObject(json.getBytes(StandardCharsets.UTF_8));
        assertThat(LocalJson.write(read.members())).isEqualTo(json);
        assertThat(LocalJson.write("\ude00\ud83dx\ud83d\ude00")).isEqualTo("\"\\uDE00\\uD83Dx😀\"");
        assertThat(LocalJson.write("\u001f\u007f/")).isEqualTo("\"\\u001F\u007f/\"");
    }
}
