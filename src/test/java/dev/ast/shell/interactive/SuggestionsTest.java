package dev.ast.shell.interactive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ast.app.ProgramCatalog;
import dev.ast.command.Values;
import dev.ast.shell.completion.LineCompleter;
import dev.ast.shell.completion.Proposal;
import dev.ast.shell.completion.ValueSource;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jline.terminal.Size;
import org.jline.utils.AttributedString;
import org.junit.jupiter.api.Test;

class SuggestionsTest {
    private static final Size USUAL = Size.of(80, 24);

    private List<String> profiles = List.of("production-eu", "production-us", "staging");
    private boolean wanted = true;
    private final ValueSource names = (kind, typed, profile) -> kind == Values.Kind.PROFILE
            ? profiles.stream()
                    .map(name -> new Proposal(name, "ada@example.com"))
                    .toList()
            : List.of();
    private final LineCompleter completer = new LineCompleter(ProgramCatalog.create(), names);
    private final Suggestions suggestions = new Suggestions(() -> wanted, () -> completer, Looks.PLAIN);

    private List<String> under(String line) {
        return under(line, USUAL);
    }

    private List<String> under(String line, Size screen) {
        Optional<AttributedString> rows = suggestions.under(line, line.length(), screen, 3);
        return rows.map(text ->
                        text.toString().lines().map(String::stripTrailing).toList())
                .orElse(List.of());
    }

    @Test
    void theFirstProposalsOfTabAreShownWithTheirMeaning() {
        assertThat(under("profile use prod"))
                .containsExactly("  production-eu  ada@example.com", "  production-us  ada@example.com");
        assertThat(under("who")).hasSize(1).first().asString().startsWith("  whoami  ");
        assertThat(under("login --")).hasSize(5).last().asString().endsWith(" more, Tab lists them");
    }

    @Test
    void thereIsNoneWhereNothingIsToBeSaid() {
        assertThat(under("")).isEmpty();
        assertThat(under("profile use ")).isEmpty();
        assertThat(under("profile use nothing-like-it")).isEmpty();
        assertThat(under("profile use staging")).isEmpty();
        assertThat(under("why # prod")).isEmpty();
        assertThat(under("why | prod")).isEmpty();
        assertThat(under("why > s")).isEmpty();
        assertThat(under("!who")).isEmpty();
        assertThat(under("api --input s")).as("files may have to be waited for").isEmpty();
        wanted = false;
        assertThat(under("who")).isEmpty();
    }

    @Test
    void smallScreensHaveNone() {
        assertThat(under("who", Size.of(59, 24))).isEmpty();
        assertThat(under("who", Size.of(80, 11))).isEmpty();
        assertThat(under("login --", Size.of(60, 12))).hasSize(5).allMatch(row -> row.length() < 60);
        Optional<AttributedString> squeezed = suggestions.under("login --", 8, USUAL, 22);
        assertThat(squeezed.orElseThrow().toString().lines()).hasSize(2);
        assertThat(suggestions.under("login --", 8, USUAL, 24)).isEmpty();
    }

    @Test
    void aLongMeaningEndsAfterAWord() {
        assertThat(under("login --ac", Size.of(60, 24)))
                .containsExactly(
                        "  --account  Select this account",
                        "  --acr      How strongly the user is to sign in, as the…");
        assertThat(Shortened.words("antidisestablishmentarianism", 8)).isEqualTo("antidis…");
        assertThat(Shortened.words("one two", 7)).isEqualTo("one two");
        assertThat(Shortened.words("one two", 0)).isEmpty();
    }

    @Test
    void wideNamesKeepTheirColumns() {
        profiles = List.of("東京", "東北");
        assertThat(under("profile use 東")).isEqualTo(under("profile use 東"));
        suggestions
                .under("profile use 東", 13, Size.of(60, 24), 3)
                .orElseThrow()
                .columnSplitLength(60)
                .forEach(row -> assertThat(row.columnLength()).isLessThan(60));
    }

    @Test
    void tenThousandProfilesAreNoBurden() {
        profiles = IntStream.range(0, 10_000).mapToObj(i -> "profile-" + i).toList();
        under("profile use p");
        long best = Long.MAX_VALUE;
        for (int i = 0; i < 20; i++) {
            long begin = System.nanoTime();
            assertThat(under("profile use p")).hasSize(5);
            best = Math.min(best, System.nanoTime() - begin);
        }
        assertThat(Duration.ofNanos(best)).isLessThan(Duration.ofMillis(30));
    }
}
