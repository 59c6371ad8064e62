package dev.ast.shell.grammar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ast.domain.Exit;
import dev.ast.domain.FailureException;
import dev.ast.shell.grammar.Tokenizer.Kind;
import dev.ast.shell.grammar.Tokenizer.Quote;
import dev.ast.shell.grammar.Tokenizer.Tokens;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenizerTest {

    static Stream<Arguments> lines() {
        return Stream.of(
                Arguments.of("", List.of()),
                Arguments.of("  \t ", List.of()),
                Arguments.of("profile use prod", List.of("profile", "use", "prod")),
                Arguments.of("  a\t\tb  ", List.of("a", "b")),
                Arguments.of("a\r\nb", List.of("a", "b")),
                Arguments.of("'my profile'", List.of("my profile")),
                Arguments.of("\"my profile\"", List.of("my profile")),
                Arguments.of("my\\ profile", List.of("my profile")),
                Arguments.of("a'b c'd\"e f\"g", List.of("ab cde fg")),
                Arguments.of("''", List.of("")),
                Arguments.of("a \"\" b", List.of("a", "", "b")),
                Arguments.of("''''", List.of("")),
                Arguments.of("'a\\nb'", List.of("a\\nb")),
                Arguments.of("\"a\\nb\"", List.of("a\\nb")),
                Arguments.of("\"a\\\"b\\\\c\\$d\\`e\"", List.of("a\"b\\c$d`e")),
                Arguments.of("'it'\\''s'", List.of("it's")),
                Arguments.of("\"it's\"", List.of("it's")),
                Arguments.of("\\a\\'\\\"\\\\", List.of("a'\"\\")),
                Arguments.of("$HOME `id` $(id) * ? ~ {a,b}", List.of("$HOME", "`id`", "$(id)", "*", "?", "~", "{a,b}")),
                Arguments.of("!! !x hi!there", List.of("!!", "!x", "hi!there")),
                Arguments.of("a c#d '#e' \\#f #b '", List.of("a", "c#d", "#e", "#f")),
                Arguments.of("# only", List.of()),
                Arguments.of("a # it's\nb", List.of("a", "b")),
                Arguments.of("a \\\n# b", List.of("a")),
                Arguments.of("a;b|c>d &", List.of("a;b|c>d", "&")),
                Arguments.of("a |b '|' \\> \">\"", List.of("a", "|", "b", "|", ">", ">")),
                Arguments.of("a >>b>c ||", List.of("a", ">>", "b>c", "|", "|")),
                Arguments.of("--opt='a b' -- -x", List.of("--opt=a b", "--", "-x")),
                Arguments.of("'a\nb'", List.of("a\nb")),
                Arguments.of("a\\\nb \\\n c", List.of("ab", "c")),
                Arguments.of("\"a\\\nb\"", List.of("ab")),
                Arguments.of("Grüße 'zwei Wörter' 😀", List.of("Grüße", "zwei Wörter", "😀")),
                Arguments.of("%F{red} ${x} %{y} {{z}}", List.of("%F{red}", "${x}", "%{y}", "{{z}}")));
    }

    @ParameterizedTest
    @MethodSource("lines")
    void splitsAsAPosixShellWithoutExpansionDoes(String line, List<String> words) {
        assertThat(Tokenizer.words(line)).isEqualTo(words);
    }

    @ParameterizedTest
    @ValueSource(strings = {"'", "a 'b", "\"", "a \"b \\\"", "a\\", "\\"})
    void refusesALineThatIsNotFinished(String line) {
        assertThatThrownBy(() -> Tokenizer.words(line))
                .isInstanceOfSatisfying(
                        FailureException.class,
                        e -> assertThat(e.failure().exit()).isEqualTo(Exit.USAGE));
        assertThat(Tokenizer.parse(line, line.length()).finished()).isFalse();
    }

    @Test
    void knowsOperatorsFromWords() {
        assertThat(Tokenizer.parse("a '|' |b >> c", 0).tokens().stream().map(Tokenizer.Token::kind))
                .containsExactly(Kind.WORD, Kind.WORD, Kind.PIPE, Kind.WORD, Kind.APPEND, Kind.WORD);
        assertThat(Tokenizer.parse("a b > c", 0).command()).hasSize(2);
        assertThat(Tokenizer.parse("a > c | d e", 1).operator()).isEmpty();
        assertThat(Tokenizer.parse("a > c", 5).operator()).contains(Kind.WRITE);
        assertThat(Tokenizer.parse("a > c | d e", 11).operator()).contains(Kind.PIPE);
        assertThat(Tokenizer.parse("a # b", 5).inComment()).isTrue();
        assertThat(Tokenizer.parse("a # b", 1).inComment()).isFalse();
    }

    @Test
    void splitsATextIntoTheLinesOfAScript() {
        assertThat(Tokenizer.lines("a\nb # it's \\\n\nc \\\n d\n'e\nf'\n"))
                .containsExactly("a", "b # it's \\", "", "c \\\n d", "'e\nf'", "");
    }

    @Test
    void replacesVariablesOutsideSingleQuotes() {
        assertThat(Tokenizer.tokens("$a ${a}b \"$a $\" '$a' \\$a \"\\$a\" $ $. $1", name -> "<" + name + " |>").stream()
                        .map(Tokenizer.Token::text))
                .containsExactly("<a |>", "<a |>b", "<a |> $", "$a", "$a", "$a", "$", "$.", "<1 |>");
        assertThatThrownBy(() -> Tokenizer.tokens("${a b}", name -> "x"))
                .hasMessage("a variable is written $NAME or ${NAME}");
    }

    @Test
    void anUnclosedQuoteIsNamedButNotTheSecretInIt() {
        assertThatThrownBy(() -> Tokenizer.words("login --token 'CANARY")).hasMessage("a quote (') is not closed");
    }

    @ParameterizedTest
    @MethodSource("lines")
    void theWordsOfALineBeingTypedAreTheSame(String line, List<String> words) {
        Tokens tokens = Tokenizer.parse(line, 0);

        assertThat(tokens.finished()).isTrue();
        List<String> found = tokens.words();
        boolean emptyWordAtTheCursor = tokens.current().end() == 0;
        assertThat(emptyWordAtTheCursor ? found.subList(1, found.size()) : found)
                .isEqualTo(words);
    }

    @Test
    void theCursorBelongsToTheWordThatEndsThere() {
        Tokens tokens = Tokenizer.parse("profile use my\\ pr rest", 18);

        assertThat(tokens.index()).isEqualTo(2);
        assertThat(tokens.before()).isEqualTo("my pr");
        assertThat(tokens.current()).isEqualTo(new Tokenizer.Token("my pr", 12, 18, Kind.WORD));
        assertThat(tokens.quote()).isEqualTo(Quote.NONE);
        assertThat(tokens.words()).containsExactly("profile", "use", "my pr", "rest");
    }

    @Test
    void aCursorBetweenSpacesHasAnEmptyWord() {
        Tokens tokens = Tokenizer.parse("profile  use", 8);

        assertThat(tokens.words()).containsExactly("profile", "", "use");
        assertThat(tokens.index()).isEqualTo(1);
        assertThat(tokens.before()).isEmpty();
        assertThat(tokens.current().start()).isEqualTo(8);
    }

    @Test
    void aCursorAfterTheLastSpaceHasAnEmptyWord() {
        Tokens tokens = Tokenizer.parse("profile ", 8);

        assertThat(tokens.words()).containsExactly("profile", "");
        assertThat(tokens.index()).isEqualTo(1);
    }

    @Test
    void aCursorAtTheBeginningOfAWordBelongsToIt() {
        Tokens tokens = Tokenizer.parse("profile use", 8);

        assertThat(tokens.words()).containsExactly("profile", "use");
        assertThat(tokens.index()).isEqualTo(1);
        assertThat(tokens.before()).isEmpty();
    }

    @Test
    void openQuotesAreKnownAtTheCursor() {
        assertThat(Tokenizer.parse("use \"my pr", 10).quote()).isEqualTo(Quote.DOUBLE);
        assertThat(Tokenizer.parse("use 'my pr", 10).quote()).isEqualTo(Quote.SINGLE);
        assertThat(Tokenizer.parse("use 'my pr'", 11).quote()).isEqualTo(Quote.NONE);
        assertThat(Tokenizer.parse("use 'my pr", 10).before()).isEqualTo("my pr");
    }

    @Test
    void aCursorInsideAnEscapeIsNotLost() {
        Tokens tokens = Tokenizer.parse("my\\ pr", 3);

        assertThat(tokens.index()).isZero();
        assertThat(tokens.words()).containsExactly("my pr");
    }

    @Test
    void anyWordReadsBackEqualFromItsEscapedForm() {
        Random random = new Random(20261122);
        String alphabet = "ab -_'\"\\$`!#\t\n=ü*~😀";
        for (int round = 0; round < 20_000; round++) {
            StringBuilder word = new StringBuilder();
            random.ints(random.nextInt(8), 0, alphabet.length() - 1).forEach(i -> word.append(alphabet.charAt(i)));
            String text = word.toString();

            assertThat(Tokenizer.words("x " + Tokenizer.escape(text, Quote.NONE)))
                    .isEqualTo(text.isEmpty() ? List.of("x") : List.of("x", text));
            assertThat(Tokenizer.words("'" + Tokenizer.escape(text, Quote.SINGLE) + "'"))
                    .containsExactly(text);
            assertThat(Tokenizer.words("\"" + Tokenizer.escape(text, Quote.DOUBLE) + "\""))
                    .containsExactly(text);
        }
    }

    @Test
    void plainWordsStayAsTheyAre() {
        assertThat(Tokenizer.escape("https://a.example:8443/x?y", Quote.NONE))
                .isEqualTo("https://a.example:8443/x\\?y");
        assertThat(Tokenizer.escape("https://a.example:8443/x", Quote.NONE)).isEqualTo("https://a.example:8443/x");
        assertThat(Tokenizer.escape("#x", Quote.NONE)).isEqualTo("\\#x");
    }

    @Test
    void everyCursorOfEveryLineIsInsideAWord() {
        lines().map(arguments -> (String) arguments.get()[0]).forEach(line -> {
            for (int cursor = 0; cursor <= line.length(); cursor++) {
                Tokens tokens = Tokenizer.parse(line, cursor);
                assertThat(tokens.index()).isBetween(0, tokens.tokens().size() - 1);
                assertThat(cursor)
                        .isBetween(tokens.current().start(), tokens.current().end());
                assertThat(tokens.current().text()).startsWith(tokens.before());
            }
        });
    }
}
