package dev.ast.program;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ast.support.AstResult;
import dev.ast.support.AstWorld;
import dev.ast.support.AuthorizationServer;
import dev.ast.support.AuthorizationServer.Decision;
import dev.ast.support.Case;
import dev.ast.support.EvilServer;
import dev.ast.support.ManyRuns;
import dev.ast.support.Packages;
import dev.ast.support.Script;
import dev.ast.support.Sessions;
import dev.ast.support.Tmux;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Nothing steers the program but its own words, its own variables and its own home; and it touches nothing else. */
class SealedIT {
    private final AstWorld world = AstWorld.create().env("AST_STORAGE", "file");
    private final AuthorizationServer server = new AuthorizationServer().decide(Decision.APPROVED);
    private final EvilServer evil = new EvilServer();

    @BeforeEach
    void signIn() {
        Sessions.signIn(world, server, "default", Duration.ofHours(1));
    }

    @AfterEach
    void close() {
        world.close();
        server.close();
        evil.close();
    }

    /** Every command, in an order in which each has something to do. */
    private String everyCommand() {
        return String.join(" ", server.login("--scope", "openid", "--profile", "two")) + """

                login --if-needed
                whoami
                status
                status --check
                token
                token --min-ttl 2h
                api /api/one
                profile list
                profile create three --server https://three.example.com
                profile set three --client-id x
                profile show three
                profile use three
                profile use -
                profile rename three four
                profile remove four
                completion bash
                history
                help
                help login
                version
                clear
                logout --profile two
                logout --all
                exit
                """;
    }

    /** What differs between two runs by its nature: times and numbers of tokens. */
    private String same(AstResult result) {
        return (result.exit() + "\n" + result.out() + "\n" + result.err())
                .replaceAll("(access|refresh)-[0-9]+-", "$1-N-")
                .replaceAll("failed, [0-9.]+ s", "failed, N s")
                .replaceAll("20[0-9]{2}-[^()]*\\([^()]*\\)", "TIME");
    }

    @Test
    @Case("C05")
    void aHostileDirectoryChangesNothing() throws IOException {
        AstResult clean = world.runWithInput(everyCommand(), "--keep-going");
        assertThat(clean.exit()).as("%s", clean).isZero();
        try (Stream<Path> made = Files.list(world.work())) {
            assertThat(made).isEmpty();
        }
        plantTraps(world.work());
        List<String> planted = world.files();
        Sessions.write(world, "{\"version\":1}");
        Sessions.signIn(world, server, "default", Duration.ofHours(1));
        AstResult hostile = world.runWithInput(everyCommand(), "--keep-going");

        assertThat(same(hostile)).isEqualTo(same(clean));
        assertThat(world.files()).isEqualTo(planted);
        assertThat(world.work().resolve("ran")).doesNotExist();
        evil.assertUntouched();
    }

    @Test
    @Case("C06")
    void variablesOfSpringAndJavaChangeNothing() {
        List<String> hostile = List.of(
                "env",
                "SPRING_APPLICATION_JSON={\"ast\":{\"providers\":{\"oidc\":{\"token-uri\":\"" + evil.uri("/token")
                        + "\"}}},\"spring\":{\"main\":{\"banner-mode\":\"console\"}}}",
                "SPRING_CONFIG_LOCATION=file:./application.yml",
                "SPRING_CONFIG_ADDITIONAL_LOCATION=file:./",
                "SPRING_CONFIG_IMPORT=file:./application.yml",
                "SPRING_PROFILES_ACTIVE=evil",
                "SPRING_MAIN_BANNER_MODE=console",
                "SPRING_MAIN_SOURCES=evil.Main",
                "AST_PROVIDERS_OIDC_TOKENURI=" + evil.uri("/token"),
                "AST_PROVIDERS_ASTROPODS_SERVER=" + evil.uri(""),
                "LOGGING_LEVEL_ROOT=debug",
                "LOGGING_FILE_NAME=spring.log",
                "LOGGING_CONFIG=logback.xml",
                "DEBUG=true",
                "TRACE=true",
                "JAVA_TOOL_OPTIONS=-Dspring.main.banner-mode=console -XX:+PrintFlagsFinal",
                "JDK_JAVA_OPTIONS=-showversion",
                "_JAVA_OPTIONS=-Dhttp.proxyHost=127.0.0.1",
                "CLASSPATH=.");
        List<String> before = world.files();
        for (String command : List.of("status", "profile list", "token", "help")) {
            String[] words = command.split(" ");
            assertThat(same(world.runBehind(hostile, words))).as(command).isEqualTo(same(world.run(words)));
        }
        AstResult api = world.runBehind(hostile, "api", "/api/one");
        assertThat(api.exit()).as("%s", api).isZero();
        assertThat(api.err()).isEmpty();
        assertThat(world.files().stream().filter(name -> !name.contains("/locks/")))
                .isEqualTo(before.stream()
                        .filter(name -> !name.contains("/locks/"))
                        .toList());
        evil.assertUntouched();
    }

