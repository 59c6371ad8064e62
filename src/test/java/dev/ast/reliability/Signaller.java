package dev.ast.reliability;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.LongPredicate;

/** Sends signals by a shell that is started once: starting {@code kill} for each would take longer than what is aimed at. */
final class Signaller implements AutoCloseable {
    private final Process shell;
    private final PrintStream to;

    Signaller() throws IOException {
        shell = new ProcessBuilder("/bin/sh")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        to = new PrintStream(shell.getOutputStream(), true, StandardCharsets.US_ASCII);
    }

    /** Sends it to a command that leads a session of its own. */
    void send(Kill kill, long command) {
        long pid = switch (kill.target()) {
            case PROGRAM -> last(command, other -> session(other) == command);
            case RENEWAL -> last(command, other -> session(other) != command);
            case PROCESS, GROUP -> command;
        };
        String who = (kill.target() == Kill.Target.GROUP ? "-" : "") + pid;
        to.println("kill -s " + kill.signal() + " -- " + who);
    }

    @Override
    public void close() {
        to.close();
        try {
            shell.waitFor();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The process below the command that was started last, of those in its session or of those in another one. */
    private static long last(long command, LongPredicate which) {
        return ProcessHandle.of(command).stream()
                .flatMap(ProcessHandle::descendants)
                .mapToLong(ProcessHandle::pid)
                .filter(which)
                .max()
                .orElse(command);
    }

    private static long session(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
            // Behind the name, which may have anything in it: state, parent, group, session.
            return Long.parseLong(stat.substring(stat.lastIndexOf(')') + 2).split(" ", 5)[3]);
        } catch (IOException e) {
            return -1;
        }
    }
}
