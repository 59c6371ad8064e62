package dev.ast.shell.interactive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ast.shell.grammar.Commands;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStyle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandHighlighterTest {
    private static final LineReader READER = LineReaderBuilder.builder().build();
    private static final Map<AttributedStyle, String> MARKS = Map.of(
            AttributedStyle.BOLD, "*",
            CommandHighlighter.WRONG, "!",
            CommandHighlighter.OPTION, "_",
            CommandHighlighter.VALUE, "#",
            CommandHighlighter.QUOTED, "+");

    /**
     * The line with {@code *} around commands, {@code !} around mistakes, {@code _} around options, {@code #} around
     * values and {@code +} around quoted text.
     */
    private static String shown(CommandHighlighter highlighter, String line) {
        AttributedString styled = highlighter.highlight(READER, line);
        StringBuilder text = new StringBuilder();
        String open = "";
        for (int i = 0; i <= styled.length(); i++) {
            AttributedStyle style = i < styled.length() ? styled.styleAt(i) : AttributedStyle.DEFAULT;
            String mark = MARKS.getOrDefault(style, "");
            if (!mark.equals(open)) {
                text.append(open).append(mark);
                open = mark;
            }
            text.append(i < styled.length() ? String.valueOf(styled.charAt(i)) : "");
        }
        return text.toString();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "|",
                "who|who",
                "whoami|*whoami*",
                "whoami -q x|*whoami* _-q_ x",
                "whoami x -q|*whoami* !x! _-q_",
                "profile |*profile* ",
                "profile u|*profile* u",
                "profile -q use prod|*profile* _-q_ *use* prod",
                "-q profile list|_-q_ *profile* *list*",
                "lgoin|lgoin",
                "lgoin --web|!lgoin! --web",
                " \"lgoin\" x| !\"lgoin\"! x",
                "profile xyzzy|*profile* xyzzy",
                "profile xyzzy |*profile* !xyzzy! ",
                "exec -- xyzzy|*exec* _--_ xyzzy",
                "whoami -o json|*whoami* _-o_ #json#",
                "whoami -o jsno|*whoami* _-o_ jsno",
                "whoami -o jsno |*whoami* _-o_ !jsno! ",
                "login --wbe|*login* --wbe",
                "login --wbe |*login* !--wbe! ",
                "api GET '/a b'|*api* #GET# +'/a b'+",
                "me|*me*",
                "me prod -q|*me* prod _-q_",
                "me prod x -q|*me* prod !x! _-q_",
                "-x|-x"
            })
    void commandsAreBoldAndUnknownOnesRed(String line, String expected) {
        CommandHighlighter highlighter = new CommandHighlighter(
                () -> Optional.of(Commands.catalog()),
                words -> words.isEmpty() || !words.get(0).equals("me")
                        ? words
                        : Stream.concat(
                                        Stream.of("profile", "use"),
                                        words.stream().skip(1))
                                .toList());

        assertThat(shown(highlighter, line == null ? "" : line)).isEqualTo(expected == null ? "" : expected);
    }

    @Test
    void nothingChangesWhileTheCommandsAreNotKnown() {
        assertThat(shown(new CommandHighlighter(Optional::empty, words -> words), "lgoin whoami"))
                .isEqualTo("lgoin whoami");
    }
}
