package dev.ast.host;

import dev.ast.domain.Failure;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Starts other programs: always from a list of words, never through a shell, never with our tokens in the environment. */
public final class Programs {
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
                .redirectInput(
                        in == Stream.NOWHERE
                                ? ProcessBuilder.Redirect.from(
                                        new File(File.separatorChar == '\\' ? "NUL" : "/dev/null"))
                                : redirect(in))
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
     * Finds a program: by its absolute path, or by its name in the absolute directories of {@code PATH}, so that nothing
     * from the current directory is run.
     */
    public static Optional<Path> find(String name, Environment environment) {
        if (name.contains("/") || name.contains("\\")) {
            Path path = Path.of(name);
            return path.isAbsolute() && Files.isExecutable(path) ? Optional.of(path) : Optional.empty();
        }
        for (String directory : environment.get("PATH").orElse("").split(File.pathSeparator, -1)) {
            Path path = directory.isEmpty() ? null : Path.of(directory);
            if (path != null && path.isAbsolute() && Files.isExecutable(path.resolve(name))) {
                return Optional.of(path.resolve(name));
            }
        }
        return Optional.empty();
    }

    private static ProcessBuilder.Redirect redirect(Stream stream) {
        return switch (stream) {
            case PIPE -> ProcessBuilder.Redirect.PIPE;
            case INHERIT -> ProcessBuilder.Redirect.INHERIT;
            case NOWHERE -> ProcessBuilder.Redirect.DISCARD;
        };
    }
}
