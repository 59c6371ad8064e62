package dev.ast.shell.completion;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ast.shell.completion.Match.Kind;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MatchTest {
    private static final List<String> NAMES =
            List.of("dev-local", "production-eu", "production-us", "reproduce", "staging-eu");

    @ParameterizedTest
    @CsvSource({
        "production-eu, production-eu, WHOLE",
        "PRODUCTION-EU, production-eu, WHOLE",
        "prod,          production-eu, START",
        "PROD,          production-eu, START",
        "'',            production-eu, START",
        "eu,            production-eu, WORD",
        "on-e,          production-eu, INSIDE",
        "prd,           production-eu, LETTERS",
        "peu,           production-eu, LETTERS",
        "stg,           staging-eu,    LETTERS",
        "gng,           staging-eu,    NONE",
        "x,             staging-eu,    NONE",
        "gnits,         staging-eu,    NONE",
        "a,             '',            NONE",
        "ÜB,            über,          START"
    })
    void namesMatch(String typed, String name, Kind kind) {
        assertThat(Match.kind(typed, name)).isEqualTo(kind);
    }

    @Test
    void theBestWayDecides() {
        assertThat(best("prod")).containsExactly("production-eu", "production-us");
        assertThat(best("eu")).containsExactly("production-eu", "staging-eu");
        assertThat(best("prd")).containsExactly("production-eu", "production-us");
        assertThat(best("zz")).isEmpty();
        assertThat(best("")).isEqualTo(NAMES);
    }

    private static List<String> best(String typed) {
        return Match.best(typed, NAMES, name -> name);
    }

    @Test
    void allThatMatchAreRanked() {
        Map<String, Double> used = Map.of("production-us", 3.0, "reproduce", 9.0);

        assertThat(Match.ranked("prod", NAMES, name -> name, name -> used.getOrDefault(name, 0.0)))
                .containsExactly("production-us", "production-eu", "reproduce");
        assertThat(Match.ranked("pe", List.of("pole", "prod-eu"), name -> name, name -> 0))
                .containsExactly("prod-eu", "pole");
    }

    @Test
    void theMatchingLettersAreKnown() {
        assertThat(Match.positions("eu", "neu-eu")).containsExactly(4, 5);
        assertThat(Match.positions("PRD", "production")).containsExactly(0, 1, 3);
        assertThat(Match.positions("x", "production")).isEmpty();
    }
}
