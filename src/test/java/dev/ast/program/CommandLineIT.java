package dev.ast.program;

import static dev.ast.support.ManyRuns.call;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ast.json.Json;
import dev.ast.json.JsonObject;
import dev.ast.support.AstResult;
import dev.ast.support.AstWorld;
import dev.ast.support.AuthorizationServer;
import dev.ast.support.Case;
import dev.ast.support.ManyRuns;
import dev.ast.support.Request;
import dev.ast.support.Sessions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** The words of one command: how they are read, what is refused, and where results and errors go. */
class CommandLineIT {
    private static final String CANARY = "ghp_canaryCANARYcanary0123456789abcdef";

    private final AstWorld world = AstWorld.create();
    private final AuthorizationServer server = new AuthorizationServer();

    @BeforeEach
    void signIn() {
        Sessions.signIn(world, server, "default", Duration.ofHours(1));
        Sessions.signIn(world, server, "prod", Duration.ofHours(1));
    }

    @AfterEach
    void close() {
        server.close();
        world.close();
    }

    /** Where it is closed, the JVM's first file would take its place. */
    @Test
    void closedStandardInputIsAnEmptyOne() {
        String ast = world.program().toString();
        try (AstWorld shell = AstWorld.around(Path.of("/bin/sh"))
                .env("AST_HOME", world.astHome().toString())
                .env("AST_STORAGE", "file")) {
            AstResult whoami = shell.run("-c", ast + " whoami <&-");
            assertThat(whoami.exit()).as("%s", whoami).isZero();
            assertThat(shell.run("-c", ast + " <&-")).isEqualTo(new AstResult(0, "", ""));
            AstResult token = shell.run("-c", ast + " whoami --token - <&-");
            assertThat(token.exit()).as("%s", token).isEqualTo(2);
            assertThat(token.err()).startsWith("ast: the token is empty");
        }
    }

    private record Refused(List<String> call, String message, String hint) {}

    @Test
    @Case({"J01", "I05"})
    void refusesWhatItDoesNotUnderstandAndRunsNothing() throws IOException {
        byte[] before = Files.readAllBytes(Sessions.file(world));
        List<Refused> table = List.of(
                new Refused(call("whoamy"), "unknown command 'whoamy'; did you mean 'whoami'?", "ast whoami"),
                new Refused(
                        call("profile", "lst"),
                        "unknown command 'profile lst'; did you mean 'profile list'?",
                        "ast profile list"),
                new Refused(call("xyzzy"), "unknown command 'xyzzy'", "ast help"),
                new Refused(call(""), "unknown command ''", "ast help"),
                new Refused(call("profile list"), "unknown command 'profile list'", "ast help"),
                new Refused(
                        call("status", "--chek"),
                        "unknown option '--chek' of status; did you mean '--check'?",
                        "ast help status"),
                new Refused(
                        call("profile", "create", "new", "--", "--zzzz"),
                        "unexpected argument '--zzzz' after profile create",
                        "ast help profile create"),
                new Refused(
                        call("profile", "create", "new", "extra"),
                        "unexpected argument 'extra' after profile create",
                        "ast help profile create"),
                new Refused(call("profile", "create"), "profile create needs NAME", "ast help profile create"),
                new Refused(call("profile", "create", "new", "--server"), "--server needs a value: URL", ""),
                new Refused(
                        call("profile", "create", "new", "--client-id", "--quiet"),
                        "--client-id needs a value: ID",
                        ""),
                new Refused(call("--profile"), "--profile needs a value: NAME", ""),
                new Refused(
                        call("-o", "xml", "profile", "create", "new"),
                        "-o must be text, table, json, yaml or csv, not 'xml'",
                        ""),
                new Refused(
                        call("profile", "list", "-q", "--profile=a", "--profile=b"), "--profile is given twice", ""),
                new Refused(call("profile", "list", "--quiet=yes"), "--quiet takes no value", "ast help profile list"),
                new Refused(
                        call("profile"),
                        "profile needs one of: bind, create, list, remove, rename, set, show, unbind, use",
                        "ast help profile"),
                new Refused(
                        call("profile", "create", "../new"),
                        "not a profile name: '../new'",
                        "use 1 to 64 letters, digits, '.', '_' or '-', starting with a letter or digit"),
                new Refused(
                        call("profile", "create", "new", "--server", "http://example.com"),
                        "not a server address: 'http://example.com', http is accepted for loopback only, use https",
                        "give an address such as https://api.example.com"),
                new Refused(call("profile", "rename", "prod", "default"), "there is a profile default already", "*"),
                new Refused(
                        call("logout", "--all", "--profile", "prod"),
                        "--all and --profile do not go together",
                        "give one of them"),
                new Refused(call("--script", "absent.ast"), "there is no script absent.ast", ""),
                new Refused(
                        call("--keep-going", "version"),
                        "--keep-going goes with a script",
                        "ast --script FILE [--keep-going]"));

        List<AstResult> results =
                ManyRuns.of(world, table.stream().map(Refused::call).toList());

        for (int i = 0; i < results.size(); i++) {
            Refused refused = table.get(i);
            AstResult result = results.get(i);
            List<String> lines = result.errLines();
            assertThat(result.exit())
                    .as("exit code of %s: %s", refused.call(), result)
                    .isEqualTo(2);
            assertThat(result.out()).as("standard output of %s", refused.call()).isEmpty();
            assertThat(lines.get(0)).as("%s", refused.call()).isEqualTo("ast: " + refused.message());
            assertThat(lines.stream().skip(1).toList())
                    .as("hint of %s", refused.call())
                    .satisfies(rest -> {
                        if (refused.hint().equals("*")) {
                            assertThat(rest).hasSize(1).allMatch(line -> line.startsWith("hint: "));
                        } else {
                            assertThat(rest)
                                    .isEqualTo(
                                            refused.hint().isEmpty() ? List.of() : List.of("hint: " + refused.hint()));
                        }
                    });
        }
        assertThat(Files.readAllBytes(Sessions.file(world))).isEqualTo(before);
        assertThat(server.requests()).isEmpty();
    }

