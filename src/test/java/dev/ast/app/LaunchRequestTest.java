package dev.ast.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ast.app.LaunchRequest.Mode;
import dev.ast.domain.FailureException;
import dev.ast.shell.grammar.Tokenizer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LaunchRequestTest {
    private static LaunchRequest of(String line) {
        return LaunchRequest.of(Tokenizer.words(line), true);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                              | SHELL   |   | false | ''",
                "-q --profile prod               | SHELL   |   | false | --quiet --profile=prod",
                "-qo json                        | SHELL   |   | false | --quiet --output=json",
                "--script f                      | SCRIPT  | f | false | ''",
                "--script=f -q --keep-going      | SCRIPT  | f | true  | --quiet",
                "--token -- --script f           | COMMAND |   | false | ''",
                "--script -                      | SCRIPT  | - | false | ''",
                "--keep-going                    | SCRIPT  | - | true  | ''",
                "whoami                          | COMMAND |   | false | ''",
                "-q whoami --script f            | COMMAND |   | false | ''",
                "whoami -- --script f            | COMMAND |   | false | ''",
                "--help                          | COMMAND |   | false | ''",
                "-qh                             | COMMAND |   | false | ''",
                "--version                       | COMMAND |   | false | ''",
                "--script f --help               | COMMAND |   | false | ''",
                "--profile                       | COMMAND |   | false | ''",
                "--nope                          | COMMAND |   | false | ''",
                "-q -q                           | COMMAND |   | false | ''"
            })
    void readsTheWayToStart(String line, Mode mode, String script, boolean keepGoing, String defaults) {
        LaunchRequest request = of(line);

        assertThat(request.mode()).isEqualTo(mode);
        assertThat(request.script().orElse(null)).isEqualTo(script);
        assertThat(request.keepGoing()).isEqualTo(keepGoing);
        assertThat(String.join(" ", request.defaults())).isEqualTo(defaults);
        assertThat(request.words()).isEqualTo(mode == Mode.COMMAND ? Tokenizer.words(line) : List.of());
    }

    @Test
    void aScriptHasArgumentsAndOptions() {
        LaunchRequest request = of("--script f a '' -q --trace --env HOME --env X b -- --dry-run");

        assertThat(request.mode()).isEqualTo(Mode.SCRIPT);
        assertThat(request.script()).contains("f");
        assertThat(request.defaults()).containsExactly("--quiet");
        assertThat(request.options())
                .isEqualTo(new LaunchRequest.ScriptOptions(
                        List.of("a", "", "b", "--dry-run"), true, false, List.of("HOME", "X")));
        assertThat(of("--script f --dry-run").options().dryRun()).isTrue();
    }

    @Test
    void aSummaryIsForPeopleWhoWatchOrLetRunOn() {
        assertThat(of("--script f").hasSummary()).isFalse();
        assertThat(of("--script f --trace").hasSummary()).isTrue();
        assertThat(of("--script f --keep-going").hasSummary()).isTrue();
        assertThat(of("--script f --keep-going -q").hasSummary()).isFalse();
        assertThat(of("--script f --keep-going -o json").hasSummary()).isFalse();
    }

    @Test
    void noWordsWithoutAKeyboardAreAScript() {
        assertThat(LaunchRequest.of(List.of(), false).mode()).isEqualTo(Mode.SCRIPT);
        assertThat(LaunchRequest.of(List.of("-q"), false).script()).contains("-");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "--keep-going whoami    ; --keep-going goes with a script",
                "--script               ; --script needs a value: FILE|-",
                "--script f --script g  ; --script is given twice",
                "--script f -o xml      ; -o must be text, table, json, yaml or csv, not 'xml'",
                "--script f --nope      ; unknown option '--nope'",
                "--script f a --nope    ; unknown option '--nope' of script",
                "--script f a --env     ; --env needs a value: NAME"
            })
    void wrongOnesAreRefused(String line, String message) {
        FailureException e = catchThrowableOfType(FailureException.class, () -> of(line));

        assertThat(e.failure().message()).isEqualTo(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "whoami                     | --quiet --output=json --profile=prod whoami",
                "whoami -o yaml             | --quiet --profile=prod whoami -o yaml",
                "whoami -qoyaml             | --profile=prod whoami -qoyaml",
                "--profile=dev -q whoami    | --output=json --profile=dev -q whoami",
                "exec -- ls -q              | --quiet --output=json --profile=prod exec -- ls -q",
                "''                         | ''"
            })
    void aLineGetsTheDefaultsThatItDoesNotDecide(String line, String expected) {
        LaunchRequest request = of("-qo json --profile prod");

        assertThat(request.withDefaults(Tokenizer.words(line))).isEqualTo(Tokenizer.words(expected));
    }
}
