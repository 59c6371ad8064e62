package dev.ast.host;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/** The program that has started this one. */
public final class AskingProgram {
    private static final String UNKNOWN = "unknown";
    private static final int FARTHEST = 8;
    private static final Set<String> SHELLS = Set.of("sh", "dash", "bash", "zsh", "ksh", "ash");

    private AskingProgram() {}

    /**
     * Its name, the file without the folder; of a script its own name. This program's launcher and shells that only run a
     * line are passed over: programs start their helpers by one.
     *
     * @return {@code unknown} where the system does not tell
     */
    public static String name() {
        return name(ProcessHandle.current().parent());
    }

    static String name(Optional<ProcessHandle> parent) {
        String passed = UNKNOWN;
        Optional<ProcessHandle> at = parent;
        for (int steps = 1; at.isPresent() && steps <= FARTHEST; steps++) {
            ProcessHandle.Info info = at.get().info();
            Optional<String> program = info.command().map(AskingProgram::file);
            if (program.isEmpty()) {
                return passed;
            }
            Optional<String> name = name(program.get(), info.arguments().orElseGet(() -> new String[0]));
            if (name.isPresent()) {
                return name.get();
            }
            passed = program.get();
            at = at.get().parent();
        }
        return passed;
    }

    /** The name of a program with these arguments; empty for one that is passed over. */
    static Optional<String> name(String program, String[] arguments) {
        if (!SHELLS.contains(program)) {
            return Optional.of(program);
        }
        for (String word : arguments) {
            if (!word.startsWith("-")) {
                String script = file(word);
                return isLauncher(script) ? Optional.empty() : Optional.of(script);
            }
            if (!word.startsWith("--") && word.endsWith("c")) {
                return Optional.empty();
            }
        }
        return Optional.of(program); // somebody types there
    }

    private static boolean isLauncher(String script) {
        return script.equals("ast") || script.endsWith("-credential-ast") || script.endsWith("-credentials-ast");
    }

    private static String file(String command) {
        String plain = command.endsWith(" (deleted)") ? command.substring(0, command.length() - 10) : command;
        try {
            Path name = Path.of(plain).getFileName();
            return name == null ? plain : name.toString();
        } catch (InvalidPathException e) {
            return UNKNOWN;
        }
    }
}
