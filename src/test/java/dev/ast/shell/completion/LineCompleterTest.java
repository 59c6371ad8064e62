package dev.ast.shell.completion;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ast.command.ArgumentSpec;
import dev.ast.command.CommandSpec;
import dev.ast.command.OptionSpec;
import dev.ast.command.Values;
import dev.ast.domain.Failure;
import dev.ast.domain.ProfileName;
import dev.ast.shell.grammar.Catalog;
import dev.ast.shell.grammar.Commands;
import dev.ast.support.Case;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LineCompleterTest {
    private final ValueSource names = (kind, prefix, profile) -> switch (kind) {
        case PROFILE ->
            List.of(
                    new Proposal("prod", "https://api.example.com"),
                    new Proposal("dev", "https://dev.example.com"),
                    new Proposal("my profile", ""),
                    new Proposal("bad\u001b[2J", ""));
        case CONTEXT -> List.of(new Proposal(profile.map(ProfileName::value).orElse("active") + "-acme", ""));
        case PROVIDER -> List.of(new Proposal("astropods", ""), new Proposal("oidc", ""));
        default -> List.of();
    };
    private final LineCompleter completer = new LineCompleter(Commands.catalog(), names);

    /** Completes a line given as words separated by commas; the last one is at the cursor. */
    private List<String> values(String words) {
        return proposals(words).stream().map(Proposal::value).toList();
    }

    private List<Proposal> proposals(String words) {
        List<String> all = Arrays.asList(words.split(",", -1));
        return completer.complete(all.subList(0, all.size() - 1), all.get(all.size() - 1));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "log                            | login logout",
                "au                             | auth",
                "auth,                          | login logout token",
                "profile,                       | list rename use",
                "profile,u                      | use",
                "-q,profile,--output,json,u     | use",
                "--profile,x,prof               | profile",
                "__                             |",
                "whoami,x                       |",
                "profile,use,                   | dev my profile prod",
                "profile,use,p                  | prod",
                "profile,rename,dev,            |",
                "context,use,                   | active-acme",
                "--profile,prod,context,use,    | prod-acme",
                "context,use,--profile=prod,    | prod-acme",
                "--profile,../x,context,use,    | active-acme",
                "login,--provider,              | astropods oidc",
                "login,--provider=o             | --provider=oidc",
                "whoami,--output,               | text table json yaml csv",
                "whoami,-o,j                    | json",
                "whoami,--output=               | --output=text --output=table --output=json --output=yaml --output=csv",
                "whoami,--output=y              | --output=yaml",
                "whoami,--color,n               | never",
                "whoami,--profile,d             | dev",
                "whoami,--profile=p             | --profile=prod",
                "whoami,--quiet=                |",
                "whoami,--nope=x                |",
                "login,--w                      | --web --with-token",
                "login,--web,--w                | --with-token",
                "login,-l,--no                  | --no-input",
                "login,--no-browser,-q,--qu     |",
                "whoami,-qo,                    | text table json yaml csv",
                "whoami,-ojson,--out            |",
                "api,-f,a=1,--r                 | --raw-field",
                "api,                           | GET POST PUT PATCH DELETE",
                "api,P                          | POST PUT PATCH",
                "api,GET,                       |",
                "--ver                          | --verbose --version",
                "whoami,--ver                   | --verbose",
                "exec,--,--out                  |",
                "whoami,--,                     |",
                "completion,                    | bash",
                "help,pro                       | profile",
                "help,profile,                  | list rename use",
                "help,profile,use,              |",
                "login,-t,--we                  | --web",
                "xyzzy,                         |",
                "xyzzy,--ou                     | --output"
            })
    void proposesWhatCanStand(String words, String expected) {
        assertThat(String.join(" ", values(words))).isEqualTo(expected == null ? "" : expected);
    }

    @Test
    void proposesOptionsWhereNothingElseCanStand() {
        assertThat(values("logout,"))
                .containsExactly(
                        "--all",
                        "--color",
                        "--context",
                        "--fields",
                        "--help",
                        "--jq",
                        "--no-input",
                        "--output",
                        "--plain",
                        "--profile",
                        "--quiet",
                        "--server",
                        "--token",
                        "--verbose");
        assertThat(values("profile,use,prod,")).contains("--output");
        assertThat(values("token,--min-ttl,")).isEmpty();
    }

    @Test
    void theUsersOwnWordsAreCompletedAndFollowed() {
        LineCompleter own = new LineCompleter(Commands.catalog(), names).with(new LineCompleter.OwnWords() {
            @Override
            public List<Proposal> all() {
                return List.of(new Proposal("p", "profile use"), new Proposal("who", "whoami"));
            }

            @Override
            public List<String> expand(List<String> words) {
                return words.equals(List.of("p")) ? List.of("profile", "use") : words;
            }
        });
        assertThat(own.complete(List.of(), "who"))
                .extracting(Proposal::value)
                .containsExactlyInAnyOrder("who", "whoami");
        assertThat(own.complete(List.of("p"), ""))
                .extracting(Proposal::value)
                .containsExactly("dev", "my profile", "prod");
        assertThat(own.complete(List.of("profile"), "p"))
                .extracting(Proposal::value)
                .doesNotContain("p");
    }

    @Test
    void saysWhatEachIs() {
        assertThat(proposals("log"))
                .containsExactly(new Proposal("login", "Sign in"), new Proposal("logout", "Sign out"));
        assertThat(proposals("login,--we")).containsExactly(new Proposal("--web", "Sign in through the browser"));
        assertThat(proposals("profile,use,pr")).containsExactly(new Proposal("prod", "https://api.example.com"));
        assertThat(proposals("au")).containsExactly(new Proposal("auth", "login, logout, token"));
    }

    @Test
    void namesThatWouldChangeTheScreenAreNotProposed() {
        assertThat(values("profile,use,b")).isEmpty();
    }

    @Test
    @Case("J06")
    void aStoreThatCannotBeReadIsNoTroubleForTheKey() {
        LineCompleter failing = new LineCompleter(Commands.catalog(), (kind, prefix, profile) -> {
            throw Failure.storage("corrupt", "ast doctor");
        });

        assertThat(failing.complete(List.of("profile", "use"), "")).isEmpty();
    }

    @Test
    void completesFilesWithoutReadingThem(@TempDir Path folder) throws IOException {
        Files.createDirectory(folder.resolve("data"));
        Files.writeString(folder.resolve("data/body one.json"), "{}");
        Files.writeString(folder.resolve("dump"), "");
        Files.writeString(folder.resolve(".hidden"), "");
        LineCompleter files = new LineCompleter(Commands.catalog(), names, folder);

        assertThat(files.complete(List.of("api", "--input"), "d"))
                .extracting(Proposal::value)
                .containsExactly("data/", "dump");
        assertThat(files.complete(List.of("api"), "--input=data/b"))
                .extracting(Proposal::value)
                .containsExactly("--input=data/body one.json");
        assertThat(files.complete(List.of("api", "--input"), ""))
                .extracting(Proposal::value)
                .containsExactly("data/", "dump");
        assertThat(files.complete(List.of("api", "--input"), ".h"))
                .extracting(Proposal::value)
                .containsExactly(".hidden");
        assertThat(files.complete(List.of("api", "--input"), "nowhere/x\0")).isEmpty();
    }

    @Test
    @Case("J06")
    void aThousandNamesAnswerInMilliseconds() {
        List<Proposal> many = new ArrayList<>(IntStream.range(0, 1_000)
                .mapToObj(i -> new Proposal("customer-%04d".formatted(i), "https://%d.example.com".formatted(i)))
                .toList());
        Collections.shuffle(many);
        LineCompleter large = new LineCompleter(Commands.catalog(), (kind, prefix, profile) -> many);
        IntStream.range(0, 50).forEach(i -> large.complete(List.of("profile", "use"), "customer-01"));

        long start = System.nanoTime();
        List<Proposal> found = large.complete(List.of("profile", "use"), "customer-012");
        Duration taken = Duration.ofNanos(System.nanoTime() - start);

        assertThat(found).hasSize(10);
        assertThat(found.get(0).value()).isEqualTo("customer-0120");
        assertThat(taken).isLessThan(Duration.ofMillis(20));
        assertThat(large.complete(List.of("profile", "use"), "")).hasSize(1_000);
    }

    @Test
    void theKindAndProfileReachTheSource() {
        List<String> asked = new ArrayList<>();
        LineCompleter asking = new LineCompleter(Commands.catalog(), (kind, prefix, profile) -> {
            asked.add(
                    kind + " " + prefix + " " + profile.map(ProfileName::value).orElse("-"));
            return List.of();
        });

        asking.complete(List.of("--profile", "prod", "context", "use"), "ac");
        asking.complete(List.of("login"), "");
        asking.complete(List.of("lo"), "");

        assertThat(asked).containsExactly(Values.Kind.CONTEXT + " ac prod");
    }

    @Test
    void lettersFindANameWhereNothingBeginsWithThem() {
        assertThat(values("profile,use,PRO")).containsExactly("prod");
        assertThat(values("profile,use,pd")).containsExactly("prod");
        assertThat(values("profile,use,file")).containsExactly("my profile");
        assertThat(values("login,--brow")).containsExactly("--no-browser");
        assertThat(values("prfl,")).isEmpty();
        assertThat(values("prfl")).containsExactly("profile");
    }

    @Test
    void theCommandsOwnOptionsComeFirst() {
        assertThat(values("login,--").subList(0, 6))
                .containsExactly("--no-browser", "--provider", "--token-login", "--web", "--with-token", "--color");
    }

    @Test
    void whatWasUsedComesFirst() {
        UsedNames used = new UsedNames() {
            @Override
            public double rank(Usage.Kind kind, String name) {
                return kind == Usage.Kind.PROFILE && name.equals("prod") ? 1 : 0;
            }

            @Override
            public List<String> names(Usage.Kind kind) {
                return kind == Usage.Kind.PATH ? List.of("/things", "/things/1") : List.of("prod");
            }
        };
        LineCompleter ranked = new LineCompleter(requests(), names, Optional.of(Path.of("/home/ada")), used);

        assertThat(ranked.complete(List.of("use"), ""))
                .extracting(Proposal::value)
                .startsWith("prod", "dev");
        assertThat(ranked.complete(List.of("api", "GET"), "/th"))
                .extracting(Proposal::value)
                .containsExactly("/things", "/things/1");
        assertThat(ranked.complete(List.of("api"), "de"))
                .extracting(Proposal::value)
                .containsExactly("DELETE");
        assertThat(ranked.complete(List.of("api", "/things"), "")).isEmpty();
    }

    private static Catalog requests() {
        return new Catalog(List.of(
                CommandSpec.named("api", "Session", "Send a request")
                        .argument(ArgumentSpec.rest("[METHOD] PATH", "Both", Values.REQUEST))
                        .option(
                                OptionSpec.value("field", "K=V", "A field")
                                        .from(Values.TEXT_OR_FILE)
                                        .many(),
                                OptionSpec.value("scope", "SCOPES", "Scopes").from(Values.SCOPE),
                                OptionSpec.value("time", "TIME", "A time")
                                        .from(Values.suggested("5m", "1h").meaning("5 minutes", "1 hour")))
                        .does(call -> ""),
                CommandSpec.named("use", "Session", "Use a profile")
                        .argument(ArgumentSpec.one("NAME", "The profile", Values.PROFILE))
                        .does(call -> "")));
    }

    @Test
    void filesScopesAndTimesAreValues(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("body.json"), "");
        ValueSource scopes =
                (kind, typed, profile) -> List.of(new Proposal("openid", "who signs in"), new Proposal("email", ""));
        LineCompleter values = new LineCompleter(requests(), scopes, Optional.of(folder), UsedNames.NONE);

        assertThat(values.complete(List.of("api", "--field"), "x=@~/bo"))
                .extracting(Proposal::value)
                .containsExactly("x=@" + folder + "/body.json");
        assertThat(values.complete(List.of("api", "--field"), "x=y@z")).isEmpty();
        assertThat(values.complete(List.of("api", "--scope"), "openid e"))
                .extracting(Proposal::value)
                .containsExactly("openid email");
        assertThat(values.complete(List.of("api", "--time"), ""))
                .containsExactly(new Proposal("5m", "5 minutes"), new Proposal("1h", "1 hour"));
    }
}
