package dev.ast.host;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The program that has started this one. */
public final class AskingProgram {
    private static final int FARTHEST = 6;
    private static final Set<String> SHELLS = Set.of("sh", "dash", "bash", "zsh", "ksh", "ash", "busybox", "env");

    private AskingProgram() {}

    /**
     * Its name, the file without the folder. Shells that only run a script or a line are passed over: this program's own
     * launcher is one, and programs start their helpers by one.
     *
     * @return {@code unknown} where the system does not tell
     */
    public static String name() {
        return name(ProcessHandle.current().parent());
    }

    static String name(Optional<ProcessHandle> parent) {
        Optional<ProcessHandle> at = parent;
        for (int steps = 1; at.isPresent() && steps < FARTHEST; steps++) {
            ProcessHandle.Info info = at.get().info();
            Optional<String> name = info.command().map(AskingProgram::file);
            if (name.isEmpty() || !runsScript(name.get(), info.arguments().orElseGet(() -> new String[0]))) {
                return name.orElse("unknown");
            }
            at = at.get().parent();
        }
        return "unknown";
    }

    static boolean runsScript(String program, String[] arguments) {
        return SHELLS.contains(program)
                && List.of(arguments).stream().anyMatch(word -> !word.startsWith("-") || word.endsWith("c"));
    }

    private static String file(String command) {
        Path name = Path.of(command).getFileName();
        return name == null ? command : name.toString();
    }
}
