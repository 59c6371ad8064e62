package dev.ast.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ast.support.AstResult;
import dev.ast.support.AstWorld;
import dev.ast.support.AuthorizationServer;
import dev.ast.support.RunningAst;
import dev.ast.support.Script;
import dev.ast.support.Sessions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** {@code exec} of the packaged program, which the launcher becomes, and which a script starts. */
class ExecIT {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Duration LIFE = Duration.ofSeconds(5);
    private static final String TOKEN = "exec-canary-token";

    private final AstWorld world = AstWorld.create().env("AST_STORAGE", "file");
    private final AuthorizationServer server = new AuthorizationServer();

    @AfterEach
    void close() {
        world.close();
        server.close();
    }

    private AstResult exec(String... words) {
        return world.run(java.util.stream.Stream.concat(java.util.stream.Stream.of("exec"), List.of(words).stream())
                .toArray(String[]::new));
    }

    private String script(String text) {
        try {
            Path file = Script.write(world.work().resolve("script"), text);
            return file.toString();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private List<String> left() throws IOException {
        return world.files().stream()
                .filter(file -> file.startsWith("ast-home/exec"))
                .toList();
    }

    private String awaitLine(Path file) {
        await().atMost(LONG)
                .until(() -> Files.exists(file) && Files.readString(file).endsWith("\n"));
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void theProgramTakesThePlaceOfTheLauncherInTheEnvironmentAsItWas() {
        world.env("AST_TOKEN", TOKEN)
                .env("SEQERA_ACCESS_TOKEN", "other-canary")
                .env("AST_CLIENT_SECRET", "secret-canary")
                .env("AST_CLIENT_KEY_PASSWORD", "password-canary")
                .env("JAVA_TOOL_OPTIONS", "-Duser=1")
                .env("CLASSPATH", "/a:b")
                .env("first", "one")
                .env("LANG", "C");
        try (RunningAst ast = world.start("exec", "--", "/bin/sh", "-c", "echo \"pid $$ $0\"; env", "-o", "x y")) {
            AstResult result = ast.await(LONG);
            assertThat(result.exit()).as("%s", result).isZero();
            assertThat(result.out())
                    .startsWith("pid " + ast.pid() + " -o\n")
                    .contains(
                            "ASTRO_ACCESS_TOKEN=" + TOKEN + "\n",
                            "JAVA_TOOL_OPTIONS=-Duser=1\n",
                            "CLASSPATH=/a:b\n",
                            "first=one\n",
                            "LANG=C\n")
                    .doesNotContain(
                            "other-canary",
                            "secret-canary",
                            "password-canary",
                            "AST_TOKEN",
                            "AST_PLAN",
                            "LC_CTYPE",
                            "ast_");
            assertThat(result.err()).isEmpty();
        }
    }

    @Test
    void codesAndSignalsAreTheProgramsOwn() {
        world.env("ASTRO_ACCESS_TOKEN", TOKEN);
        assertThat(exec("--", "/bin/sh", "-c", "exit 7")).isEqualTo(new AstResult(7, "", ""));
        assertThat(exec("--", "/bin/sh", "-c", "kill -KILL $$").exit()).isEqualTo(137);
        AstResult missing = exec("--", "no-such-program");
        assertThat(missing.exit()).isEqualTo(127);
        assertThat(missing.err()).contains("ast: there is no program 'no-such-program'\n");
        assertThat(exec("--", "/etc/passwd").exit()).isEqualTo(126);
        AstResult lacking = exec("--", script("#!/no/such/interpreter\n"));
        assertThat(lacking.exit()).isEqualTo(126);
        assertThat(lacking.err()).contains("is a script of '/no/such/interpreter', which does not exist\n");
        assertThat(exec("true").exit()).isEqualTo(2);
        for (String signal : List.of("INT", "TERM", "HUP", "QUIT", "USR1", "WINCH")) {
            String script =
                    "trap 'echo " + signal + "; exit 5' " + signal + "; echo ready; while :; do sleep 0.1; done";
            try (RunningAst ast = world.start("exec", "--", "/bin/sh", "-c", script)) {
                ast.awaitOut("ready", LONG);
                ast.signal(signal);
                assertThat(ast.await(LONG)).isEqualTo(new AstResult(5, "ready\n" + signal + "\n", ""));
            }
        }
    }

    @Test
    void aNewTokenThatCannotBeStoredReachesTheProgram() {
        String refresh = Sessions.signIn(world, server, "default", Duration.ofSeconds(-1))
                .refresh();
        server.afterRefresh(() -> {
            try {
                // A file that others could have changed is neither read nor written.
                Files.setPosixFilePermissions(Sessions.file(world), PosixFilePermissions.fromString("rw-rw-rw-"));
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
        AstResult result = exec("--env", "API_TOKEN", "--", "/bin/sh", "-c", "echo $API_TOKEN");
        assertThat(result.out())
                .as("%s", result)
                .isEqualTo(server.newest(refresh).access() + "\n");
        assertThat(result.err()).contains("is not stored yet");
        assertThat(result.exit()).isEqualTo(7);
    }

    @Test
    void aScriptWaitsForItsProgramAndPassesOnWhatEndsIt() throws IOException {
        world.env("ASTRO_ACCESS_TOKEN", TOKEN);
        Path script = world.work().resolve("run.ast");
        Files.writeString(script, """
                exec -- /bin/sh -c 'printf %s "$ASTRO_ACCESS_TOKEN"' > out
                expect 7 exec -- /bin/sh -c 'exit 7'
                expect 127 exec -- no-such-program
                exec -- /bin/sh -c 'trap "echo ended; exit 6" TERM; echo ready; while :; do sleep 0.1; done'
                version
                """);
        try (RunningAst ast = world.start("--script", script.toString())) {
            ast.awaitOut("ready", LONG);
            ast.signal("TERM");
            AstResult result = ast.await(LONG);
            assertThat(result.out()).isEqualTo("ready\nended\n");
            assertThat(result.exit()).isEqualTo(143);
        }
        assertThat(world.work().resolve("out")).hasContent(TOKEN);
    }

    /** A program that writes the name of its token file, and then runs until it is told to stop. */
    private String reading() {
        return "echo \"$TOKEN_PATH\" >seen; until [ -e stop ]; do sleep 0.1; done";
    }

    @Test
    void aTokenFileIsFreshForThreeLifetimesAndGoneAfterwards() throws IOException {
        server.life(LIFE);
        String refresh = Sessions.signIn(world, server, "default", LIFE).refresh();
        Set<String> read = new LinkedHashSet<>();
        try (RunningAst ast = world.start("exec", "--token-file", "TOKEN_PATH", "--", "/bin/sh", "-c", reading())) {
            Path file = Path.of(awaitLine(world.work().resolve("seen")));
            assertThat(file.getParent().getParent()).isEqualTo(world.astHome().resolve("exec"));
            long end = System.nanoTime() + LIFE.multipliedBy(3).toNanos();
            while (System.nanoTime() < end) {
                String token = Files.readString(file);
                assertThat(server.takes(token)).as("after %s", read).isTrue();
                read.add(token);
                java.util.concurrent.locks.LockSupport.parkNanos(
                        Duration.ofMillis(100).toNanos());
            }
            assertThat(read).hasSizeGreaterThan(3).doesNotContain(refresh);
            Files.createFile(world.work().resolve("stop"));
            assertThat(ast.await(LONG)).isEqualTo(new AstResult(0, "", ""));
        }
        await().atMost(LONG).until(() -> !Files.exists(world.astHome().resolve("exec")));
        assertThat(server.reuses()).isZero();
    }

    @Test
    void aTokenFileIsGoneWithAKilledProgramAndAfterAKilledKeeperAtTheNextStart() throws IOException {
        world.env("ASTRO_ACCESS_TOKEN", TOKEN);
        try (RunningAst ast = world.start("exec", "--token-file", "TOKEN_PATH", "--", "/bin/sh", "-c", reading())) {
            Path file = Path.of(awaitLine(world.work().resolve("seen")));
            assertThat(file).hasContent(TOKEN);
            ast.kill();
            await().atMost(LONG).until(() -> !Files.exists(world.astHome().resolve("exec")));
        }
        Files.delete(world.work().resolve("seen"));
        Path script = world.work().resolve("run.ast");
        Files.writeString(script, "exec --token-file TOKEN_PATH -- /bin/sh -c '" + reading() + "'\n");
        try (RunningAst ast = world.start("--script", script.toString())) {
            Path file = Path.of(awaitLine(world.work().resolve("seen")));
            assertThat(world.run("version").exit()).isZero();
            assertThat(file).hasContent(TOKEN);
            ast.kill();
            await().atMost(LONG).until(() -> !ast.isAlive());
            assertThat(left()).isNotEmpty();
            Files.createFile(world.work().resolve("stop"));
        }
        assertThat(world.run("version").exit()).isZero();
        assertThat(left()).isEmpty();
    }
}