    @Test
    @Case("D03")
    void repeatsNoSecretOfItsOwnWords() {
        List<List<String>> calls = List.of(
                call("login", "--token", CANARY, "--nope"),
                call("whoami", "--token=" + CANARY, "extra"),
                call("whoami", "--token", "first " + CANARY, "--profile", "x y"),
                call("token", CANARY),
                call(CANARY),
                call("profile", "use", "prod", CANARY + "/x"),
                call("api", "--header=Authorization: Bearer " + CANARY, "--nope"),
                call("login", "-t", CANARY, "--with-token"),
                call("-o", "json", "login", "--token", CANARY),
                call("-v", "login", "--token-login", CANARY, "--provider", "unknown"),
                call("status", "--token", CANARY, "--color", "pink"));
        List<AstResult> results = ManyRuns.of(world, calls);
        for (int i = 0; i < calls.size(); i++) {
            AstResult result = results.get(i);
            assertThat(result.exit()).as("%s", result).isEqualTo(2);
            assertThat(result.out()).isEmpty();
            assertThat(result.err()).as("%s", calls.get(i)).isNotEmpty().doesNotContain("canaryCANARY");
        }
    }

    /** What the API receives is what was typed, whatever it is made of. */
    @Test
    @Case({"J01", "J08", "G04"})
    void passesEveryWordAsItWasTyped() {
        List<String> values = List.of(
                "two words",
                " spaces around ",
                "",
                "it's",
                "say \"hi\"",
                "a=b=c",
                "--quiet",
                "-x",
                "--",
                "back\\slash",
                "dollar $HOME `id` $(id)",
                "*?[]{}~!#;&|<>",
                "naïve Ωmega 漢字 😀",
                "line\nbreak\ttab",
                "${user.home} #{1+1} %s {{x}}");
        List<String> call = new java.util.ArrayList<>(List.of("api", "POST", "/api/words"));
        for (int i = 0; i < values.size(); i++) {
            call.add("-f");
            call.add("w" + i + "=" + values.get(i));
        }
        AstResult result = world.run(call.toArray(String[]::new));
        assertThat(result.exit()).as("%s", result).isZero();
        Request request = server.requests("POST /api/words").get(0);
        JsonObject sent = Json.readObject(request.body());
        for (int i = 0; i < values.size(); i++) {
            assertThat(sent.get("w" + i)).as("value %s", i).isEqualTo(values.get(i));
        }
    }

