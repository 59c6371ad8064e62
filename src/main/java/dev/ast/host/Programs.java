package dev.ast.host;

import dev.ast.domain.Exit;
import dev.ast.domain.Failure;
import dev.ast.domain.SecretShape;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Starts other programs: always from a list of words, never through a shell, never with our tokens in the environment. */
public final class Programs {
    /** Of a script, in bytes: as much as Linux reads of it. */
    private static final int LONGEST_FIRST_LINE = 256;

    // Where a program keeps its settings is decided by the environment that decides where this one does.
    private static final List<String> SETTINGS = List.of("HOME", "XDG_CONFIG_HOME", "GIT_CONFIG_GLOBAL", "KUBECONFIG");
    private static final int LARGEST_OUTPUT = 1024 * 1024;
    private static final long SECONDS = 30;

    private final ChildEnvironment children;

    /** Starts programs that inherit what the child environment lets through. */
    public Programs(ChildEnvironment children) {
        this.children = children;
    }

    /** Where a stream of the program leads. */
    public enum Stream {
        /** To this program. */
        PIPE,
        /** To where our own goes. */
        INHERIT,
        /** Nowhere. */
        NOWHERE
    }

    /**
     * Starts a program.
     *
     * @param variables further environment variables
     * @throws dev.ast.domain.FailureException (failure) when it cannot be started
     */
    public Process start(List<String> command, Map<String, String> variables, Stream in, Stream out, Stream err) {
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectInput(input(in))
                .redirectOutput(redirect(out))
                .redirectError(redirect(err));
        children.clean(builder.environment());
        builder.environment().putAll(variables);
        try {
            return builder.start();
        } catch (IOException e) {
            throw Failure.failed("cannot start " + command.get(0), "check that the program is there");
        }
    }

    /**
     * Starts a program that is asked on its standard input and answers on its standard output. Fails as {@link #start}.
     *
     * @param command the file of the program and its arguments
     */
    public Process ask(List<String> command) {
        return start(command, Map.of(), Stream.PIPE, Stream.PIPE, Stream.NOWHERE);
    }

    /**
     * What a program has done that was run to its end.
     *
     * @param out what it wrote, at most 1 MiB
     */
    public record Ended(int code, String out) {}

    /**
     * Runs a program of the user's PATH over the user's settings, without input and for at most 30 seconds.
     *
     * @throws dev.ast.domain.FailureException (failure) when it is not there, cannot be started or read
     */
    public Ended run(String program, List<String> words, Environment environment) {
        Path file = find(program, environment)
                .orElseThrow(() -> Failure.failed("there is no program " + program, "install it, or put it on PATH"));
        List<String> command = new ArrayList<>(List.of(file.toString()));
        command.addAll(words);
        Map<String, String> variables = new HashMap<>();
        SETTINGS.forEach(name -> environment.get(name).ifPresent(value -> variables.put(name, value)));
        Process process = start(command, variables, Stream.NOWHERE, Stream.PIPE, Stream.NOWHERE);
        CompletableFuture.delayedExecutor(SECONDS, TimeUnit.SECONDS).execute(process::destroyForcibly);
        try (InputStream out = process.getInputStream()) {
            String text = new String(out.readNBytes(LARGEST_OUTPUT), StandardCharsets.UTF_8);
            return new Ended(process.waitFor(), text);
        } catch (IOException e) {
            throw Failure.failed(program + " could not be read", "try again");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Failure.failed(program + " was interrupted", "try again");
        } finally {
            process.destroyForcibly();
        }
    }

    /**
     * Starts programs of which each reads from the one before it, and the first from this program.
     *
     * @param programs each with its arguments; the first word is found by {@link #find}
     * @param file what the last one writes to, at its end; absent for where our standard output goes
     * @throws dev.ast.domain.FailureException (failure) when one is not there or cannot be started; none runs then
     */
    public ProgramPipe pipe(
            List<List<String>> programs, Optional<String> file, Environment environment, Interrupts interrupts) {
        return pipe(programs, Stream.PIPE, file, environment, interrupts);
    }

    /** The same for programs of which the first one reads from somewhere else. Fails as {@link #pipe}. */
    public ProgramPipe pipe(
            List<List<String>> programs,
            Stream in,
            Optional<String> file,
            Environment environment,
            Interrupts interrupts) {
        List<ProcessBuilder> builders = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (List<String> program : programs) {
            List<String> command = new ArrayList<>(program);
            names.add(command.get(0));
            command.set(
                    0,
                    find(typed(command.get(0), environment), environment)
                            .orElseThrow(() -> Failure.failed(
                                    "there is no program " + program.get(0), "install it, or give its path"))
                            .toString());
            ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
            children.clean(builder.environment());
            builders.add(builder);
        }
        builders.get(0).redirectInput(input(in));
        builders.get(builders.size() - 1)
                .redirectOutput(file.map(name -> ProcessBuilder.Redirect.appendTo(new File(name)))
                        .orElse(ProcessBuilder.Redirect.INHERIT));
        try {
            return new ProgramPipe(names, ProcessBuilder.startPipeline(builders), interrupts);
        } catch (IOException e) {
            throw Failure.failed("cannot start " + String.join(" | ", names), "check that they can be run");
        }
    }

