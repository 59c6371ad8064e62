package dev.ast.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ast.support.Answer;
import dev.ast.support.AstResult;
import dev.ast.support.AstWorld;
import dev.ast.support.AuthorizationServer;
import dev.ast.support.CodeBlock;
import dev.ast.support.RunningAst;
import dev.ast.support.Script;
import dev.ast.support.Sessions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The pieces of docs/automation.md, as they stand there, with the paths of the test. */
class AutomationIT {
    private static final Path PAGE = Path.of("docs/automation.md");

    private final AstWorld world = AstWorld.create().env("AST_STORAGE", "file");
    private final AuthorizationServer server = new AuthorizationServer();

    @BeforeEach
    void install() throws IOException {
        Path bin = Files.createDirectory(world.home().resolve("bin"));
        Script.write(bin.resolve("deploy"), """
                #!/bin/sh
                echo "$*" >"$HOME/words"
                printf %s "$API_TOKEN" >"$HOME/token"
                [ -z "$TOKEN_PATH" ] || cat "$TOKEN_PATH" >"$HOME/file"
                """);
        world.env("PATH", bin + ":/usr/bin:/bin").env("API", server.issuer());
        server.serve("GET /api/one", Answer.json("{\"one\":1}"));
    }

    @AfterEach
    void close() {
        // What keeps a token file ends a moment after its program.
        await().atMost(Duration.ofSeconds(60))
                .until(() -> !Files.exists(world.astHome().resolve("exec")));
        world.close();
        server.close();
    }

    /** The blocks of a language, with the program in its place. */
    private List<String> blocks(String language) throws IOException {
        return CodeBlock.of(PAGE).stream()
                .filter(block -> block.language().equals(language))
                .map(block ->
                        block.text().replace("/opt/ast/bin/ast", world.program().toString()))
                .toList();
    }

    private AstResult shell(String script, Map<String, String> more) {
        Map<String, String> environment = new HashMap<>(world.environment());
        environment.putAll(more);
        try (RunningAst running = RunningAst.start(List.of("/bin/sh", "-c", script), environment, world.work())) {
            running.endInput();
            return running.await(Duration.ofSeconds(60));
        }
    }

    private String written(String name) throws IOException {
        return Files.readString(world.home().resolve(name)).strip();
    }

    @Test
    void theScriptsRun() throws IOException {
        String access =
                Sessions.signIn(world, server, "default", Duration.ofHours(1)).access();
        List<String> scripts = blocks("sh");
        assertThat(scripts).hasSize(3);

        AstResult deploy = shell(scripts.get(0), Map.of());
        assertThat(deploy.exit()).as("%s", deploy).isZero();
        assertThat(written("words")).isEqualTo("--region eu");
        assertThat(server.takes(written("token"))).isTrue();
        assertThat(access).isNotEmpty();

        AstResult curl = shell(scripts.get(1), Map.of());
        if (Files.isExecutable(Path.of("/usr/bin/curl"))) {
            assertThat(curl).isEqualTo(new AstResult(0, "{\"one\":1}", ""));
            assertThat(server.requests("GET /api/one")
                            .get(0)
                            .header("Authorization")
                            .orElse(""))
                    .startsWith("Bearer access-");
        }

        Files.delete(world.home().resolve("token"));
        AstResult file = shell(scripts.get(2), Map.of());
        assertThat(file.exit()).as("%s", file).isZero();
        assertThat(server.takes(written("token"))).isTrue();
    }

    @Test
    void theJobOfACiRunsWithItsSecret() throws IOException {
        String job = blocks("yaml").get(0);
        assertThat(job).contains("AST_SERVER: https://api.example.com\n");
        String line = job.lines()
                .filter(text -> text.startsWith("    - "))
                .findFirst()
                .orElseThrow()
                .substring(6);

        AstResult result = shell(line, Map.of("AST_SERVER", "https://api.example.com", "AST_TOKEN", "ci-canary-token"));

        assertThat(result).isEqualTo(new AstResult(0, "", ""));
        assertThat(written("token")).isEqualTo("ci-canary-token");
        assertThat(written("words")).isEqualTo("--region eu");
    }

    @Test
    void theLineOfCronRuns() throws IOException {
        Sessions.signIn(world, server, "default", Duration.ofHours(1));
        String line = blocks("cron").get(0).strip();
        assertThat(line).matches("15 4 \\* \\* 1-5 /.*");

        AstResult result = shell(line.split(" ", 6)[5], Map.of());

        assertThat(result).isEqualTo(new AstResult(0, "", ""));
        assertThat(server.takes(written("token"))).isTrue();
        assertThat(written("deploy.log")).isEmpty();
    }

    @Test
    void theServiceOfTheTimerRuns() throws IOException {
        Sessions.signIn(world, server, "default", Duration.ofHours(1));
        List<String> units = blocks("ini");
        String line = units.get(0)
                .lines()
                .filter(text -> text.startsWith("ExecStart="))
                .findFirst()
                .orElseThrow()
                .substring(10);
        assertThat(units.get(1)).contains("[Timer]\n", "OnCalendar=", "WantedBy=timers.target\n");

        // systemd starts the words directly, with no shell.
        List<String> words = List.of(line.split(" "));
        try (RunningAst service = RunningAst.start(words, world.environment(), world.work())) {
            service.endInput();
            assertThat(service.await(Duration.ofSeconds(60))).isEqualTo(new AstResult(0, "", ""));
        }
        assertThat(server.takes(written("token"))).isTrue();
        assertThat(server.takes(written("file"))).isTrue();
    }
}
