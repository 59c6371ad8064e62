package dev.ast.program;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ast.support.AstResult;
import dev.ast.support.AstWorld;
import dev.ast.support.CodeBlock;
import dev.ast.support.Packages;
import dev.ast.support.RunningAst;
import dev.ast.support.Sessions;
import dev.ast.support.Tmux;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * The samples of the documents: what stands below a line that begins with a dollar or with the prompt of the shell is what
 * the packaged program prints. An ellipsis stands for anything; addresses, codes and times may differ.
 */
class SampleOutputIT {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Pattern COMMAND = Pattern.compile("(?:\\$|\\S* ?ast>) (.+)");

    private final AstWorld world = AstWorld.create().env("AST_STORAGE", "file").env("BROWSER", "/bin/false");

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void theTour() throws IOException {
        String shown = shell("ast sandbox --tour 2>&1");
        Sample sample = sample("README.md", "ast login --no-browser");
        assertThat(plain(shown)).matches(pattern("…\n" + sample.whole() + "…\n"));
    }

    @Test
    void aSessionInTheSandbox() throws IOException {
        Packages.require("tmux");
        Sample sample = sample("docs/sandbox.md", "ast sandbox");
        try (Tmux terminal = Tmux.startIn("dumb", world, "sandbox")) {
            int prompts = 1;
            await(terminal, prompts);
            for (String line : List.copyOf(sample.steps().keySet())
                    .subList(1, sample.steps().size())) {
                terminal.type(line).keys("Enter");
                if (line.startsWith("login")) {
                    String code = terminal.waitFor("Code: ", LONG).replaceAll("(?s).*Code: (\\S+).*", "$1");
                    assertThat(world.run("sandbox", "approve", code).exit()).isZero();
                }
                prompts++;
                if (line.equals("exit")) {
                    terminal.awaitExit(LONG);
                } else {
                    await(terminal, prompts);
                }
            }
            assertThat(plain("$ ast sandbox\n" + terminal.everything() + "\n")).matches(pattern(sample.whole()));
        }
    }

    @Test
    void whatTabShows() throws IOException {
        Packages.require("tmux");
        Sessions.write(world, store("sandbox"));
        try (Tmux terminal = Tmux.start(world, "--profile", "sandbox")) {
            terminal.waitFor("sandbox ast>", LONG);
            terminal.type("context ").keys("Tab");
            String shown = plain(terminal.waitFor("Select an account", LONG) + "\n");
            assertThat(shown)
                    .matches(pattern(
                            "…\n" + sample("docs/commands.md", "context").whole() + "…\n"));
        }
    }

    @Test
    void theLog() throws IOException {
        Sessions.write(world, store("default"));
        String now = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
        String entry = "{\"time\":\"" + now + "\",\"profile\":\"default\",\"identity\":\"ada@example.com\",";
        Path log = world.astHome().resolve("log");
        Files.writeString(
                log,
                entry + "\"event\":\"sign_in\",\"server\":\"https://api.example.com\"}\n" + entry
                        + "\"event\":\"helper_answer\",\"server\":\"https://git.example.com\",\"protocol\":\"git\","
                        + "\"program\":\"git\"}\n");
        Files.setPosixFilePermissions(log, PosixFilePermissions.fromString("rw-------"));
        check("docs/configuration.md", "ast log --since 1d");
    }

    @Test
    void whoAnswersForAHost() throws IOException {
        Sessions.write(world, store("work"));
        world.run(
                "profile",
                "create",
                "other",
                "--provider",
                "oidc",
                "--issuer",
                "https://id.example.com",
                "--client-id",
                "x");
        world.run("profile", "use", "other");
        assertThat(world.run("profile", "set", "work", "--also-for", "https://git.example.com")
                        .exit())
                .isZero();
        check("docs/credential-helpers.md", "ast why git.example.com");
    }

    @Test
    void resultsForPrograms() throws IOException {
        Sessions.write(world, store("default"));
        check("docs/scripting.md", "ast whoami --jq .email");
        check("docs/scripting.md", "ast status --fields name,identity.email -o csv");
    }

    @Test
    void anExamination() throws IOException {
        Sessions.write(world, store("default"));
        Files.setPosixFilePermissions(Sessions.file(world), PosixFilePermissions.fromString("rw-r--r--"));
        Path settings = Files.writeString(world.astHome().resolve("config.yml"), "ast:\n  shell:\n    pagr: less\n");
        Files.setPosixFilePermissions(settings, PosixFilePermissions.fromString("rw-------"));
        check("docs/troubleshooting.md", "ast doctor");
    }