    @Test
    @Case("C06")
    void wordsOfSpringAreUnknownOptions() throws IOException {
        Files.writeString(
                world.work().resolve("application.yml"),
                "spring.main.banner-mode: console\nlogging.file.name: x.log\n");
        List<String> words = List.of(
                "--spring.config.location=file:./application.yml",
                "--spring.main.banner-mode=console",
                "--logging.level.root=debug",
                "--logging.file.name=x.log",
                "--ast.providers.oidc.token-uri=http://127.0.0.1:1/",
                "--debug",
                "--trace",
                "-Dspring.main.banner-mode=console");
        List<List<String>> calls = new ArrayList<>();
        for (String word : words) {
            calls.add(List.of("status", word));
            calls.add(List.of(word, "token"));
        }
        assertThat(ManyRuns.of(world, calls)).allSatisfy(result -> {
            assertThat(result.exit()).as("%s", result).isEqualTo(2);
            assertThat(result.out()).isEmpty();
            assertThat(result.err()).startsWith("ast: unknown option ");
        });
        assertThat(world.work().resolve("x.log")).doesNotExist();
    }

    @Test
    @Case("A11")
    void runsNoProgramOfTheDirectory() throws IOException {
        plantTraps(world.work());
        List<String> words = new ArrayList<>(server.login("--profile", "two"));
        words.remove("--no-browser");
        AstResult result = world.runBehind(
                List.of("env", "PATH=.::/usr/bin:/bin", "DISPLAY=:9", "BROWSER=./xdg-open"),
                words.toArray(String[]::new));
        assertThat(result.exit()).as("%s", result).isZero();
        assertThat(result.errLines()).contains("  Code: ABCD-EFGH");
        assertThat(world.work().resolve("ran")).doesNotExist();
    }

    /** By what the operating system saw, not by what is left: nothing is made, changed or read outside the home. */
    @Test
    @Case({"D10", "F06"})
    void touchesNoFileButItsOwn() throws IOException {
        Packages.require("strace");
        plantTraps(world.work());
        Path trace = Files.createTempFile("ast-strace", ".txt");
        try {
            Files.writeString(world.temporary().resolve("script"), everyCommand());
            AstResult result = world.runBehind(
                    strace(
                            trace,
                            "open,openat,creat,mkdir,mkdirat,rename,renameat,renameat2,unlink,unlinkat,link,linkat,symlink,symlinkat,mknod,mknodat,truncate,chmod,fchmodat,execve"),
                    "--script",
                    world.temporary().resolve("script").toString());
            assertThat(result.exit()).as("%s", result).isZero();
            // A call that another thread interrupts has its words in the first of its two lines.
            List<String> lines = Files.readAllLines(trace).stream()
                    .filter(line -> line.matches("[0-9]+ +[a-z0-9]+\\(.*"))
                    .toList();
            assertThat(lines).hasSizeGreaterThan(100);
            assertThat(lines.stream().filter(this::changesSomethingElse)).isEmpty();
            assertThat(lines.stream().filter(this::readsTheDirectory)).isEmpty();
            assertNoOtherProgram(lines);
        } finally {
            Files.delete(trace);
        }
    }

    /** Nor does the shell, to know its terminal: each would be seen in the time to the first prompt. */
    @Test
    void theShellRunsNoOtherProgram() throws IOException {
        Packages.require("strace", "tmux");
        Path trace = Files.createTempFile("ast-strace", ".txt");
        List<String> command = new ArrayList<>(strace(trace, "execve"));
        command.add(world.program().toString());
        try (Tmux tmux = Tmux.start(world.environment(), world.work(), command.toArray(String[]::new))) {
            tmux.waitFor("ast>", Duration.ofSeconds(60));
            tmux.type("history").keys("Enter", "C-d");
            assertThat(tmux.awaitExit(Duration.ofSeconds(60))).isZero();
            assertNoOtherProgram(Files.readAllLines(trace));
        } finally {
            Files.delete(trace);
        }
    }

