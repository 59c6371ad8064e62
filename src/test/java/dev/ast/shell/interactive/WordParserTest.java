package dev.ast.shell.interactive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.jline.reader.CompletingParsedLine;
import org.jline.reader.EOFError;
import org.jline.reader.Parser.ParseContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordParserTest {
    private final WordParser parser = new WordParser();

    private CompletingParsedLine completing(String line) {
        return parser.parse(line, line.length(), ParseContext.COMPLETE);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '~',
            value = {
                "profile use m,      my\\ profile",
                "profile use my\\ p, my\\ profile",
                "profile use 'my,    'my profile'",
                "profile use \"my p, \"my profile\"",
                "profile use ,       my\\ profile"
            })
    void aCompletedWordReadsBackAsTheSame(String line, String inserted) {
        assertThat(completing(line).escape("my profile", true)).hasToString(inserted);
    }

    @Test
    void quotesStayOpenWhileMoreCanFollow() {
        assertThat(completing("use 'm").escape("my", false)).hasToString("'my");
    }

    @Test
    void theWholeWrittenWordIsReplaced() {
        CompletingParsedLine line = completing("profile use my\\ p");

        assertThat(line.rawWordLength()).isEqualTo(5);
        assertThat(line.rawWordCursor()).isEqualTo(5);
        assertThat(line.word()).isEqualTo("my p");
        assertThat(line.wordCursor()).isEqualTo(4);
        assertThat(line.wordIndex()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '~',
            value = {"say 'a, '", "say \"a, \"", "say a\\, \\"})
    void aLineThatIsNotFinishedGoesOn(String line, String missing) {
        assertThatThrownBy(() -> parser.parse(line, line.length(), ParseContext.ACCEPT_LINE))
                .isInstanceOfSatisfying(
                        EOFError.class, e -> assertThat(e.getMissing()).isEqualTo(missing));
    }

    @Test
    void aFinishedLineIsAccepted() {
        assertThat(parser.parse("say 'a b'", 9, ParseContext.ACCEPT_LINE).words())
                .containsExactly("say", "a b");
    }
}
