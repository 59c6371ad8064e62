package dev.ast.sandbox;

import dev.ast.domain.Failure;
import dev.ast.host.AstHome;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Optional;

/**
 * Checks whether this process runs inside a sandbox, where another is refused: a script that starts a sandbox with
 * itself would multiply without an end. Two signs are looked for. The home of a sandbox holds a marker, which a process
 * that inherits the environment finds; and an {@code ast} above this process has the server of a sandbox as its child,
 * which also holds where the environment was emptied or names another home. A server that was started in another way,
 * or whose {@code ast} was killed, can be a child of a process that is above all others.
 */
final class Nesting {
    /** The file that marks the home of a sandbox. */
    static final String MARKER = "is-sandbox";

    /** The class that the server's command line names. */
    static final String SERVER = "dev.ast.sandbox.server.SandboxServer";

    /** The class that the command line of its parent names. */
    static final String PROGRAM = "dev.ast.AstApplication";

    private final AstHome home;

    Nesting(AstHome home) {
        this.home = home;
    }

    /** Goes on outside of a sandbox only. @throws dev.ast.domain.FailureException (usage) inside of one */
    void refuse() {
        if (Files.exists(home.directory().resolve(MARKER)) || below(ProcessHandle.current())) {
            throw Failure.usage("a sandbox cannot be started in a sandbox", "exit, then ast sandbox");
        }
    }

    // Not the process itself: the server of a sandbox that it had before may not have ended yet.
    static boolean below(ProcessHandle process) {
        for (Optional<ProcessHandle> above = process.parent();
                above.isPresent();
                above = above.get().parent()) {
            if (names(above.get(), PROGRAM) && above.get().children().anyMatch(child -> names(child, SERVER))) {
                return true;
            }
        }
        return false;
    }

    private static boolean names(ProcessHandle process, String type) {
        return process.info()
                .arguments()
                .filter(words -> Arrays.asList(words).contains(type))
                .isPresent();
    }
}
