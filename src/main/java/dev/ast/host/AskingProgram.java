package dev.ast.host;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
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
        return ProcFolder.isHere()
                ? name(ProcFolder.self().parent())
                : name(ProcessHandle.current().parent().map(Handle::new));
    }

    static String name(Optional<? extends Running> parent) {
        String passed = UNKNOWN;
        Optional<? extends Running> at = parent;
        for (int steps = 1; at.isPresent() && steps <= FARTHEST; steps++) {
            Optional<String> program = at.get().program().map(AskingProgram::file);
            if (program.isEmpty()) {
                return passed;
            }
            Optional<String> name = name(program.get(), at.get().arguments());
            if (name.isPresent()) {
                return name.get();
            }
            passed = program.get();
            at = at.get().parent();
        }
        return passed;
    }

    /** A process that runs. */
    interface Running {
        /** The file of the program; empty where the system does not tell. */
        Optional<String> program();

        /** The words behind its name; none where the system does not tell. */
        List<String> arguments();

        /** The process that has started it. */
        Optional<? extends Running> parent();
    }

    /** A process as Java describes it, on every system. */
    record Handle(ProcessHandle process) implements Running {
        @Override
        public Optional<String> program() {
            return process.info().command();
        }

        @Override
        public List<String> arguments() {
            return process.info().arguments().map(List::of).orElse(List.of());
        }

        @Override
        public Optional<Handle> parent() {
            return process.parent().map(Handle::new);
        }
    }

    /** The name of a program with these arguments; empty for one that is passed over. */
    static Optional<String> name(String program, List<String> arguments) {
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
