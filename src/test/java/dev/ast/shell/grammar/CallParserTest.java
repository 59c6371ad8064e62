package dev.ast.shell.grammar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ast.command.GlobalOptions;
import dev.ast.domain.Exit;
import dev.ast.domain.Failure;
import dev.ast.domain.FailureException;
import dev.ast.domain.ProfileName;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CallParserTest {
    private final CallParser parser = new CallParser(Commands.catalog());

    private ParsedCall parse(String line) {
        return parser.parse(Tokenizer.words(line));
    }

    private Failure refused(String line) {
        FailureException e = catchThrowableOfType(FailureException.class, () -> parse(line));
        assertThat(e).as("'%s' is refused", line).isNotNull();
        assertThat(e.failure().exit()).isEqualTo(Exit.USAGE);
        return e.failure();
    }

    @Nested
    class CommandWords {
        @ParameterizedTest
        @CsvSource({
            "whoami,whoami",
            "auth login,login",
            "quit,exit",
            "profile list,profile list",
            "-q profile list,profile list",
            "profile -q list,profile list",
            "profile --output json list,profile list",
            "profile list -q,profile list",
            "--profile prod profile list,profile list",
            "profile --profile=prod list,profile list",
            "__complete,__complete"
        })
        void areTheLongestRunOfLeadingWords(String line, String name) {
            assertThat(parse(line).command().name()).isEqualTo(name);
        }

        @Test
        void aWordWithABlankIsNoCommand() {
            assertThat(refused("'profile list'").message()).startsWith("unknown command 'profile list'");
        }

        @Test
        void nothingGivenIsRefused() {
            assertThat(refused("").message()).isEqualTo("no command is given");
            assertThat(refused("-q").message()).isEqualTo("no command is given");
            assertThat(refused("-- whoami").message()).isEqualTo("no command is given");
        }

        @Test
        void aGroupAloneListsItsCommands() {
            Failure failure = refused("profile");

            assertThat(failure.message()).isEqualTo("profile needs one of: list, rename, use");
            assertThat(failure.hint()).contains("ast help profile");
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "lgoin             | unknown command 'lgoin'; did you mean 'login'?              | ast login",
                    "porfile list      | unknown command 'porfile'; did you mean 'profile'?          | ast help profile",
                    "profile sue       | unknown command 'profile sue'; did you mean 'profile use'?  | ast profile use",
                    "profile xyzzy     | unknown command 'profile xyzzy'                             | ast help profile",
                    "xyzzy             | unknown command 'xyzzy'                                     | ast help",
                    "__complet         | unknown command '__complet'                                 | ast help",
                    "lgoin --help      | unknown command 'lgoin'; did you mean 'login'?              | ast login"
                })
        void theNearestCommandIsSuggested(String line, String message, String hint) {
            Failure failure = refused(line);

            assertThat(failure.message()).isEqualTo(message);
            assertThat(failure.hint()).contains(hint);
        }
    }

    @Nested
    class OptionWords {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "token --min-ttl 30m",
                    "token --min-ttl=30m",
                    "--verbose token --min-ttl 30m",
                    "auth token --min-ttl '30m'"
                })
        void takeTheirValue(String line) {
            assertThat(parse(line).options()).isEqualTo(Map.of("min-ttl", List.of("30m")));
        }

        @ParameterizedTest
        @ValueSource(strings = {"api -H a:b /x", "api -Ha:b /x", "api -H=a:b /x", "api -iH a:b /x", "api -qiHa:b /x"})
        void haveShortForms(String line) {
            assertThat(parse(line).options()).containsEntry("header", List.of("a:b"));
            assertThat(parse(line).arguments()).isEqualTo(Map.of("PATH", "/x"));
        }

        @Test
        void mayRepeatWhereTheyCan() {
            ParsedCall call = parse("api -f a=1 --raw-field=b=2 /x -f c=");

            assertThat(call.options()).isEqualTo(Map.of("raw-field", List.of("a=1", "b=2", "c=")));
        }

        @Test
        void anEmptyValueIsAValue() {
            assertThat(parse("token --min-ttl ''").options()).isEqualTo(Map.of("min-ttl", List.of("")));
            assertThat(parse("token --min-ttl=").options()).isEqualTo(Map.of("min-ttl", List.of("")));
        }

        @Test
        void aFlagHasOneEmptyValue() {
            assertThat(parse("login --web").options()).isEqualTo(Map.of("web", List.of("")));
            assertThat(parse("login -l").options()).isEqualTo(Map.of("no-browser", List.of("")));
        }

        @Test
        void anOptionalValueIsTheNextWordUnlessThatIsAnOption() {
            assertThat(parse("login -t abc").options()).isEqualTo(Map.of("token-login", List.of("abc")));
            assertThat(parse("login -t -").options()).isEqualTo(Map.of("token-login", List.of("-")));
            assertThat(parse("login --token-login - --web").options())
                    .isEqualTo(Map.of("token-login", List.of("-"), "web", List.of("")));
            assertThat(parse("login -tabc").options()).isEqualTo(Map.of("token-login", List.of("abc")));
            assertThat(parse("login --token-login=-abc").options()).isEqualTo(Map.of("token-login", List.of("-abc")));
            assertThat(parse("login -t --web").options())
                    .isEqualTo(Map.of("token-login", List.of(), "web", List.of("")));
            assertThat(parse("login -t").options()).isEqualTo(Map.of("token-login", List.of()));
        }

        @Test
        void globalOnesStandAnywhere() {
            GlobalOptions global = parse(
                            "-qv --profile prod profile -o json use --no-input dev --color=never --token -")
                    .global();

            assertThat(global.profile()).contains(new ProfileName("prod"));
            assertThat(global.format()).contains(GlobalOptions.Format.JSON);
            assertThat(global.color()).isEqualTo(GlobalOptions.Color.NEVER);
            assertThat(global.token()).contains("-");
            assertThat(global.quiet()).isTrue();
            assertThat(global.verbose()).isTrue();
            assertThat(global.noInput()).isTrue();
            assertThat(global.server()).isEmpty();
            assertThat(global.context()).isEmpty();
        }

        @Test
        void aLoneHyphenIsAWord() {
            assertThat(parse("profile use -").arguments()).isEqualTo(Map.of("NAME", "-"));
        }

        @Test
        void aNegativeNumberCanBeAValue() {
            assertThat(parse("token --min-ttl -5").options()).isEqualTo(Map.of("min-ttl", List.of("-5")));
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "whoami --nope                 | unknown option '--nope' of whoami",
                    "whoami --outptu json          | unknown option '--outptu' of whoami; did you mean '--output'?",
                    "login --wbe                   | unknown option '--wbe' of login; did you mean '--web'?",
                    "whoami --web                  | unknown option '--web' of whoami",
                    "--web login                   | unknown option '--web'",
                    "whoami -x                     | unknown option '-x' of whoami",
                    "whoami -qx                    | unknown option '-x' of whoami",
                    "whoami --=x                   | unknown option '--' of whoami",
                    "whoami ---q                   | unknown option '---q' of whoami",
                    "token --min-ttl               | --min-ttl needs a value: DURATION",
                    "token --min-ttl --quiet       | --min-ttl needs a value: DURATION",
                    "token --min-ttl -q            | --min-ttl needs a value: DURATION",
                    "token --min-ttl -- 3m         | --min-ttl needs a value: DURATION",
                    "whoami -o                     | -o needs a value: FORMAT",
                    "token --min-ttl 1m --min-ttl 2m | --min-ttl is given twice",
                    "whoami -q --quiet             | --quiet is given twice",
                    "-o json whoami -o json        | -o is given twice",
                    "login --web=yes               | --web takes no value",
                    "login --web=                  | --web takes no value",
                    "whoami -q=1                   | -q takes no value",
                    "whoami -o xml                 | -o must be text, json or yaml, not 'xml'",
                    "whoami --output=JSON          | --output must be text, json or yaml, not 'JSON'",
                    "whoami --color sometimes      | --color must be auto, always or never, not 'sometimes'"
                })
        void wrongOnesAreRefused(String line, String message) {
            assertThat(refused(line).message()).isEqualTo(message);
        }

        @Test
        void badNamesAndAddressesAreRefused() {
            assertThat(refused("whoami --profile ../x").message()).contains("'../x'");
            assertThat(refused("whoami --server ftp://x").exit()).isEqualTo(Exit.USAGE);
            assertThat(refused("whoami --context ''").message()).isEqualTo("--context has an empty value");
        }

        @Test
        void anOptionOfTheProgramToRunGoesAfterTwoHyphens() {
            assertThat(refused("exec ls -l").hint()).contains("ast exec -- PROGRAM");
        }
    }

    @Nested
    class ArgumentWords {
        @Test
        void areAssignedInOrder() {
            assertThat(parse("profile rename a b").arguments()).isEqualTo(Map.of("OLD", "a", "NEW", "b"));
        }

        @Test
        void anOptionalOneBeforeARequiredOneGetsAWordOnlyWhenThereAreEnough() {
            assertThat(parse("api /x").arguments()).isEqualTo(Map.of("PATH", "/x"));
            assertThat(parse("api POST /x").arguments()).isEqualTo(Map.of("METHOD", "POST", "PATH", "/x"));
        }

        @Test
        void theRestMayBeEmptyOrHoldOptionsAfterTwoHyphens() {
            assertThat(parse("exec").rest()).isEmpty();
            assertThat(parse("exec -- kubectl get -o yaml -- --help").rest())
                    .containsExactly("kubectl", "get", "-o", "yaml", "--", "--help");
            assertThat(parse("__complete -- profile use ''").rest()).containsExactly("profile", "use", "");
            assertThat(parse("help profile use").rest()).containsExactly("profile", "use");
        }

        @Test
        void afterTwoHyphensOptionsAreWords() {
            assertThat(parse("profile rename -- -a --b").arguments()).isEqualTo(Map.of("OLD", "-a", "NEW", "--b"));
        }

        @Test
        void emptyWordsAreKept() {
            assertThat(parse("profile rename '' ' '").arguments()).isEqualTo(Map.of("OLD", "", "NEW", " "));
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "whoami x             | surplus word 'x' after whoami",
                    "whoami ''            | surplus word '' after whoami",
                    "profile use a b      | surplus word 'b' after profile use",
                    "profile list -- -x   | surplus word '-x' after profile list",
                    "context use          | context use needs NAME",
                    "profile rename a     | profile rename needs NEW",
                    "api                  | api needs PATH",
                    "api FETCH /x         | METHOD must be GET, POST, PUT, PATCH or DELETE, not 'FETCH'",
                    "completion tcsh      | SHELL must be bash, not 'tcsh'"
                })
        void wrongOnesAreRefused(String line, String message) {
            assertThat(refused(line).message()).isEqualTo(message);
        }
    }

    @Nested
    class Help {
        @ParameterizedTest
        @CsvSource({
            "login --help,login,false",
            "--help login,login,false",
            "login -h --nope,login,false",
            "login --nope -h,login,false",
            "profile rename --help,profile rename,false",
            "profile rename a b c --help,profile rename,false",
            "profile --help,profile,true",
            "profile use -qh,profile use,false",
            "auth login --help,login,false",
            "login --provider --help,login,false",
            "whoami -o xml --help,whoami,false",
            "whoami --help --help,whoami,false",
            "profile use --profile ../x --help,profile use,false"
        })
        void isGivenForWhateverIsNamed(String line, String name, boolean group) {
            ParsedCall call = parse(line);

            assertThat(call.help()).isTrue();
            assertThat(call.command().name()).isEqualTo(name);
            assertThat(call.isGroup()).isEqualTo(group);
        }

        @Test
        void isGivenForTheProgram() {
            assertThat(parse("--help").command().name()).isEmpty();
            assertThat(parse("--help").isGroup()).isTrue();
            assertThat(parse("-h -o json").global().format()).contains(GlobalOptions.Format.JSON);
        }

        @Test
        void isAnOrdinaryWordAfterTwoHyphens() {
            assertThat(parse("exec -- ls --help").help()).isFalse();
        }

        @Test
        void theVersionOptionIsTheVersionCommand() {
            assertThat(parse("--version").command().name()).isEqualTo("version");
            assertThat(parse("--version -o json").global().format()).contains(GlobalOptions.Format.JSON);
            assertThat(parse("whoami --version").command().name()).isEqualTo("version");
        }
    }

    @Nested
    class Secrets {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "login --token CANARY --nope",
                    "login --token CANARY CANARY",
                    "login --token CANARY --CANARY",
                    "login --token=CANARY --CANARY=x",
                    "login --token CANARY -CANARY",
                    "login --token CANARY --token CANARY2",
                    "login --token CANARY -o CANARY",
                    "login --token CANARY --profile CANARY/",
                    "login --token CANARY --server CANARY",
                    "login --tokn CANARY",
                    "login --tokn=CANARY",
                    "login -tCANARY CANARY",
                    "login --token-login CANARY CANARY",
                    "login --with-token=CANARY",
                    "login --web=CANARY",
                    "login -l=CANARY",
                    "--token CANARY CANARY",
                    "--token CANARY profile CANARY",
                    "completion --token CANARY CANARY",
                    "whoami --token 'CANARY",
                    "whoami eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJDQU5BUlkifQ.CANARY",
                    "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJDQU5BUlkifQ.CANARY",
                    "whoami aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaCANARY"
                })
        void areNeverRepeated(String line) {
            Failure failure = refused(line);

            assertThat(failure.message()).doesNotContain("CANARY");
            assertThat(failure.hint().orElse("")).doesNotContain("CANARY");
        }

        @Test
        void aPlaceOfASecretIsNoSecret() {
            assertThat(refused("login --token - --nope").message()).contains("--nope");
            assertThat(refused("login --token @file --nope").message()).contains("--nope");
        }

        @Test
        void theOptionIsNamed() {
            assertThat(refused("login --token CANARY --nope").message())
                    .isEqualTo("unknown option (a word after --token) of login");
            assertThat(refused("login --token CANARY --server CANARY").message())
                    .isEqualTo("the value of --server is not valid");
        }

        @Test
        void longWordsAreCut() {
            assertThat(refused("whoami " + "a".repeat(41)).message())
                    .isEqualTo("surplus word '" + "a".repeat(20) + "…' after whoami");
        }
    }
}
