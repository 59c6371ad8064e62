package dev.ast.support;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The program as a real process of its own. What it prints is collected as it comes. */
public final class RunningAst implements AutoCloseable {
    private final Process process;
    private final Output out;
    private final Output err;

    private RunningAst(Process process) {
        this.process = process;
        this.out = new Output(process.getInputStream());
        this.err = new Output(process.getErrorStream());
    }

    /** Starts a command in exactly this environment. */
    public static RunningAst start(List<String> command, Map<String, String> environment, Path directory) {
        ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        try {
            return new RunningAst(builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes to standard input. A program that does not read any more is not a failure. */
    public void type(String text) {
        try {
            OutputStream in = process.getOutputStream();
            in.write(text.getBytes(StandardCharsets.UTF_8));
            in.flush();
        } catch (IOException e) {
            // The program has closed its input or ended, which the exit code shows.
        }
    }

    /** Ends standard input. */
    public void endInput() {
        ScriptedServer.closeQuietly(process.getOutputStream());
    }

    /**
     * Sends a signal.
     *
     * @param name as {@code kill} knows it, for example {@code INT}
     */
    public void signal(String name) {
        try {
            Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                    .inheritIO()
                    .start();
            if (kill.waitFor() != 0) {
                throw new AssertionError("no process to send " + name + " to; " + printed());
            }
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Sends SIGKILL, unless the process has ended already. */
    public void kill() {
        process.destroyForcibly();
    }

    /** Waits until standard output holds the text, and gives all of it. */
    public String awaitOut(String text, Duration timeout) {
        return out.await(text, timeout, this);
    }

    /** Waits until standard error holds the text, and gives all of it. */
    public String awaitErr(String text, Duration timeout) {
        return err.await(text, timeout, this);
    }

    /** Waits for the end of the program; a program that does not end fails the test and is killed. */
    public AstResult await(Duration timeout) {
        try {
            if (!process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("still running after " + timeout + "; " + printed());
            }
            out.awaitEnd();
            err.awaitEnd();
            return new AstResult(process.exitValue(), out.text(), err.text());
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whether the program still runs. */
    public boolean isAlive() {
        return process.isAlive();
    }

    /** The process id. */
    public long pid() {
        return process.pid();
    }

    /** Kills the program and what it started, if they still run. */
    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        endInput();
    }

    private String printed() {
        return "standard output: «" + out.text() + "», standard error: «" + err.text() + "»";
    }

    private static final class Output {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private final Thread reader;
        private boolean ended;

        private Output(InputStream in) {
            reader = new Thread(() -> collect(in), "ast-output");
            reader.setDaemon(true);
            reader.start();
        }

        private void collect(InputStream in) {
            byte[] buffer = new byte[4096];
            try {
                for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                    synchronized (this) {
                        bytes.write(buffer, 0, count);
                        notifyAll();
                    }
                }
            } catch (IOException e) {
                // The process was killed.
            } finally {
                synchronized (this) {
                    ended = true;
                    notifyAll();
                }
            }
        }

        private synchronized String text() {
            return bytes.toString(StandardCharsets.UTF_8);
        }

        private synchronized String await(String text, Duration timeout, RunningAst ast) {
            long end = System.nanoTime() + timeout.toNanos();
            while (!text().contains(text)) {
                long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
                if (ended || left <= 0) {
                    throw new AssertionError("never printed «" + text + "»; " + ast.printed());
                }
                try {
                    wait(left);
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }
            return text();
        }

        private void awaitEnd() throws InterruptedException {
            // A grandchild may hold the pipe open; what the program itself wrote is there by then.
            reader.join(2000);
        }
    }
}
