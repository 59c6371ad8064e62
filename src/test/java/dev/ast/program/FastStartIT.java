package dev.ast.program;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ast.support.AstResult;
import dev.ast.support.AstWorld;
import dev.ast.support.RunningAst;
import dev.ast.support.Sessions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

/** The start without Spring, with the libraries that it has in the packaged program. */
class FastStartIT {
    private static final int FULL_PROGRAM = 99;

    private static final String STORE = """
            {"version": 1, "active_profile": "default", "profiles": {"default": {"provider": "astropods",
            "server": "https://api.example.com", "storage": "file", "identity": {"subject": "1", "name": "Ada"},
            "contexts": [{"id": "1", "name": "acme"}], "contexts_read_at": "%s",
            "tokens": {"access_token": "not-a-token", "token_type": "Bearer", "issued_at": "2026-01-01T00:00:00Z",
            "expires_at": "2999-01-01T00:00:00Z", "origin": "https://api.example.com",
            "authority": "https://api.example.com"}}}}
            """;

    private static final String KUBECTL = """
            {"kind": "ExecCredential", "apiVersion": "client.authentication.k8s.io/v1", "spec": {"interactive": false}}
            """;

    private final AstWorld world = AstWorld.create().env("AST_CACHE", "off");

    @BeforeEach
    void signIn() {
        Sessions.write(
                world, STORE.formatted(Instant.now().truncatedTo(ChronoUnit.SECONDS))); // as the program writes it
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void everyCommandThatNeedsNoServerHasTheLibrariesThatItNeeds() {
        for (String command : List.of(
                "token",
                "whoami -o yaml",
                "status -o json",
                "status",
                "why",
                "why -o yaml",
                "profile list",
                "profile show -o yaml",
                "profile create other --provider oidc --issuer https://login.example.com --client-id x",
                "profile use other",
                "profile use -",
                "profile remove other",
                "context list",
                "context list -o yaml",
                "help",
                "help login -o yaml",
                "version -o json",
                "completion bash",
                "credential docker list",
                "__complete -- profile use ",
                "token --token not-a-token")) {
            AstResult ended = fast(Map.of(), command.split(" ", -1));
            assertThat(ended.exit()).as("%s: %s", command, ended).isZero();
        }
    }

    @Test
    void settingsAndTokensFromTheEnvironmentAreRead() throws IOException {
        assertThat(fast(Map.of("AST_TOKEN", "not-from-outside"), "token"))
                .isEqualTo(new AstResult(0, "not-from-outside\n", ""));
        Path settings = world.astHome().resolve("config.yml");
        Files.writeString(settings, "ast:\n  storage: file\n");
        Files.setLastModifiedTime(settings, FileTime.from(Instant.now().minus(Duration.ofMinutes(1))));

        assertThat(fast(Map.of(), "token").exit()).isEqualTo(FULL_PROGRAM);
        assertThat(world.run("token")).isEqualTo(new AstResult(0, "not-a-token\n", ""));
        Path prepared = world.astHome().resolve("config.cache");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(prepared)))
                .isEqualTo("rw-------");
        assertThat(fast(Map.of(), "token")).isEqualTo(new AstResult(0, "not-a-token\n", ""));
        assertThat(fast(Map.of("AST_TOKEN", "not-from-outside"), "token"))
                .isEqualTo(new AstResult(0, "not-from-outside\n", ""));

        byte[] whole = Files.readAllBytes(prepared);
        byte[] damaged = whole.clone();
        damaged[whole.length / 2] ^= 1;
        Files.write(prepared, damaged);
        assertThat(fast(Map.of(), "token").exit()).isEqualTo(FULL_PROGRAM);
        Files.write(prepared, whole);
        assertThat(fast(Map.of(), "token").exit()).isZero();
        Files.writeString(settings, "ast:\n  storage: auto\n");
        assertThat(fast(Map.of(), "token").exit()).isEqualTo(FULL_PROGRAM);
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_25) // an older JVM without a cache loads them itself
    void theShortestCommandsLoadNeitherStreamsNorRegularExpressions() throws IOException {
        Path log = world.work().resolve("classes.log");
        for (String command : List.of(
                "token", "whoami", "credential terraform get api.example.com", "credential kubectl --access-token")) {
            AstResult ended = started(
                    List.of("-Xlog:class+load:file=" + log + ":none"),
                    Map.of("KUBERNETES_EXEC_INFO", KUBECTL),
                    command.split(" ", -1));
            assertThat(ended.exit()).as("%s: %s", command, ended).isZero();
            // Each of them is 20 to 50 classes, of a thousand.
            assertThat(Files.readAllLines(log))
                    .as(command)
                    .anyMatch(line -> line.startsWith("dev.ast.FastStart "))
                    .noneMatch(line -> line.startsWith("java.util.regex.Pattern ")
                            || line.startsWith("java.util.stream.AbstractPipeline "));
            Files.delete(log);
        }
    }

    private AstResult fast(Map<String, String> variables, String... words) {
        return started(List.of(), variables, words);
    }

    private AstResult started(List<String> options, Map<String, String> variables, String... words) {
        Path program = world.program().getParent().getParent();
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "@" + program.resolve("lib/jvm.options"),
                "-Dast.app=" + program,
                "-cp",
                program.resolve("lib/fast.jar").toString()));
        command.addAll(options);
        command.add("dev.ast.FastStart");
        command.addAll(List.of(words));
        Map<String, String> environment = new HashMap<>(world.environment());
        environment.putAll(variables);
        try (RunningAst ast = RunningAst.start(command, environment, world.work())) {
            ast.endInput();
            return ast.await(AstWorld.USUAL_TIMEOUT);
        }
    }
}
