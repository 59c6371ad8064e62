package dev.ast.shell.grammar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ast.command.ArgumentSpec;
import dev.ast.command.Call;
import dev.ast.command.GlobalOptions;
import dev.ast.command.OptionSpec;
import dev.ast.domain.Exit;
import dev.ast.domain.Failure;
import dev.ast.domain.FailureException;
import dev.ast.domain.ProfileName;
import dev.ast.host.Input;
import dev.ast.host.Interrupts;
import dev.ast.output.Coloring;
import dev.ast.output.Conversation;
import dev.ast.output.Redactor;
import dev.ast.output.StandardInput;
import dev.ast.output.TerminalConversation;
import dev.ast.support.RecordedScreen;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineTest {
    private final Catalog catalog = Commands.catalog();

    private final Interrupts interrupts = new Interrupts();
    private final Conversation conversation = new TerminalConversation(
            RecordedScreen.piped().screen(),
            new StandardInput(new Input(interrupts, false)),
            interrupts,
            new Redactor(),
            new TerminalConversation.Options(false, false, Coloring.NEVER));

    private CommandLine read(String line) {
        return CommandLine.of(catalog, Tokenizer.words(line));
    }

    private Call parse(String line) {
        return read(line).call(options -> conversation);
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
        void aWordWithASpaceIsNoCommand() {
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
            Call call = parse("api -f a=1 --raw-field=b=2 /x -f c=");

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
                    "whoami ---q                   | unknown option '---q' of whoami; did you mean '--jq'?",
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
                    "whoami -o xml                 | -o must be text, table, json, yaml or csv, not 'xml'",
                    "whoami --output=JSON          | --output must be text, table, json, yaml or csv, not 'JSON'",
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
            assertThat(parse("help").rest()).isEmpty();
            assertThat(parse("exec -- kubectl get -o yaml -- --help").rest())
                    .containsExactly("kubectl", "get", "-o", "yaml", "--", "--help");
            assertThat(parse("__complete -- profile use ''").rest()).containsExactly("profile", "use", "");
            assertThat(parse("help profile use").rest()).containsExactly("profile", "use");
        }

        @Test
        void theWordsOfAProgramStandBehindTwoHyphens() {
            for (String line : List.of("exec", "exec --", "exec kubectl", "exec kubectl -- get")) {
                assertThat(CommandLine.of(Commands.catalog(), List.of(line.split(" ")))
                                .failure())
                        .as(line)
                        .isPresent();
            }
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
                    "whoami x             | unexpected argument 'x' after whoami",
                    "whoami ''            | unexpected argument '' after whoami",
                    "profile use a b      | unexpected argument 'b' after profile use",
                    "profile list -- -x   | unexpected argument '-x' after profile list",
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
            "login --help,login",
            "--help login,login",
            "login -h --nope,login",
            "login --nope -h,login",
            "--nope login -qh,login",
            "profile rename --help,profile rename",
            "profile rename a b c --help,profile rename",
            "profile --help,profile",
            "profile use -qh,profile use",
            "auth login --help,login",
            "login --provider --help,login",
            "whoami -o xml --help,whoami",
            "whoami --help --help,whoami",
            "profile use --profile ../x --help,profile use"
        })
        void isTheHelpCommandForWhateverIsNamed(String line, String name) {
            Call call = parse(line);

            assertThat(call.command().name()).isEqualTo("help");
            assertThat(String.join(" ", call.rest())).isEqualTo(name);
            assertThat(call.options()).isEmpty();
            assertThat(read(line).operands()).isEqualTo(call.rest());
            assertThat(read(line).failedAt()).isEqualTo(-1);
        }

        @Test
        void isGivenForTheProgram() {
            assertThat(parse("--help").command().name()).isEqualTo("help");
            assertThat(parse("--help").rest()).isEmpty();
            assertThat(parse("-h -o json").global().format()).contains(GlobalOptions.Format.JSON);
        }

        @Test
        void isAnOrdinaryWordAfterTwoHyphens() {
            assertThat(parse("exec -- ls --help").command().name()).isEqualTo("exec");
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
                    .isEqualTo("unexpected argument '" + "a".repeat(20) + "…' after whoami");
        }
    }

    @Nested
    class Tolerantly {
        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "profile -q use dev            | COMMAND OPTION COMMAND ARGUMENT        | -1",
                    "token --min-ttl 30m -ojson    | COMMAND OPTION VALUE OPTION            | -1",
                    "login -t --web                | COMMAND OPTION OPTION                  | -1",
                    "exec -- ls -l --              | COMMAND SEPARATOR ARGUMENT ARGUMENT ARGUMENT | -1",
                    "lgoin -q x --web              | REFUSED OPTION ARGUMENT REFUSED        | 0",
                    "profile xyzzy use             | COMMAND REFUSED ARGUMENT               | 1",
                    "whoami --nope -qx -o xml      | COMMAND REFUSED REFUSED OPTION REFUSED | 1",
                    "token --min-ttl --quiet       | COMMAND REFUSED OPTION                 | 1",
                    "whoami -q --quiet             | COMMAND OPTION REFUSED                 | 2",
                    "whoami --quiet=yes            | COMMAND REFUSED                        | 1",
                    "whoami a b                    | COMMAND REFUSED ARGUMENT               | 1",
                    "api FETCH /x                  | COMMAND REFUSED ARGUMENT               | 1",
                    "api FETCH /x -q y             | COMMAND REFUSED ARGUMENT OPTION REFUSED | 1",
                    "whoami --profile ../x         | COMMAND OPTION REFUSED                 | 2",
                    "profile rename a              | COMMAND COMMAND ARGUMENT               | 3",
                    "profile                       | COMMAND                                | 1"
                })
        void everyWordHasARoleAndTheFirstErrorAPlace(String line, String roles, int failedAt) {
            CommandLine read = read(line);
            List<String> words = Tokenizer.words(line);

            assertThat(IntStream.range(0, words.size())
                            .mapToObj(read::role)
                            .map(Enum::name)
                            .collect(Collectors.joining(" ")))
                    .isEqualTo(roles);
            assertThat(read.failedAt()).isEqualTo(failedAt);
            assertThat(read.failure().isPresent()).isEqualTo(failedAt >= 0);
        }

        @Test
        void theFirstErrorIsKept() {
            assertThat(refused("whoami --nope --output xml y").message())
                    .isEqualTo("unknown option '--nope' of whoami");
            assertThat(refused("whoami -o xml lgoin --nope").message()).startsWith("-o must be text");
        }

        @Test
        void optionsAreFoundBehindAnError() {
            CommandLine read = read("lgoin --output json -q --profile prod");

            assertThat(read.isUnknownCommand()).isTrue();
            assertThat(read.values("output")).containsExactly("json");
            assertThat(read.has("quiet")).isTrue();
            assertThat(read.given()).extracting(GivenOption::word).containsExactly(2, 3, 5);
        }

        @ParameterizedTest
        @CsvSource({
            "login --token abc,2",
            "login --token=abc,1",
            "login -qt abc,2",
            "login --nope --token abc,3",
            "login --token -,-1",
            "login --token @file,-1",
            "login -t,-1",
            "exec -- --token abc,-1"
        })
        void aLiteralSecretHasAPlace(String line, int word) {
            assertThat(read(line).given().stream()
                            .filter(GivenOption::isLiteralSecret)
                            .map(GivenOption::word)
                            .findFirst()
                            .orElse(-1))
                    .isEqualTo(word);
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                nullValues = "-",
                value = {
                    "''                     | true  | -        | -",
                    "profile                | true  | -        | -",
                    "profile -q             | true  | -        | -",
                    "profile use            | true  | -        | NAME",
                    "profile use dev        | false | -        | -",
                    "lgoin                  | false | -        | -",
                    "login --web            | false | -        | -",
                    "login --provider       | false | provider | -",
                    "login -lt              | false | token-login | -",
                    "whoami -qo             | true  | output   | -",
                    "whoami -o json         | true  | -        | -",
                    "api GET                | false | -        | PATH",
                    "exec -- a b            | false | -        | PROGRAM"
                })
        void whatIsOpenAfterTheLastWordIsKnown(String line, boolean path, String option, String argument) {
            CommandLine read = read(line);

            assertThat(read.isPathOpen()).isEqualTo(path);
            assertThat(read.awaited().map(OptionSpec::name)).isEqualTo(Optional.ofNullable(option));
            assertThat(read.nextArgument().map(ArgumentSpec::name)).isEqualTo(Optional.ofNullable(argument));
        }
    }
}
