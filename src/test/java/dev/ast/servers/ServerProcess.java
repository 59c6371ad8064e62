package dev.ast.servers;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A server in a process of its own, which ends with this one. What it prints goes to a file. */
final class ServerProcess implements AutoCloseable {
    private static final Duration LONGEST_START = Duration.ofMinutes(10);

    private final Process process;
    private final Path log;

    private ServerProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
        Runtime.getRuntime().addShutdownHook(new Thread(this::end));
    }

    /** Starts a command in a folder and waits until its output has a text. */
    static ServerProcess start(
            List<String> command, Path folder, Map<String, String> environment, Path log, String ready)
            throws IOException, InterruptedException {
        Files.deleteIfExists(log);
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        ServerProcess server = new ServerProcess(builder.start(), log);
        Instant end = Instant.now().plus(LONGEST_START);
        while (!server.printed().contains(ready)) {
            if (!server.process.isAlive() || Instant.now().isAfter(end)) {
                String printed = server.printed();
                server.close();
                throw new AssertionError("the server did not start: " + printed);
            }
            TimeUnit.MILLISECONDS.sleep(200);
        }
        return server;
    }

    /** A port that is free now. */
    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /** What it has printed. */
    String printed() throws IOException {
        return Files.exists(log) ? Files.readString(log) : "";
    }

    /** Work that may fail. */
    interface Work {
        void run() throws Exception;
    }

    /** Runs checks; where one fails, what the server has printed is shown. */
    void during(Work work) throws Exception {
        try {
            work.run();
        } catch (Throwable e) {
            System.out.println(printed());
            throw e;
        }
    }

    private void end() {
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
    }

    @Override
    public void close() {
        end();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
        }
    }
}