    @Test
    void noSampleIsLeftOut() throws IOException {
        Set<String> found = new TreeSet<>();
        try (Stream<Path> pages = Files.walk(Path.of("docs"))) {
            for (Path page : Stream.concat(Stream.of(Path.of("README.md")), pages)
                    .filter(file -> file.toString().endsWith(".md"))
                    .toList()) {
                for (Sample sample : samples(page)) {
                    if (sample.steps().values().stream().anyMatch(output -> !output.isEmpty())) {
                        found.add(
                                page + ": " + sample.steps().keySet().iterator().next());
                    }
                }
            }
        }
        assertThat(found)
                .containsExactlyInAnyOrder(
                        "README.md: ast login --no-browser",
                        "docs/commands.md: context",
                        "docs/configuration.md: ast log --since 1d",
                        "docs/credential-helpers.md: ast why git.example.com",
                        "docs/sandbox.md: ast sandbox",
                        "docs/scripting.md: ast status --fields name,identity.email -o csv",
                        "docs/scripting.md: ast whoami --jq .email",
                        "docs/troubleshooting.md: ast doctor");
    }

    /**
     * One block of a page.
     *
     * @param whole its text
     * @param steps the commands with what they print, which is empty where the page does not show it
     */
    private record Sample(String whole, Map<String, String> steps) {}

    private static List<Sample> samples(Path page) throws IOException {
        List<Sample> all = new ArrayList<>();
        for (CodeBlock block : CodeBlock.of(page)) {
            Map<String, String> steps = new LinkedHashMap<>();
            String last = "";
            for (String line : block.text().lines().toList()) {
                Matcher command = COMMAND.matcher(line);
                if (command.matches()) {
                    last = command.group(1);
                    steps.put(last, "");
                } else if (!last.isEmpty()) {
                    steps.merge(last, line + "\n", String::concat);
                }
            }
            if (!steps.isEmpty()) {
                all.add(new Sample(block.text(), steps));
            }
        }
        return all;
    }

    private static Sample sample(String page, String first) throws IOException {
        return samples(Path.of(page)).stream()
                .filter(one -> one.steps().containsKey(first))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no sample of " + first + " in " + page));
    }

    private void check(String page, String first) throws IOException {
        for (Map.Entry<String, String> step : sample(page, first).steps().entrySet()) {
            if (!step.getValue().isEmpty()) {
                String line = step.getKey().startsWith("ast ") ? step.getKey() : "ast " + step.getKey();
                assertThat(plain(shell(line + " 2>&1"))).as(line).matches(pattern(step.getValue()));
            }
        }
    }

    private String shell(String line) {
        Map<String, String> environment = new LinkedHashMap<>(world.environment());
        environment.put("PATH", world.program().getParent() + ":" + environment.get("PATH"));
        try (RunningAst shell = RunningAst.start(List.of("/bin/bash", "-c", line), environment, world.work())) {
            shell.endInput();
            AstResult ended = shell.await(LONG);
            assertThat(ended.err()).isEmpty();
            return ended.out();
        }
    }

    private static void await(Tmux terminal, int prompts) {
        long end = System.nanoTime() + LONG.toNanos();
        while (terminal.everything().split("ast>", -1).length <= prompts
                || !terminal.everything().endsWith("ast>")) {
            assertThat(System.nanoTime()).as(terminal.everything()).isLessThan(end);
        }
    }

    private static String store(String profile) {
        return """
                {"version": 1, "active_profile": "%s", "profiles": {"%s": {"provider": "astropods",
                "server": "https://api.example.com", "storage": "file",
                "identity": {"subject": "1", "email": "ada@example.com"},
                "tokens": {"access_token": "not-a-token", "token_type": "Bearer",
                "issued_at": "2026-01-01T00:00:00Z", "expires_at": "2999-01-01T00:00:00Z",
                "origin": "https://api.example.com", "authority": "https://api.example.com"}}}}
                """.formatted(profile, profile);
    }

    // Without what differs each time, and without the widths of columns, which follow from it.
    private String plain(String text) {
        return text.replace(world.astHome().toString(), "/home/ada/.ast")
                .replaceAll("127\\.0\\.0\\.1:[0-9]+", "127.0.0.1:PORT")
                .replaceAll("[A-Z]{4}-[A-Z]{4}", "ABCD-EFGH")
                .replaceAll("[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9:]{8}( [+-][0-9:]{5})?", "TIME")
                .replaceAll("valid for [0-9]:[0-9]{2}", "valid for 5:00")
                .replaceAll("\\b[0-9]+ (s|min|h)\\b", "1 min")
                .replaceAll(" +", " ")
                .replaceAll("(?m) $", "");
    }

    private Pattern pattern(String sample) {
        String lines = plain(sample)
                .lines()
                .map(line -> line.equals("…") ? "(?:.*\n)*?" : words(line) + "\n")
                .collect(Collectors.joining());
        return Pattern.compile(lines);
    }

    private static String words(String line) {
        return Stream.of(line.split("…", -1)).map(Pattern::quote).collect(Collectors.joining(".*"));
    }
}
