package dev.ast.shell.interactive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ast.shell.interactive.Standing.State;
import dev.ast.support.Case;
import java.util.Optional;
import org.jline.utils.AttributedString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The prompt, the bar and the greeting, which show the same standing. */
class PromptTest {
    private static Standing standing(String profile, String context, State state, boolean guarded) {
        return new Standing(
                profile,
                Optional.of(context).filter(name -> !name.isEmpty()),
                Optional.of("ada@example.com"),
                state,
                Optional.of("42 min left"),
                Optional.of("keyring"),
                guarded);
    }

    private static String shown(Standing standing, int failed, int columns) {
        return Prompt.plain(Prompt.of(standing, failed, Optional.empty(), columns, true));
    }

    @ParameterizedTest
    @CsvSource({
        "default, '', 'ast> '",
        "default, acme, 'default/acme ast> '",
        "prod, '', 'prod ast> '",
        "prod, acme, 'prod/acme ast> '",
        "%F{red}, '', '%F{red} ast> '",
        "${x}, '', '${x} ast> '",
        "prod, 100%, 'prod/100% ast> '"
    })
    void standsBeforeTheNameAsPlainText(String profile, String context, String prompt) {
        assertThat(shown(standing(profile, context, State.SIGNED_IN, false), 0, 80))
                .isEqualTo(prompt);
        assertThat(Prompt.of(standing("a%b", "", State.SIGNED_IN, false), 0, Optional.empty(), 80, true))
                .as("JLine reads %% as one")
                .isEqualTo("a%%b ast> ");
    }

    @Test
    void marksWhatTheUserMustKnow() {
        Standing guarded = standing("prod", "", State.SIGNED_IN, true);
        assertThat(shown(guarded, 2, 80)).isEqualTo("▲ prod [2] ast> ");
        assertThat(Prompt.plain(Prompt.of(guarded, 0, Optional.empty(), 80, false)))
                .isEqualTo("! prod ast> ");
        assertThat(shown(standing("prod", "", State.ENDED, false), 0, 80)).isEqualTo("prod (ended) ast> ");
        assertThat(shown(standing("prod", "", State.MISSING, false), 4, 80)).isEqualTo("prod (missing) [4] ast> ");
    }

    @Test
    @Case("G03")
    void hidesNothingAndMovesNothing() {
        assertThat(shown(standing("a\u001b]0;x\u0007", "b\u202e", State.SIGNED_IN, false), 0, 80))
                .doesNotContain("\u001b", "\u0007", "\u202e");
    }

    @ParameterizedTest
    @CsvSource({"200", "80", "40", "20"})
    void leavesHalfOfTheScreenAndBothEndsOfEachName(int columns) {
        String prompt = shown(
                standing("a-very-long-profile-name-in-eu", "an-organization-with-a-long-name", State.SIGNED_IN, false),
                0,
                columns);
        assertThat(new AttributedString(prompt).columnLength()).isLessThanOrEqualTo(Math.max(columns / 2 + 8, 16));
        assertThat(prompt).startsWith("a").endsWith(" ast> ");
        String wide = shown(standing("漢".repeat(300), "", State.SIGNED_IN, false), 0, columns);
        assertThat(new AttributedString(wide).columnLength()).isLessThanOrEqualTo(Math.max(columns / 2, 16));
        assertThat(shown(standing("x".repeat(60) + "-eu", "", State.SIGNED_IN, false), 0, 40))
                .endsWith("-eu ast> ");
    }

    @Test
    void theBarFillsItsLine() {
        Standing prod = standing("prod", "acme", State.SIGNED_IN, true);
        assertThat(Bar.line(prod, 100, true).toString())
                .isEqualTo(" prod/acme · ada@example.com · 42 min left · keyring · protected" + " ".repeat(20)
                        + "? help  ^R find ")
                .hasSize(100);
        assertThat(Bar.line(prod, 60, false).columnLength()).isLessThanOrEqualTo(60);
        assertThat(Bar.line(standing("prod", "", State.ENDED, false), 80, true).toString())
                .contains("session ended");
    }

    @Test
    void theGreetingNamesTheNextStep() {
        assertThat(Greeting.lines(standing("prod", "", State.SIGNED_IN, false), "1.0", ", "))
                .containsExactly(
                        "ast 1.0, ada@example.com on prod, 42 min left",
                        "Type a command; Tab completes, Ctrl-R searches, ? helps, Ctrl-D leaves.");
        assertThat(Greeting.lines(standing("default", "", State.SIGNED_OUT, false), "1.0", ", "))
                .containsExactly("ast 1.0, not signed in to default", "Sign in with: login, ? helps, Ctrl-D leaves.");
        assertThat(Greeting.lines(standing("prod", "", State.ENDED, false), "1.0", ", "))
                .first()
                .isEqualTo("ast 1.0, the session of prod has ended");
    }

    @ParameterizedTest
    @CsvSource({
        "'{profile} {context} {left} ast> ', 0, 'prod 42 min left ast> '",
        "'{profile}{state} [{code}] % ', 3, 'prod [3] % '",
        "'{identity} > ', 0, 'ada@example.com > '",
        "'> ', 7, '> '"
    })
    void isTheUsersOwn(String template, int failed, String prompt) {
        Optional<PromptTemplate> own = Optional.of(PromptTemplate.of(template));
        Standing standing = standing("prod", "", State.SIGNED_IN, false);
        assertThat(Prompt.plain(Prompt.of(standing, failed, own, 80, true))).isEqualTo(prompt);
        assertThat(Prompt.plain(Prompt.of(standing("prod", "", State.SIGNED_IN, true), failed, own, 80, true)))
                .as("a protected profile is always marked")
                .isEqualTo("▲ " + prompt);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{nope}", "{}", "a\nb", "\u001b[31m"})
    void refusesATemplateThatIsNone(String template) {
        assertThatThrownBy(() -> PromptTemplate.of(template)).hasMessageContaining("ast.shell.prompt");
        assertThatThrownBy(() -> PromptTemplate.of("x".repeat(201))).hasMessageContaining("200");
    }
}
