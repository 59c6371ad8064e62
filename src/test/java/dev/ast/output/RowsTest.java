package dev.ast.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ast.support.RecordedScreen;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RowsTest {
    private static final List<Object> LIST = List.of(
            new TreeMap<>(Map.of("a", "x, \"y\"", "b", Map.of("c", 1))),
            new TreeMap<>(Map.of("a", "=1+1", "d", List.of("e", 2))),
            new TreeMap<>(Collections.singletonMap("a", "\u001b[2J\n")));

    private record Thing(Object document) {}

    private static final class Look implements View<Thing> {
        @Override
        public Object document(Thing result) {
            return result.document;
        }

        @Override
        public void text(Thing result, Page page) {
            page.line("text");
        }
    }

    private static String shown(Object document, List<String> fields, Format format) {
        RecordedScreen screen = RecordedScreen.piped();
        Views views = new Views(screen.screen(), result -> new Look());
        if (fields.isEmpty()) {
            views.show(new Thing(document), format, Coloring.NEVER);
        } else {
            views.show(new Thing(document), fields, format, Coloring.NEVER);
        }
        return screen.out();
    }

    @Test
    void aListIsATableWithAHeader() {
        assertThat(shown(LIST, List.of(), Format.CSV))
                .isEqualTo("a,b.c,d\n\"x, \"\"y\"\"\",1,\n=1+1,,\"[\"\"e\"\",2]\"\n\\x1b[2J\\n,,\n");
        assertThat(shown(List.of("a b", " c"), List.of(), Format.CSV)).isEqualTo("value\na b\n\" c\"\n");
        assertThat(shown(List.of(), List.of(), Format.CSV)).isEqualTo("\n");
    }

    @Test
    void oneDocumentIsNoTable() {
        assertThatThrownBy(() -> shown(Map.of("a", 1), List.of(), Format.CSV)).hasMessageContaining("is no list");
    }

    @Test
    void fieldsAreSelectedInEveryFormat() {
        List<String> fields = Arrays.asList("b.c", "a");
        assertThat(shown(LIST.subList(0, 2), fields, Format.CSV)).isEqualTo("b.c,a\n1,\"x, \"\"y\"\"\"\n,=1+1\n");
        assertThat(shown(LIST.subList(0, 2), fields, Format.JSON))
                .isEqualTo("[{\"b.c\":1,\"a\":\"x, \\\"y\\\"\"},{\"b.c\":null,\"a\":\"=1+1\"}]\n");
        assertThat(shown(LIST.subList(1, 2), List.of("a"), Format.YAML)).isEqualTo("- a: \"=1+1\"\n");
        assertThat(shown(LIST.subList(1, 2), List.of("a"), Format.TEXT)).isEqualTo("A\n=1+1\n");
        assertThat(shown(Map.of("a", 1, "b", 2), List.of("b"), Format.JSON)).isEqualTo("{\"b\":2}\n");
        assertThatThrownBy(() -> shown(LIST, List.of("a", "nope"), Format.JSON))
                .hasMessage("there is no field 'nope'; the fields are a, b.c, d");
    }
}
