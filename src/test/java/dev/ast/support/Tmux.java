package dev.ast.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * A real terminal of 80 by 24, driven by a tmux server of its own. The screen stays readable after the program has
 * ended. Begin with {@code Packages.require("tmux")}.
 */
public final class Tmux implements AutoCloseable {
    private static final String SOCKET = "ast-test";
    // Keeps the exit code itself: a terminal that tmux closes a moment early would report a hang-up instead.
    private static final String KEEPING_ITS_CODE = "trap : INT QUIT; code=$1; shift; \"$@\"; echo $? >\"$code\"";

    private final Path folder;

    private Tmux(Path folder) {
        this.folder = folder;
    }

    /** Starts a command in a terminal, in exactly this environment (and {@code TERM}, which tmux sets). */
    public static Tmux start(Map<String, String> environment, Path directory, String... command) {
        try {
            Path folder = Files.createTempDirectory("ast-tmux");
            Path settings = Files.writeString(folder.resolve("tmux.conf"), """
                    set -g remain-on-exit on
                    set -g remain-on-exit-format ""
                    set -g status off
                    set -g escape-time 0
                    set -g default-terminal screen-256color
                    """);
            Tmux tmux = new Tmux(folder);
            List<String> all = new ArrayList<>(List.of(
                    "-f",
                    settings.toString(),
                    "new-session",
                    "-d",
                    "-x",
                    "80",
                    "-y",
                    "24",
                    "-c",
                    directory.toString()));
            all.addAll(List.of(
                    "/bin/sh", "-c", KEEPING_ITS_CODE, "sh", tmux.exitCode().toString()));
            all.addAll(List.of(command));
            tmux.tmux(environment, all);
            return tmux;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts the packaged program in a terminal, in a world. */
    public static Tmux start(AstWorld world, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(world.program().toString());
        command.addAll(List.of(arguments));
        return start(world.environment(), world.work(), command.toArray(String[]::new));
    }

    /** The same with another terminal type than {@code screen-256color}. */
    public static Tmux startIn(String type, AstWorld world, String... arguments) {
        List<String> command = new ArrayList<>(List.of("/usr/bin/env", "TERM=" + type));
        command.add(world.program().toString());
        command.addAll(List.of(arguments));
        return start(world.environment(), world.work(), command.toArray(String[]::new));
    }

    /** The process of the program: the child of the shell that keeps its exit code. */
    public long program() {
        long shell = Long.parseLong(
                tmux(Map.of(), List.of("display-message", "-p", "#{pane_pid}")).strip());
        return ProcessHandle.of(shell)
                .flatMap(parent -> parent.children().findFirst())
                .orElseThrow(() -> new AssertionError("the program in the terminal has ended"))
                .pid();
    }

    /**
     * Presses keys.
     *
     * @param keys tmux names such as {@code Enter}, {@code Tab}, {@code C-c}, {@code Up}
     */
    public Tmux keys(String... keys) {
        List<String> all = new ArrayList<>(List.of("send-keys"));
        all.addAll(List.of(keys));
        tmux(Map.of(), all);
        return this;
    }

    /** Writes every byte that the terminal gets from now on to a file, too. */
    public Tmux recordTo(Path file) {
        tmux(Map.of(), List.of("pipe-pane", "-O", "cat >'" + file + "'"));
        return this;
    }

    /** Types text as it is. */
    public Tmux type(String text) {
        // A semicolon at the end would end the command of tmux itself.
        String whole = text.endsWith(";") ? text.substring(0, text.length() - 1) + "\\;" : text;
        tmux(Map.of(), List.of("send-keys", "-l", "--", whole));
        return this;
    }

    /** The text on the screen, without spaces at the ends of lines and empty lines at the end. */
    public String screen() {
        return tmux(Map.of(), List.of("capture-pane", "-p")).stripTrailing();
    }

    /** What is on the screen, with its colours as escape sequences. */
    public String colouredScreen() {
        return tmux(Map.of(), List.of("capture-pane", "-p", "-e")).stripTrailing();
    }

    /** What is on the screen and what has scrolled out of it. */
    public String everything() {
        return tmux(Map.of(), List.of("capture-pane", "-p", "-J", "-S", "-")).stripTrailing();
    }

    /** Waits until the screen shows the text, and gives the screen. */
    public String waitFor(String text, Duration timeout) {
        long end = System.nanoTime() + timeout.toNanos();
        String screen = screen();
        while (!screen.contains(text)) {
            if (System.nanoTime() > end) {
                throw new AssertionError("the terminal never showed «" + text + "» but:\n" + screen);
            }
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
            screen = screen();
        }
        return screen;
    }

    /**
     * Waits for the end of the program.
     *
     * @return its exit code, 128 + n if signal n ended it
     */
    public int awaitExit(Duration timeout) {
        long end = System.nanoTime() + timeout.toNanos();
        while (System.nanoTime() < end) {
            String code = exitCodeSoFar();
            if (code.endsWith("\n")) {
                return Integer.parseInt(code.strip());
            }
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
        throw new AssertionError("the program in the terminal did not end:\n" + screen());
    }

    private Path exitCode() {
        return folder.resolve("exit-code");
    }

    private String exitCodeSoFar() {
        try {
            return Files.exists(exitCode()) ? Files.readString(exitCode()) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Changes the size of the terminal. */
    public Tmux resize(int columns, int rows) {
        tmux(Map.of(), List.of("resize-window", "-x", Integer.toString(columns), "-y", Integer.toString(rows)));
        return this;
    }

    /** Ends the terminal and all that runs in it, and waits until it has ended and writes to no file any more. */
    @Override
    public void close() {
        List<ProcessHandle> running = tmux(Map.of(), List.of("list-panes", "-a", "-F", "#{pane_pid}"))
                .lines()
                .flatMap(pid -> ProcessHandle.of(Long.parseLong(pid.strip())).stream())
                .flatMap(pane -> Stream.concat(Stream.of(pane), pane.descendants()))
                .toList();
        tmux(Map.of(), List.of("kill-server"));
        for (ProcessHandle process : running) {
            try {
                process.onExit().get(20, TimeUnit.SECONDS);
            } catch (InterruptedException | ExecutionException | TimeoutException e) {
                throw new IllegalStateException("process " + process.pid() + " outlives its terminal", e);
            }
        }
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String tmux(Map<String, String> environment, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of("tmux", "-u", "-L", SOCKET));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().putAll(Map.of("PATH", "/usr/bin:/bin", "LANG", "C.UTF-8", "SHELL", "/bin/sh"));
        builder.environment().putAll(environment);
        // The folder of the socket, so that no other server of the same name is found.
        builder.environment().put("TMUX_TMPDIR", folder.toString());
        try {
            Process process = builder.start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(10, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new AssertionError("tmux " + arguments.get(0) + " failed: " + output);
            }
            return output;
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