    @Test
    void takesGlobalOptionsAnywhereInTheLine() {
        List<List<String>> calls = List.of(
                call("--profile", "prod", "-o", "json", "profile", "show"),
                call("profile", "--profile", "prod", "-o", "json", "show"),
                call("profile", "show", "--profile=prod", "--output=json"),
                call("profile", "show", "-ojson", "--profile", "prod", "-q"),
                call("-qo", "json", "profile", "show", "--profile", "prod"),
                call("profile", "show", "-o=json", "--no-input", "--color", "never", "--", "prod"));
        assertThat(ManyRuns.of(world, calls)).allSatisfy(result -> {
            assertThat(result.exit()).as("%s", result).isZero();
            assertThat(result.err()).isEmpty();
            assertThat(object(result.out()).text("name")).contains("prod");
        });
    }

    @Test
    @Case({"G07", "D05"})
    void printsOneDocumentAndNothingElse() {
        List<List<String>> json = List.of(
                call("status", "-o", "json"),
                call("profile", "list", "-o", "json"),
                call("profile", "show", "-o", "json"),
                call("whoami", "-o", "json"),
                call("token", "-o", "json"),
                call("version", "-o", "json"),
                call("logout", "--local", "-o", "json"));
        for (AstResult result : ManyRuns.of(world, json.subList(0, 6))) {
            assertThat(result.exit()).as("%s", result).isZero();
            assertThat(result.err()).isEmpty();
            assertThat(result.out()).endsWith("\n");
            assertThat(Json.read(result.out().getBytes(StandardCharsets.UTF_8))).isInstanceOfAny(Map.class, List.class);
        }
        for (AstResult result : ManyRuns.of(
                world,
                json.subList(0, 6).stream()
                        .map(call -> call.stream()
                                .map(word -> word.equals("json") ? "yaml" : word)
                                .toList())
                        .toList())) {
            assertThat(result.exit()).as("%s", result).isZero();
            assertThat(result.err()).isEmpty();
            Object document = new Yaml().load(result.out());
            assertThat(document).isInstanceOfAny(Map.class, List.class);
        }
    }

    @Test
    @Case("G07")
    void saysErrorsAsJsonOnStandardError() {
        List<List<String>> calls = List.of(
                call("-o", "json", "whoamy"),
                call("--output=json", "profile", "show", "nobody"),
                call("token", "--profile", "fresh", "--output", "json"),
                call("-ojson", "--script", "absent.ast"));
        List<JsonObject> errors = ManyRuns.of(world, calls).stream()
                .map(result -> {
                    assertThat(result.out()).isEmpty();
                    assertThat(result.errLines()).as("%s", result).hasSize(1);
                    JsonObject whole = object(result.err());
                    assertThat(whole.members()).containsOnlyKeys("error");
                    JsonObject error = whole.object("error").orElseThrow();
                    assertThat(error.members()).containsOnlyKeys("code", "message", "hint", "exit");
                    assertThat(error.number("exit")).contains((long) result.exit());
                    return error;
                })
                .toList();
        assertThat(errors)
                .extracting(error -> error.get("code"))
                .containsExactly("usage", "not_signed_in", "not_signed_in", "usage");
        assertThat(errors).extracting(error -> error.get("exit")).containsExactly(2, 4, 4, 2);
        assertThat(errors)
                .extracting(error -> error.get("message"))
                .containsExactly(
                        "unknown command 'whoamy'; did you mean 'whoami'?",
                        "there is no profile nobody",
                        "there is no profile fresh",
                        "there is no script absent.ast");
        assertThat(errors)
                .extracting(error -> error.get("hint"))
                .containsExactly("ast whoami", "ast profile list", "ast profile list", null);
    }

