package dev.ast.support;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/**
 * A login session of its own: private home, private session bus, and the keyring service that a test asks for. It lives
 * until it is closed, or until this JVM ends in whatever way; nothing of it stays.
 */
public final class PrivateSession implements AutoCloseable {
    private static final Path SCRIPTS = Path.of("src/test/sh").toAbsolutePath();

    private final Process script;
    private final Path directory;
    private final Map<String, String> environment;

    private PrivateSession(Process script, Path directory, Map<String, String> environment) {
        this.script = script;
        this.directory = directory;
        this.environment = environment;
    }

    /**
     * A session with gnome-keyring, or without.
     *
     * @param options of {@code with-secret-service.sh}, for example {@code --mode locked}
     */
    public static PrivateSession gnomeKeyring(String... options) throws Exception {
        Packages.require("dbus-daemon", "gnome-keyring-daemon", "secret-tool", "gdbus", "python3");
        List<String> command = new ArrayList<>(
                List.of(SCRIPTS.resolve("with-secret-service.sh").toString()));
        command.addAll(List.of(options));
        return start(command);
    }

    /** A session with KeePassXC and an open database. */
    public static PrivateSession keePassXc() throws Exception {
        Packages.require("dbus-daemon", "keepassxc", "keepassxc-cli", "secret-tool", "gdbus");
        return start(List.of(SCRIPTS.resolve("with-keepassxc.sh").toString()));
    }

    private static PrivateSession start(List<String> prefix) throws Exception {
        Path directory = Files.createTempDirectory("ast-session");
        Path variables = directory.resolve("environment");
        List<String> command = new ArrayList<>(prefix);
        // The inner command writes its environment, and ends with its standard input, that is with this JVM.
        command.addAll(List.of(
                "--",
                "bash",
                "-c",
                "env -0 > \"$0.new\"; mv \"$0.new\" \"$0\"; cat > /dev/null",
                variables.toString()));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("TMPDIR", directory.toString());
        builder.redirectErrorStream(true)
                .redirectOutput(directory.resolve("log").toFile());
        Process script = builder.start();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!Files.exists(variables)) {
            if (script.waitFor(20, TimeUnit.MILLISECONDS) || System.nanoTime() > end) {
                script.destroyForcibly();
                throw new IllegalStateException(
                        "the session did not start: " + Files.readString(directory.resolve("log")));
            }
        }
        Map<String, String> environment = new LinkedHashMap<>();
        for (String line : Files.readString(variables).split("\0", 0)) {
            int equals = line.indexOf('=');
            environment.put(line.substring(0, equals), line.substring(equals + 1));
        }
        return new PrivateSession(script, directory, environment);
    }

    /** The environment of programs in the session. */
    public Map<String, String> environment() {
        return environment;
    }

    /** Does something to the keyring service: lock, unlock, kill, hang, resume, restart. */
    public void control(String what) throws Exception {
        Result result = run(environment.get("SS_CTL"), what);
        if (result.exit() != 0) {
            throw new IllegalStateException(what + ": " + result.output());
        }
    }

    /** What a program printed, and how it ended. */
    public record Result(int exit, String output) {}

    /** Runs a program in the session, for at most 30 seconds. */
    public Result run(String... command) throws Exception {
        return run("", command);
    }

    /** The same with a text on its standard input. */
    public Result run(String input, String[] command) throws Exception {
        Path output = Files.createTempFile(directory, "output", "");
        Process process = start(output, command);
        try (var in = process.getOutputStream()) {
            in.write(input.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            // It may end without reading.
        }
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IllegalStateException(command[0] + " does not end");
        }
        return new Result(process.exitValue(), Files.readString(output));
    }

    /** Starts a program in the session; the caller ends it. */
    public Process start(Path output, String... command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().clear();
        builder.environment().putAll(environment);
        return builder.redirectErrorStream(true).redirectOutput(output.toFile()).start();
    }

    /** A directory that goes with the session. */
    public Path directory() {
        return directory;
    }

    @Override
    public void close() throws Exception {
        script.getOutputStream().close();
        if (!script.waitFor(30, TimeUnit.SECONDS)) {
            script.descendants().forEach(ProcessHandle::destroyForcibly);
            script.destroyForcibly();
        }
        // Daemons may still be writing their last lines.
        Process remove = new ProcessBuilder("rm", "-rf", directory.toString()).start();
        remove.waitFor(10, TimeUnit.SECONDS);
    }

    /** Waits until a file that a program writes has a text. */
    public static void awaitText(Path file, String text) {
        Awaitility.await(text)
                .atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> Files.exists(file)
                        && Files.readString(file, StandardCharsets.ISO_8859_1).contains(text));
    }
}
