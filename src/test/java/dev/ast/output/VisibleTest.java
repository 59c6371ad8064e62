package dev.ast.output;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ast.json.Json;
import dev.ast.json.LocalJson;
import dev.ast.support.Case;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VisibleTest {
    /** A code point as text, so that this file itself holds nothing hidden. */
    private static String of(int... codePoints) {
        return new String(codePoints, 0, codePoints.length);
    }

    @Test
    @Case("G01")
    void escapesWhatATerminalWouldObey() {
        assertThat(Visible.field(of(0x1b) + "]0;title" + of(7))).isEqualTo("\\x1b]0;title\\x07");
        assertThat(Visible.field(of(0x1b) + "]52;c;aGk=" + of(0x1b) + "\\")).isEqualTo("\\x1b]52;c;aGk=\\x1b\\");
        assertThat(Visible.field(of(0x9b) + "2J")).isEqualTo("\\x9b2J");
        assertThat(Visible.field("a\bb\rc\nd\te" + of(0x7f) + of(0))).isEqualTo("a\\x08b\\rc\\nd\\te\\x7f\\x00");
    }

    @Test
    @Case("G01")
    void escapesWhatReordersOrHides() {
        assertThat(Visible.field("a" + of(0x202e) + "b")).isEqualTo("a\\u202eb");
        assertThat(Visible.field(of(0x2066) + "x" + of(0x2069))).isEqualTo("\\u2066x\\u2069");
        assertThat(Visible.field("pay" + of(0x200b) + "pal" + of(0xfeff))).isEqualTo("pay\\u200bpal\\ufeff");
        assertThat(Visible.field(of(0x2028) + of(0x2029))).isEqualTo("\\u2028\\u2029");
        assertThat(Visible.field(of(0xad) + of(0x3164) + of(0x115f))).isEqualTo("\\xad\\u3164\\u115f");
        assertThat(Visible.field("x" + of(0xe0041))).isEqualTo("x\\u{e0041}");
        assertThat(Visible.field(of(0xfffe) + of(0x1ffff))).isEqualTo("\\ufffe\\u{1ffff}");
        assertThat(Visible.field("lone " + (char) 0xd800)).isEqualTo("lone \\ud800");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Ada Lovelace <ada@example.com>", "Zoë Ångström", "日本語", "🚀", "e\u0301", "C:\\x1b"})
    void leavesOrdinaryTextAsItIs(String text) {
        assertThat(Visible.field(text)).isSameAs(text);
    }

    @Test
    void noHiddenCharacterPassesAnyWay() {
        for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
            if (!Visible.hidden(c)) {
                continue;
            }
            String text = "a" + of(c) + "b";
            assertThat(Visible.field(text)).matches("a\\\\[\\\\nrtxu{}0-9a-f]+b");
            if (c >= 0xd800 && c <= 0xdfff) {
                continue;
            }
            String json = Visible.json(LocalJson.write(text));
            assertThat(json.codePoints()).noneMatch(Visible::hidden);
            assertThat(Json.read(json.getBytes(StandardCharsets.UTF_8))).isEqualTo(text);
        }
    }

    @Test
    void keepsTheLinesOfABlock() {
        assertThat(Visible.lines("a\r\n\tb\rc" + of(0x1b))).isEqualTo("a\n\tb\\rc\\x1b");
    }

    @Test
    void cutsAtALimitButNeverInsideAnEscape() {
        assertThat(Visible.field("abcdef", 6)).isEqualTo("abcdef");
        assertThat(Visible.field("abcdefg", 6)).isEqualTo("abcde…");
        assertThat(Visible.field("abc" + of(0x1b) + "defgh", 6)).isEqualTo("abc…");
        assertThat(Visible.field("abcd🚀efg", 6)).isEqualTo("abcd…");
        assertThat(Visible.field("x".repeat(10_000_000), 100)).hasSize(100);
    }
}