    @Test
    void givesHelpWhereverItIsAskedFor() {
        List<List<String>> calls = List.of(
                call("--help"),
                call("-h"),
                call("help"),
                call("profile", "--help"),
                call("help", "profile"),
                call("profile", "create", "--help"),
                call("help", "profile", "create"),
                call("profile", "create", "--nope", "-h"),
                call("--version"),
                call("version"));
        List<AstResult> results = ManyRuns.of(world, calls);
        assertThat(results).allSatisfy(result -> {
            assertThat(result.exit()).as("%s", result).isZero();
            assertThat(result.err()).isEmpty();
        });
        List<String> texts = results.stream().map(AstResult::out).toList();
        assertThat(texts.get(0))
                .startsWith("Usage: ast ")
                .isEqualTo(texts.get(1))
                .isEqualTo(texts.get(2));
        assertThat(texts.get(3)).startsWith("Usage: ast profile ").isEqualTo(texts.get(4));
        assertThat(texts.get(5))
                .startsWith("Usage: ast profile create ")
                .contains("--client-id ID")
                .isEqualTo(texts.get(6))
                .isEqualTo(texts.get(7));
        assertThat(texts.get(8)).startsWith("ast 0").isEqualTo(texts.get(9));
    }

    @Test
    @Case("G05")
    void losesNoOutputInSilence() {
        List<String> toFull = List.of("sh", "-c", "exec \"$@\" >/dev/full", "sh");
        List<String> toNobody = List.of("sh", "-c", "{ \"$@\"; echo \"code $?\" >&2; } | :", "sh");
        AstResult full = world.runBehind(toFull, "profile", "list");
        assertThat(full.exit()).as("%s", full).isEqualTo(1);
        assertThat(full.errLines()).hasSize(1);
        assertThat(full.err()).startsWith("ast: cannot write to standard output: ");
        AstResult closed = world.runBehind(List.of("sh", "-c", "exec \"$@\" >&-", "sh"), "token");
        assertThat(closed.exit()).as("%s", closed).isNotZero();
        assertThat(closed.err()).doesNotContain("\tat ");
        AstResult nobody = world.runBehind(toNobody, "help");
        assertThat(nobody.err())
                .as("nothing is printed when the reader has closed the pipe")
                .isEqualTo("code 1\n");
    }

    @Test
    @Case("G06")
    void needsNoTerminalAndPutsNothingOfOneIntoPipes() {
        world.env("TERM", "dumb");
        AstResult dumb = world.run("status");
        world.withoutEnv("TERM").withoutEnv("LANG");
        AstResult without = world.run("status");
        world.env("TERM", "xterm-256color").env("LANG", "C");
        AstResult plain = world.run("status");
        AstResult colored = world.run("status", "--color", "always");
        assertThat(List.of(dumb, without, plain)).allSatisfy(result -> {
            assertThat(result.exit()).as("%s", result).isZero();
            assertThat(result.err()).isEmpty();
            assertThat(result.out()).contains("default *  oidc").doesNotContain("\u001b");
        });
        assertThat(colored.out()).contains("\u001b[");
    }

    @Test
    @Case("J10")
    void standsAnywhere() throws IOException {
        Path place = world.home().resolve("a place");
        Files.createDirectories(place);
        Path link = Files.createSymbolicLink(place.resolve("my ast"), world.program());
        Path away = Files.createDirectories(world.home().resolve("other directory"));
        AstResult linked = world.runBehind(
                List.of("sh", "-c", "cd \"$1\" && shift 2 && exec \"$0\" \"$@\"", link.toString(), away.toString()),
                "profile",
                "list");
        assertThat(linked.exit()).as("%s", linked).isZero();
        assertThat(linked).isEqualTo(world.run("profile", "list"));
        assertThat(away).isEmptyDirectory();
    }

    private static JsonObject object(String text) {
        return Json.readObject(text.getBytes(StandardCharsets.UTF_8));
    }
}
