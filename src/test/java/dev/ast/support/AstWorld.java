package dev.ast.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/**
 * A fresh environment for the packaged program: home, {@code AST_HOME}, {@code TMPDIR} and an empty working directory,
 * none of which is the user's, and an environment with nothing in it but these, a minimal {@code PATH}, and the JDK
 * that runs the tests. The program is {@code bin/ast} below the system property {@code ast.dir}, else {@code
 * target/ast}.
 */
public final class AstWorld implements AutoCloseable {
    /** How long a whole run may take before the test fails. */
    public static final Duration USUAL_TIMEOUT = Duration.ofSeconds(60);

    private final Path root;
    private final Path program;
    private final Map<String, String> environment = new TreeMap<>();
    private final List<RunningAst> running = new CopyOnWriteArrayList<>();

    private AstWorld(Path root, Path program) {
        this.root = root;
        this.program = program;
        environment.put("HOME", folder("home").toString());
        environment.put("AST_HOME", folder("ast-home").toString());
        environment.put("TMPDIR", folder("tmp").toString());
        environment.put("PATH", "/usr/bin:/bin");
        environment.put("LANG", "C.UTF-8");
        environment.put("AST_JAVA_HOME", System.getProperty("java.home"));
        folder("work");
    }

    /** A world around the packaged program. Fails if it is not packaged yet. */
    public static AstWorld create() {
        Path program = Path.of(System.getProperty("ast.dir", "target/ast"), "bin", "ast")
                .toAbsolutePath();
        if (!Files.isExecutable(program)) {
            throw new AssertionError(program + " is missing: run ./mvnw package -DskipTests first");
        }
        return around(program);
    }

    /** A world around another program. */
    public static AstWorld around(Path program) {
        try {
            Path root = Files.createTempDirectory(
                    "ast-world", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            return new AstWorld(root.toRealPath(), program);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sets a variable for all later runs. */
    public AstWorld env(String name, String value) {
        environment.put(name, value);
        return this;
    }

    /** Takes a variable away for all later runs. */
    public AstWorld withoutEnv(String name) {
        environment.remove(name);
        return this;
    }

    /** The environment of the runs, as it stands. */
    public Map<String, String> environment() {
        return Map.copyOf(environment);
    }

    /** The program. */
    public Path program() {
        return program;
    }

    /** {@code HOME}. */
    public Path home() {
        return root.resolve("home");
    }

    /** {@code AST_HOME}. */
    public Path astHome() {
        return root.resolve("ast-home");
    }

    /** {@code TMPDIR}. */
    public Path temporary() {
        return root.resolve("tmp");
    }

    /** The working directory of the runs. */
    public Path work() {
        return root.resolve("work");
    }

    /** Runs the program with an empty standard input and waits for its end. */
    public AstResult run(String... arguments) {
        return runWithInput("", arguments);
    }

    /** Runs the program with this standard input and waits for its end. */
    public AstResult runWithInput(String input, String... arguments) {
        try (RunningAst ast = start(arguments)) {
            ast.type(input);
            ast.endInput();
            return ast.await(USUAL_TIMEOUT);
        }
    }

    /** Runs the program behind other words with an empty standard input and waits for its end. */
    public AstResult runBehind(List<String> front, String... arguments) {
        try (RunningAst ast = startBehind(front, arguments)) {
            ast.endInput();
            return ast.await(USUAL_TIMEOUT);
        }
    }

    /** Starts the program and goes on. Standard input stays open. */
    public RunningAst start(String... arguments) {
        return startBehind(List.of(), arguments);
    }

    /**
     * Starts the program behind other words, as {@code strace -f ast …}, and goes on. Standard input stays open.
     *
     * @param front a program and its words, which end by running the words that follow
     */
    public RunningAst startBehind(List<String> front, String... arguments) {
        List<String> command = new ArrayList<>(front);
        command.add(program.toString());
        command.addAll(List.of(arguments));
        RunningAst ast = RunningAst.start(command, environment, work());
        running.add(ast);
        return ast;
    }

    /** Every file below home, {@code AST_HOME}, {@code TMPDIR} and the working directory, relative, sorted. */
    public List<String> files() {
        try (Stream<Path> all = Files.walk(root)) {
            return all.filter(path -> !Files.isDirectory(path))
                    .map(path -> root.relativize(path).toString())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends what still runs and removes everything. */
    @Override
    public void close() {
        running.forEach(RunningAst::close);
        try (Stream<Path> all = Files.walk(root)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path folder(String name) {
        try {
            return Files.createDirectory(root.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