    /**
     * The file of a program: an absolute path as it is, a name in the absolute directories of PATH, so that nothing from
     * the current directory is run.
     */
    public static Optional<Path> find(String name, Environment environment) {
        try {
            if (name.contains("/") || name.contains(File.separator)) {
                Path path = Path.of(name);
                return path.isAbsolute() ? executable(path) : Optional.empty();
            }
            for (String directory : environment.get("PATH").orElse("").split(File.pathSeparator, -1)) {
                Path path = Path.of(directory);
                Optional<Path> found = path.isAbsolute() ? executable(path.resolve(name)) : Optional.empty();
                if (found.isPresent()) {
                    return found;
                }
            }
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
        return Optional.empty();
    }

    /**
     * The file of a program that is to be run: a path from the current directory or from home, or a name in the absolute
     * directories of PATH.
     *
     * @throws dev.ast.domain.FailureException (not_found), (not_executable)
     */
    public static Path require(String name, Environment environment) {
        Optional<Path> found = find(typed(name, environment), environment);
        if (found.isPresent()) {
            requireInterpreter(found.get());
            return found.get();
        }
        boolean there = name.contains("/") && Files.exists(Path.of(typed(name, environment)));
        throw new Failure.NotRun(
                        there
                                ? SecretShape.quoted(name, 200) + " is not a program that can be run"
                                : "there is no program " + SecretShape.quoted(name, 200),
                        Optional.of(there ? "check its mode: ls -l" : "install it, or give its path"),
                        there ? Exit.NOT_EXECUTABLE : Exit.NOT_FOUND)
                .asException();
    }

    // Without it the system reports that the script itself is not there.
    private static void requireInterpreter(Path script) {
        String first;
        try (InputStream in = Files.newInputStream(script)) {
            first = new String(in.readNBytes(LONGEST_FIRST_LINE), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return; // it can be run without being read
        }
        if (!first.startsWith("#!")) {
            return;
        }
        String line = first.substring(2).split("\n", 2)[0].strip();
        String interpreter = line.split("[ \t]", 2)[0];
        if (interpreter.startsWith("/") && !Files.exists(Path.of(interpreter))) {
            throw new Failure.NotRun(
                            SecretShape.quoted(script.toString(), 200) + " is a script of "
                                    + SecretShape.quoted(interpreter, 100) + ", which does not exist",
                            Optional.of("correct its first line"),
                            Exit.NOT_EXECUTABLE)
                    .asException();
        }
    }

    /** Sends a signal to a program, where this system has a {@code kill}; otherwise nothing happens. */
    public static void signal(Process process, String name) {
        for (String kill : List.of("/bin/kill", "/usr/bin/kill")) {
            if (Files.isExecutable(Path.of(kill))) {
                try {
                    new ProcessBuilder(kill, "-s", name, Long.toString(process.pid()))
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start();
                    return;
                } catch (IOException e) {
                    // As where no process can be started: the other would not, either.
                    return;
                }
            }
        }
    }

    /** What the user typed as a path is one from the current directory, or from home after {@code ~}. */
    private static String typed(String name, Environment environment) {
        return name.contains("/")
                ? Path.of(environment.expand(name)).toAbsolutePath().toString()
                : name;
    }

    private static Optional<Path> executable(Path path) {
        Path windows = path.resolveSibling(path.getFileName() + ".exe");
        if (Files.isExecutable(path) && !Files.isDirectory(path)) {
            return Optional.of(path);
        }
        return File.separatorChar == '\\' && Files.isExecutable(windows) ? Optional.of(windows) : Optional.empty();
    }

    private static ProcessBuilder.Redirect input(Stream in) {
        return in == Stream.NOWHERE
                ? ProcessBuilder.Redirect.from(new File(File.separatorChar == '\\' ? "NUL" : "/dev/null"))
                : redirect(in);
    }

    private static ProcessBuilder.Redirect redirect(Stream stream) {
        return switch (stream) {
            case PIPE -> ProcessBuilder.Redirect.PIPE;
            case INHERIT -> ProcessBuilder.Redirect.INHERIT;
            case NOWHERE -> ProcessBuilder.Redirect.DISCARD;
        };
    }
}
