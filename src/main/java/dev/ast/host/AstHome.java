package dev.ast.host;

import dev.ast.domain.Failure;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * The one directory that the program writes to: {@code AST_HOME}, else {@code ~/.ast}.
 *
 * @param directory absolute
 * @param standard whether this is {@code ~/.ast}
 */
public record AstHome(Path directory, boolean standard) {

    /**
     * Finds the directory; creates nothing.
     *
     * @throws dev.ast.domain.FailureException (usage) when {@code AST_HOME} is relative, or no home is known
     */
    public static AstHome of(Environment environment) {
        Path standard = null;
        String home = environment.get("HOME").orElseGet(() -> System.getProperty("user.home", ""));
        if (home.startsWith("/") || Path.of(home).isAbsolute()) {
            standard = Path.of(home).resolve(".ast").normalize();
        }
        String named = environment.get("AST_HOME").orElse("");
        if (named.isEmpty()) {
            if (standard == null) {
                throw Failure.usage(
                        "no home directory is known: HOME is not an absolute path", "set AST_HOME to an absolute path");
            }
            return new AstHome(standard, true);
        }
        Path directory;
        try {
            directory = Path.of(named);
        } catch (InvalidPathException e) {
            throw Failure.usage("AST_HOME is not a path", "set AST_HOME to an absolute path");
        }
        if (!directory.isAbsolute()) {
            throw Failure.usage("AST_HOME is not absolute: " + named, "set AST_HOME to an absolute path");
        }
        directory = directory.normalize();
        return new AstHome(directory, directory.equals(standard));
    }

    /** The file of profiles, and of the tokens that no keyring holds. */
    public Path credentialsFile() {
        return directory.resolve("credentials.json");
    }

    /** The user's settings. */
    public Path configFile() {
        return directory.resolve("config.yml");
    }

    /** The shell's history. */
    public Path historyFile() {
        return directory.resolve("history");
    }

    /** How often names were used in shells. */
    public Path usageFile() {
        return directory.resolve("usage");
    }

    /** What happened to the sessions. */
    public Path logFile() {
        return directory.resolve("log");
    }

    /** {@code sign-ins}: those that were started and wait to be finished. */
    public Path signIns() {
        return directory.resolve("sign-ins");
    }

    /** {@code exec}: token files of programs that run. */
    public Path tokenFiles() {
        return directory.resolve("exec");
    }

    /** Where lock files lie. */
    public Path locks() {
        return directory.resolve("locks");
    }
}
