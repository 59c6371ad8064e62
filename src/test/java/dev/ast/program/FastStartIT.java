package dev.ast.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The start without Spring, with the libraries that it has in the packaged program. */
class FastStartIT {
    private static final Path PROGRAM =
            Path.of(System.getProperty("ast.dir", "target/ast")).toAbsolutePath();
    private static final int FULL_PROGRAM = 99;

    private static final String STORE = """
            {"version": 1, "active_profile": "default", "profiles": {"default": {"provider": "astropods",
            "server": "https://api.example.com", "storage": "file", "identity": {"subject": "1", "name": "Ada"},
            "contexts": [{"id": "1", "name": "acme"}], "contexts_read_at": "%s",
            "tokens": {"access_token": "not-a-token", "token_type": "Bearer", "issued_at": "2026-01-01T00:00:00Z",
            "expires_at": "2999-01-01T00:00:00Z", "origin": "https://api.example.com",
            "authority": "https://api.example.com"}}}}
            """;

    @TempDir
    private Path folder;

    private Path home;

    private record Ended(int code, String out) {}

    @BeforeEach
    void signIn() throws IOException {
        home = Files.createDirectory(
                folder.resolve("home"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Path store = Files.createFile(
                home.resolve("credentials.json"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(store, STORE.formatted(Instant.now()));
    }

    @Test
    void everyCommandThatNeedsNoServerHasTheLibrariesThatItNeeds() throws Exception {
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
            Ended ended = fast(Map.of(), command.split(" ", -1));
            assertThat(ended.code()).as("%s: %s", command, ended.out()).isZero();
        }
    }

    @Test
    void settingsAndTokensFromTheEnvironmentAreRead() throws Exception {
        assertThat(fast(Map.of("AST_TOKEN", "not-from-outside"), "token"))
                .isEqualTo(new Ended(0, "not-from-outside\n"));
        Path settings = home.resolve("config.yml");
        Files.writeString(settings, "ast:\n  storage: file\n");
        Files.setLastModifiedTime(settings, FileTime.from(Instant.now().minus(Duration.ofMinutes(1))));

        assertThat(fast(Map.of(), "token").code()).isEqualTo(FULL_PROGRAM);
        assertThat(run(Map.of(), PROGRAM.resolve("bin/ast").toString(), "token"))
                .isEqualTo(new Ended(0, "not-a-token\n"));
        Path prepared = home.resolve("config.cache");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(prepared)))
                .isEqualTo("rw-------");
        assertThat(fast(Map.of(), "token")).isEqualTo(new Ended(0, "not-a-token\n"));
        assertThat(fast(Map.of("AST_TOKEN", "not-from-outside"), "token"))
                .isEqualTo(new Ended(0, "not-from-outside\n"));

        byte[] whole = Files.readAllBytes(prepared);
        byte[] damaged = whole.clone();
        damaged[whole.length / 2] ^= 1;
        Files.write(prepared, damaged);
        assertThat(fast(Map.of(), "token").code()).isEqualTo(FULL_PROGRAM);
        Files.write(prepared, whole);
        assertThat(fast(Map.of(), "token").code()).isZero();
        Files.writeString(settings, "ast:\n  storage: auto\n");
        assertThat(fast(Map.of(), "token").code()).isEqualTo(FULL_PROGRAM);
    }

    private Ended fast(Map<String, String> environment, String... words) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "@" + PROGRAM.resolve("lib/jvm.options"),
                "-Dast.app=" + PROGRAM,
                "-cp",
                PROGRAM.resolve("lib/fast.jar").toString(),
                "dev.ast.FastStart"));
        command.addAll(List.of(words));
        return run(environment, command.toArray(String[]::new));
    }

    private Ended run(Map<String, String> environment, String... command) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().putAll(environment);
        builder.environment()
                .putAll(Map.of(
                        "HOME",
                        folder.toString(),
                        "AST_HOME",
                        home.toString(),
                        "PATH",
                        "/usr/bin:/bin",
                        "AST_CACHE",
                        "off",
                        "LANG",
                        "C.UTF-8",
                        "AST_JAVA_HOME",
                        System.getProperty("java.home")));
        Process process = builder.start();
        process.getOutputStream().close();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Ended(process.exitValue(), out);
    }
}
