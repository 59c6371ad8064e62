package dev.ast.host;

import java.io.File;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The program that starts this one, for starting another process of it.
 *
 * @param program absolute
 */
public record Launcher(Path program) {

    /** The launcher of this process; empty when it was started without one, as in a unit test. */
    public static Optional<Launcher> ofProcess() {
        String folder = System.getProperty("ast.app", "");
        return folder.isEmpty()
                ? Optional.empty()
                : Optional.of(new Launcher(Path.of(folder, "bin", File.separatorChar == '\\' ? "ast.cmd" : "ast")
                        .toAbsolutePath()));
    }

    /** The settings of {@code application.yml} in a form that is quick to read. */
    public Path settings() {
        return program.resolveSibling("../lib/settings.json").normalize();
    }
}
