package dev.ast.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.ast.json.Json.NotJson;
import dev.ast.support.Case;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
    private static final String OBJECT = "{\"name\":\"canary \u00e4\u20ac\"}";

    @Test
    void aTextIsIndentedAndKeepsItsValues() {
        assertThat(Json.indented("{\"a\":{},\"b\":[1,2.50,[],{\"c\":null}],\"d\":\"x\\\"{ü/\",\"e\":-1E+400}", "\t"))
                .isEqualTo("""
                        {
                        \t"a": {},
                        \t"b": [
                        \t\t1,
                        \t\t2.50,
                        \t\t[],
                        \t\t{
                        \t\t\t"c": null
                        \t\t}
                        \t],
                        \t"d": "x\\"{ü/",
                        \t"e": -1E+400
                        }""");
    }

    @Test
    @Case("B06")
    void utf8IsReadWithAByteOrderMarkAndWithout() {
        assertThat(Json.readObject(OBJECT.getBytes(StandardCharsets.UTF_8)).text("name"))
                .contains("canary \u00e4\u20ac");
        assertThat(Json.readObject(("\ufeff" + OBJECT).getBytes(StandardCharsets.UTF_8))
                        .text("name"))
                .contains("canary \u00e4\u20ac");
    }

    @ParameterizedTest
    @Case("B06")
    @ValueSource(strings = {"UTF-16", "UTF-16LE", "UTF-16BE", "x-UTF-16LE-BOM", "UTF-32", "UTF-32LE", "UTF-32BE"})
    void anotherEncodingOfUnicodeIsRefused(String charset) {
        byte[] bytes = OBJECT.getBytes(Charset.forName(charset));
        assertThatExceptionOfType(NotJson.class).isThrownBy(() -> Json.read(bytes));
        assertThat(Json.tryObject(bytes)).isEmpty();
    }

    @Test
    @Case("B06")
    void bytesThatAreNoUtf8AreRefused() {
        assertThat(Json.tryObject(OBJECT.getBytes(StandardCharsets.ISO_8859_1))).isEmpty();
        assertThat(LocalJson.tryObject(OBJECT.getBytes(StandardCharsets.ISO_8859_1)))
                .isEmpty();
    }

    @ParameterizedTest
    @Case("B06")
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "{\"a\":\"canary",
                "{\"a\":1,\"a\":2}",
                "{\"a\":{\"b\":1,\"b\":1}}",
                "{} {}",
                "{}canary",
                "<html>canary</html>",
                "{'a':1}",
                "{\"a\":NaN}"
            })
    void whatIsNotJsonIsRefusedByBothReadersWithoutSayingWhatItHolds(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        assertThatExceptionOfType(NotJson.class)
                .isThrownBy(() -> Json.readObject(bytes))
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("canary"));
        assertThatExceptionOfType(NotJson.class)
                .isThrownBy(() -> LocalJson.readObject(bytes))
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("canary"));
    }
}
