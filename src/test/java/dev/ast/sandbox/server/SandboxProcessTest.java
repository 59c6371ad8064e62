package dev.ast.sandbox.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The sandbox as the program starts it: a process of its own, in a directory that nobody should trust. */
class SandboxProcessTest {

    @TempDir
    Path base;

    private Path hostile = Path.of("");
    private Path scratch = Path.of("");
    private final List<Process> started = new ArrayList<>();

    @BeforeEach
    void setTheTrap() throws IOException {
        hostile = Files.createDirectory(base.resolve("hostile"));
        scratch = Files.createDirectory(base.resolve("tmp"));
        Files.writeString(hostile.resolve("application.yml"), "logging.config: file:./logback.xml\nserver.port: 1\n");
        Files.writeString(
                hostile.resolve("logback.xml"),
                "<configuration><appender name=\"f\" class=\"ch.qos.logback.core.FileAppender\"><file>evil.log</file>"
                        + "<encoder><pattern>%m%n</pattern></encoder></appender>"
                        + "<root level=\"debug\"><appender-ref ref=\"f\"/></root></configuration>");
        Files.createDirectory(hostile.resolve("public"));
        Files.writeString(hostile.resolve("public/stolen.html"), "stolen");
    }

    @AfterEach
    void endWhatIsLeft() throws InterruptedException {
        for (Process process : started) {
            process.destroyForcibly().waitFor();
        }
    }

    @Test
    void saysWhereItIsInOneLineAndEndsWithItsStandardInput() throws Exception {
        Process process = start("--interval", "1");
        BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
        JsonNode ready = new JsonMapper().readTree(out.readLine());
        int port = ready.path("port").asInt();
        assertThat(ready.path("issuer").asString()).isEqualTo("http://127.0.0.1:" + port);
        assertThat(ready.path("client_id").asString()).isEqualTo("ast-sandbox");
        SandboxClient client = new SandboxClient(
                ready.path("issuer").asString(), ready.path("admin_token").asString());
        assertThat(client.startDevice().json().path("interval").asInt()).isEqualTo(1);
        assertThat(client.signIn(SandboxClient.ALL_SCOPES).status()).isEqualTo(200);
        assertThat(client.get("/stolen.html").status()).isEqualTo(404);
        assertThat(names(scratch)).as("scratch files while it runs").isEmpty();

        process.getOutputStream().close();

        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
        assertThat(out.readLine()).as("more on standard output").isNull();
        assertThat(process.errorReader(StandardCharsets.UTF_8).readLine()).isNull();
        assertThat(names(hostile)).containsExactlyInAnyOrder("application.yml", "logback.xml", "public");
        assertThat(names(scratch)).isEmpty();
    }

    @Test
    void endsWellOnTheSignalToTerminate() throws Exception {
        Process process = start();
        assertThat(process.inputReader(StandardCharsets.UTF_8).readLine()).startsWith("{\"issuer\":");

        process.destroy();

        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
        assertThat(names(scratch)).isEmpty();
    }

    @Test
    void refusesWhatItDoesNotKnow() throws Exception {
        Process process = start("--server.address=0.0.0.0");

        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(2);
        assertThat(process.inputReader(StandardCharsets.UTF_8).readLine()).isNull();
        assertThat(process.errorReader(StandardCharsets.UTF_8).readLine())
                .isEqualTo("sandbox: unknown option --server.address");
    }

    @Test
    void saysThatItsPortIsTaken() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Process process = start("--port", Integer.toString(taken.getLocalPort()));

            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(1);
            assertThat(process.errorReader(StandardCharsets.UTF_8).lines())
                    .containsExactly("sandbox: cannot start: port " + taken.getLocalPort() + " is in use");
            assertThat(names(scratch)).isEmpty();
        }
    }

    private Process start(String... options) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx160m",
                "-XX:-UsePerfData",
                "-XX:TieredStopAtLevel=1",
                "-Djava.io.tmpdir=" + scratch,
                "-cp",
                classPath(),
                SandboxServer.class.getName()));
        command.addAll(List.of(options));
        ProcessBuilder builder = new ProcessBuilder(command).directory(hostile.toFile());
        builder.environment()
                .putAll(Map.of(
                        "SPRING_APPLICATION_JSON", "{\"server.port\":2,\"logging.level.root\":\"debug\"}",
                        "SPRING_CONFIG_LOCATION", "file:./",
                        "LOGGING_CONFIG", "file:./logback.xml",
                        "SPRING_MAIN_BANNER_MODE", "console",
                        "DEBUG", "true"));
        Process process = builder.start();
        started.add(process);
        return process;
    }

    /** Without test classes, and without empty entries, which would mean the current directory. */
    private static String classPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.isEmpty() && !entry.endsWith("test-classes"))
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static List<String> names(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
