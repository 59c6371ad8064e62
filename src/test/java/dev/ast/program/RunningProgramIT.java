package dev.ast.program;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ast.support.AstResult;
import dev.ast.support.AstWorld;
import dev.ast.support.AuthorizationServer;
import dev.ast.support.Case;
import dev.ast.support.Packages;
import dev.ast.support.RunningAst;
import dev.ast.support.Sessions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the operating system shows of the program while it runs, and what is left when it crashes. */
class RunningProgramIT {
    private static final Duration SOON = Duration.ofSeconds(60);

    private final AstWorld world = AstWorld.create().env("AST_STORAGE", "file");
    private final AuthorizationServer server = new AuthorizationServer();

    @BeforeEach
    void signIn() {
        Sessions.signIn(world, server, "default", Duration.ofHours(1));
    }

    @AfterEach
    void close() {
        world.close();
        server.close();
    }

    /** A script that has used the session and waits for its next line. */
    private RunningAst waiting() {
        RunningAst ast = world.start("--script", "-");
        ast.type("api /api/one\n");
        ast.awaitOut("/api/one", SOON);
        return ast;
    }

    @Test
    @Case("D07")
    void listensNowhereAndCannotBeAttachedTo() throws IOException {
        try (RunningAst ast = waiting()) {
            Path process = Path.of("/proc", Long.toString(ast.pid()));
            List<String> sockets = sockets(process);
            for (String table : List.of("tcp", "tcp6", "unix")) {
                for (String line : Files.readAllLines(process.resolve("net").resolve(table))) {
                    assertThat(sockets.stream().noneMatch(line::contains) || !listens(table, line))
                            .as(line)
                            .isTrue();
                }
            }
            // A JVM that lets itself be attached to answers this signal with a socket in the folder for temporary
            // files.
            Path asked = Files.createFile(world.work().resolve(".attach_pid" + ast.pid()));
            ast.signal("QUIT");
            ast.type("version\n");
            ast.awaitOut("ast 0", SOON);
            Files.delete(asked);
            assertThat(Path.of("/tmp/.java_pid" + ast.pid())).doesNotExist();
            assertThat(process.resolve("root/tmp/hsperfdata_" + System.getProperty("user.name") + "/" + ast.pid()))
                    .doesNotExist();
            assertThat(Files.readString(process.resolve("cmdline")))
                    .doesNotContain("secret-of-the-test", "jmxremote", "agentlib", "HeapDumpPath");
            assertThat(threads(process)).isNotEmpty().allMatch(name -> !name.contains("secret"));
            assertThat(world.files()).allMatch(name -> name.startsWith("ast-home/"));
        }
    }

    /** What its open files are called in the tables of sockets. */
    private static List<String> sockets(Path process) throws IOException {
        List<String> numbers = new ArrayList<>();
        try (Stream<Path> open = Files.list(process.resolve("fd"))) {
            for (Path link : open.toList()) {
                String target = Files.readSymbolicLink(link).toString();
                if (target.startsWith("socket:[")) {
                    numbers.add(" " + target.substring("socket:[".length(), target.length() - 1) + " ");
                }
            }
        }
        return numbers;
    }

    private static boolean listens(String table, String line) {
        String[] columns = line.strip().split("\\s+", -1);
        // State 0A, and for a socket with a path the flag of those that accept connections.
        return table.equals("unix") ? columns[3].equals("00010000") : columns[3].equals("0A");
    }

    private static List<String> threads(Path process) throws IOException {
        List<String> names = new ArrayList<>();
        try (Stream<Path> tasks = Files.list(process.resolve("task"))) {
            for (Path task : tasks.toList()) {
                names.add(Files.readString(task.resolve("comm")).strip());
            }
        }
        return names;
    }

    @Test
    @Case("D08")
    void aCrashLeavesNoReport() {
        List<String> before = world.files();
        try (RunningAst ast = waiting()) {
            ast.signal("ABRT");
            AstResult result = ast.await(SOON);
            assertThat(result.exit()).isNotZero();
            assertThat(result.err()).doesNotContain("secret-of-the-test");
        }
        assertThat(world.files().stream().filter(name -> !name.contains("/locks/")))
                .isEqualTo(before.stream()
                        .filter(name -> !name.contains("/locks/"))
                        .toList());
    }

    @Test
    @Case("D09")
    void connectsToItsServerOnly() throws IOException {
        Packages.require("strace");
        Path trace = Files.createTempFile("ast-connects", ".txt");
        try {
            AstResult result = world.runBehind(
                    List.of("strace", "-f", "-qq", "-e", "trace=connect,sendto", "-o", trace.toString()),
                    "api",
                    "/api/one");
            assertThat(result.exit()).as("%s", result).isZero();
            assertThat(Files.readAllLines(trace).stream().filter(line -> line.contains("_port=htons(")))
                    .isNotEmpty()
                    .allMatch(line ->
                            line.contains("_port=htons(" + server.origin().port() + ")") && line.contains("127.0.0.1"));
        } finally {
            Files.delete(trace);
        }
    }

    @Test
    @Case("J07")
    void noLibraryBringsAServer() throws IOException {
        try (Stream<Path> lib = Files.walk(world.program().getParent().resolveSibling("lib"))) {
            assertThat(lib.map(path -> path.getFileName().toString()).filter(name -> name.endsWith(".jar")))
                    .isNotEmpty()
                    .noneMatch(
                            name -> name.matches(".*(telnet|ssh|groovy|servlet|tomcat|jetty|netty|undertow|webmvc).*"));
        }
    }
}
