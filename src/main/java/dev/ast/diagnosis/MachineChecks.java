package dev.ast.diagnosis;

import dev.ast.host.Environment;
import dev.ast.host.Launcher;
import dev.ast.host.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Java, the launcher and its caches, and the completion of the user's own shell. */
public final class MachineChecks {
    private static final String NAME = "ast";

    /** Where a shell looks for what completes, below the user's home. */
    private static final Map<String, List<String>> COMPLETIONS = Map.of(
            "bash",
            List.of(".bashrc", ".bash_profile", ".local/share/bash-completion/completions/ast"),
            "zsh",
            List.of(".zshrc", ".zfunc/_ast"),
            "fish",
            List.of(".config/fish/config.fish", ".config/fish/completions/ast.fish"));

    private static final int LARGEST = 1024 * 1024;

    private final Environment environment;
    private final Optional<Launcher> launcher;

    /** @param launcher of this process */
    public MachineChecks(Environment environment, Optional<Launcher> launcher) {
        this.environment = environment;
        this.launcher = launcher;
    }

    /** All of them. */
    public List<Check> all() {
        return List.of(
                new Check("java", this::java),
                new Check("launcher", this::launcher),
                new Check("completion", this::completion));
    }

    private List<Finding> java() {
        List<Finding> found = new ArrayList<>();
        found.add(Finding.ok("is version " + Runtime.version().feature()).about(System.getProperty("java.home", "")));
        Optional<String[]> arguments = ProcessHandle.current().info().arguments();
        if (launcher.isPresent() && arguments.isPresent()) {
            boolean cached = Arrays.stream(arguments.get())
                    .anyMatch(one -> one.startsWith("-XX:AOTCache=") || one.startsWith("-XX:SharedArchiveFile="));
            found.add(
                    cached
                            ? Finding.ok("starts from a cache")
                            : Finding.warning(
                                    "starts without a cache, which is slow",
                                    "run ast version, and wait a minute: the caches are made in the background"));
        }
        return found;
    }

    private List<Finding> launcher() {
        if (launcher.isEmpty()) {
            return List.of(Finding.ok("none has started this process"));
        }
        Path own = launcher.get().program();
        Optional<Path> first = Programs.find(NAME, environment);
        if (first.isEmpty()) {
            return List.of(
                    Finding.warning("the program is not on the PATH", "ln -s " + own + " DIRECTORY-ON-THE-PATH/ast")
                            .about(own));
        }
        return List.of(
                isSame(first.get(), own)
                        ? Finding.ok("is the first program of its name on the PATH")
                                .about(first.get())
                        : Finding.warning(
                                        "another program named ast comes first on the PATH",
                                        "put " + own.getParent() + " before it")
                                .about(first.get()));
    }

    private static boolean isSame(Path one, Path other) {
        try {
            return Files.isSameFile(one, other);
        } catch (IOException e) {
            return false;
        }
    }

    private List<Finding> completion() {
        String shell = environment
                .get("SHELL")
                .map(path -> path.substring(path.lastIndexOf('/') + 1))
                .orElse("");
        Optional<String> home = environment.get("HOME");
        List<String> places = COMPLETIONS.getOrDefault(shell, List.of());
        if (places.isEmpty() || home.isEmpty()) {
            return List.of(Finding.ok("is known for bash, zsh and fish, which is not the user's shell"));
        }
        boolean there = places.stream().anyMatch(place -> completes(Path.of(home.get(), place)));
        Finding found = Finding.ok(there ? "is set up" : "is not set up").about(shell);
        return List.of(there ? found : found.next("ast completion install"));
    }

    // A script of its own completes; in the settings of a shell it is named.
    private static boolean completes(Path file) {
        try {
            String name = String.valueOf(file.getFileName());
            boolean own = !name.startsWith(".") && !name.equals("config.fish");
            return Files.isRegularFile(file)
                    && (own
                            || (Files.size(file) < LARGEST
                                    && Files.readString(file).contains(NAME + " completion")));
        } catch (IOException e) {
            return false;
        }
    }
}
