package dev.ast.program;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ast.support.AstResult;
import dev.ast.support.AstWorld;
import dev.ast.support.Case;
import dev.ast.support.RunningAst;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One signal ends the program with its code, whatever it reads, runs or writes. */
class SignalIT {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final List<String> SIGNALS = List.of("INT", "TERM", "HUP");

    private final AstWorld world = AstWorld.create().env("AST_STORAGE", "file");

    @AfterEach
    void close() {
        world.close();
    }

    /** All wait at the same time, and each is sent one signal, the first, second and third kind in turn. */
    @Test
    @Case({"J09", "J02"})
    void endsWhateverWaitsForInput() throws IOException, InterruptedException {
        String fifo = world.work().resolve("fifo").toString();
        assertThat(new ProcessBuilder("mkfifo", fifo).start().waitFor()).isZero();
        List<List<String>> calls = List.of(
                List.of("--script", "-"),
                List.of("--keep-going"),
                List.of("login", "--with-token"),
                List.of("login", "-t", "-"),
                List.of("whoami", "--token", "-"),
                List.of("api", "POST", "/x", "--input", "-"),
                List.of("api", "POST", "/x", "-F", "a=@-"),
                List.of("--script", fifo),
                List.of("whoami", "--token", "@" + fifo));
        // The open pipe makes the others wait for bytes, not for a writer.
        try (FileChannel writer = FileChannel.open(Path.of(fifo), StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            assertThat(writer.isOpen()).isTrue();
            List<RunningAst> all = new ArrayList<>();
            for (List<String> call : calls) {
                all.add(world.start(call.toArray(String[]::new)));
            }
            for (int i = 0; i < calls.size(); i++) {
                RunningAst ast = all.get(i);
                awaitCall(ast, "read");
                String signal = SIGNALS.get(i % 3);
                ast.signal(signal);
                AstResult result = ast.await(LONG);
                boolean pressed = signal.equals("INT");
                assertThat(result.exit()).as("%s: %s", calls.get(i), result).isEqualTo(pressed ? 130 : 143);
                assertThat(result.err()).as("%s", calls.get(i)).endsWith(pressed ? "interrupted\n" : "terminated\n");
                assertThat(result.out()).isEmpty();
            }
        }
        assertThat(world.files()).containsExactly("work/fifo");
    }

    @Test
    @Case("J02")
    void endsALongScriptAndNamesTheLine() throws IOException {
        Files.writeString(world.work().resolve("many.ast"), "version\n".repeat(1_000_000));
        for (String signal : List.of("INT", "TERM")) {
            RunningAst ast = world.start("--script", "many.ast");
            ast.awaitOut("ast ", LONG);
            ast.signal(signal);
            AstResult result = ast.await(LONG);
            boolean pressed = signal.equals("INT");
            assertThat(result.exit()).as("%s", result.err()).isEqualTo(pressed ? 130 : 143);
            assertThat(result.err())
                    .matches("ast: many\\.ast:[1-9][0-9]*: " + (pressed ? "interrupted" : "terminated") + "\n");
        }
    }

    /** Standard output is a pipe that nobody reads, which no signal breaks. */
    @Test
    @Case("J09")
    void endsAScriptWhoseOutputNobodyTakes() throws IOException, InterruptedException {
        Files.writeString(world.work().resolve("many.ast"), "version\n".repeat(1_000_000));
        Path full = world.work().resolve("full");
        assertThat(new ProcessBuilder("mkfifo", full.toString()).start().waitFor())
                .isZero();
        try (FileChannel reader = FileChannel.open(full, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            assertThat(reader.isOpen()).isTrue();
            RunningAst ast =
                    world.startBehind(List.of("/bin/sh", "-c", "exec \"$@\" >full", "sh"), "--script", "many.ast");
            awaitCall(ast, "write");
            ast.signal("INT");
            AstResult result = ast.await(LONG);
            assertThat(result.exit()).isEqualTo(130);
            assertThat(result.err()).matches("ast: many\\.ast:[1-9][0-9]*: interrupted\n");
        }
    }

    /** Waits until a thread of the program is in this call of the system. */
    private static void awaitCall(RunningAst ast, String name) {
        boolean arm = System.getProperty("os.arch").equals("aarch64");
        String number = switch (name) {
            case "read" -> arm ? "63" : "0";
            case "write" -> arm ? "64" : "1";
            default -> throw new IllegalArgumentException(name);
        };
        long end = System.nanoTime() + LONG.toNanos();
        while (!inCall(ast.pid(), number)) {
            assertThat(System.nanoTime()).as("in time for %s", name).isLessThan(end);
            assertThat(ast.isAlive()).isTrue();
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
    }

    private static boolean inCall(long pid, String number) {
        Path tasks = Path.of("/proc", Long.toString(pid), "task");
        try (Stream<Path> threads = Files.list(tasks)) {
            // The launcher reads files too, but is not a JVM.
            return Files.readString(Path.of("/proc", Long.toString(pid), "comm"))
                            .equals("java\n")
                    && threads.anyMatch(thread -> isIn(thread, number));
        } catch (IOException e) {
            return false;
        }
    }

    // For a while, so that it is a wait and not one of the many quick calls of a start.
    private static boolean isIn(Path thread, String number) {
        for (int looks = 0; looks < 10; looks++) {
            try {
                if (!Files.readString(thread.resolve("syscall")).startsWith(number + " ")) {
                    return false;
                }
            } catch (IOException e) {
                return false;
            }
            LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
        }
        return true;
    }
}