    private static List<String> strace(Path trace, String calls) {
        return List.of("strace", "-f", "-qq", "-o", trace.toString(), "-e", "trace=" + calls);
    }

    private static void assertNoOtherProgram(List<String> trace) {
        assertThat(trace.stream()
                        .filter(line -> line.contains("execve("))
                        .map(SealedIT::path)
                        .distinct())
                .isNotEmpty()
                .allMatch(
                        // The last two start the process that renews a session.
                        path -> Stream.of("/bin/ast", "/bin/java", "/readlink", "/jspawnhelper", "/setsid")
                                .anyMatch(path::endsWith));
    }

    private boolean changesSomethingElse(String line) {
        boolean writes = !line.contains("execve(")
                && (!(line.contains("open(") || line.contains("openat("))
                        || line.matches(".*O_(WRONLY|RDWR|CREAT|TRUNC|APPEND).*"));
        String path = path(line);
        return writes
                && !path.startsWith(world.astHome().toString())
                && !List.of("/dev/null", "/dev/tty").contains(path)
                && !path.startsWith("/proc/self/")
                && !line.contains("= -1 ENOENT");
    }

    private boolean readsTheDirectory(String line) {
        String path = path(line);
        boolean relative = !path.startsWith("/") && !path.isEmpty();
        return !line.contains("execve(")
                && (path.startsWith(world.work().toString()) || (relative && !path.equals(".")));
    }

    private static String path(String line) {
        Matcher first = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"").matcher(line);
        return first.find() ? first.group(1) : "";
    }

    private void plantTraps(Path directory) throws IOException {
        String evilYaml = """
                spring.main.banner-mode: console
                logging.file.name: spring.log
                logging.level.root: debug
                ast.storage: keyring
                ast.providers.oidc.token-uri: %1$s
                ast.providers.oidc.server: %1$s
                ast.providers.oidc.revocation-uri: %1$s
                ast.providers.astropods.server: %1$s
                """.formatted(evil.uri(""));
        Files.writeString(directory.resolve("application.yml"), evilYaml);
        Files.writeString(directory.resolve("application.yaml"), evilYaml);
        Files.writeString(directory.resolve("application-default.yml"), evilYaml);
        Files.writeString(directory.resolve("config.yml"), evilYaml);
        Files.writeString(directory.resolve(".ast.yml"), evilYaml);
        String properties = "spring.main.banner-mode=console\nlogging.file.name=spring.log\n"
                + "spring.shell.history.name=stolen\nast.providers.oidc.token-uri=" + evil.uri("/token") + "\n";
        Files.writeString(directory.resolve("application.properties"), properties);
        Files.createDirectories(directory.resolve("config/sub"));
        Files.writeString(directory.resolve("config/application.yml"), evilYaml);
        Files.writeString(directory.resolve("config/application.properties"), properties);
        Files.writeString(directory.resolve("config/sub/application.yml"), evilYaml);
        Files.writeString(directory.resolve("logback.xml"), """
                <configuration><appender name="F" class="ch.qos.logback.core.FileAppender"><file>ran</file>
                <encoder><pattern>%m</pattern></encoder></appender><root level="TRACE"><appender-ref ref="F"/></root>
                </configuration>
                """);
        Files.writeString(directory.resolve("commons-logging.properties"), "org.apache.commons.logging.Log=evil.Log\n");
        Files.writeString(directory.resolve("simplelogger.properties"), "org.slf4j.simpleLogger.logFile=ran\n");
        Files.writeString(directory.resolve("jline.rc"), "set history-file=ran\n");
        Files.writeString(directory.resolve(".env"), "AST_SERVER=" + evil.uri("") + "\nAST_TOKEN=stolen\n");
        Files.createDirectories(directory.resolve(".mvn"));
        Files.writeString(directory.resolve(".mvn/jvm.config"), "-showversion\n");
        Files.writeString(directory.resolve(".hotspotrc"), "+PrintFlagsFinal\n");
        Files.writeString(directory.resolve(".hotspot_compiler"), "print *.*\n");
        Files.createDirectories(directory.resolve(".ast"));
        Files.writeString(directory.resolve(".ast/credentials.json"), "{\"version\":1,\"active_profile\":\"evil\"}");
        for (String program :
                List.of("xdg-open", "secret-tool", "java", "readlink", "nice", "stty", "infocmp", "tput")) {
            Script.write(directory.resolve(program), "#!/bin/sh\n: >ran\n");
        }
    }
}
