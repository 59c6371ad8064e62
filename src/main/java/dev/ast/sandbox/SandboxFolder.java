package dev.ast.sandbox;

import dev.ast.domain.Failure;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Where the parts of the packaged program lie.
 *
 * @param app the program's folder
 * @param java the Java that runs this program
 */
public record SandboxFolder(Path app, Path java) {

    /**
     * The folder of this program.
     *
     * @throws dev.ast.domain.FailureException when it was not started by its launcher
     */
    public static SandboxFolder ofProcess() {
        String app = System.getProperty("ast.app", "");
        String java = System.getProperty("ast.java", "");
        if (app.isEmpty() || java.isEmpty() || !Files.isDirectory(Path.of(app, "sandbox", "lib"))) {
            throw Failure.failed(
                    "the sandbox is not part of this copy of the program", "start the packaged program: bin/ast");
        }
        return new SandboxFolder(Path.of(app), Path.of(java));
    }

    /** The command that starts the server. */
    List<String> server(List<String> options) {
        List<String> words = new ArrayList<>();
        if (File.separatorChar == '/') {
            // Ctrl-C in the shell reaches every program of the terminal; a JVM leaves a signal ignored that it finds
            // so.
            words.addAll(List.of("/bin/sh", "-c", "trap '' INT; exec \"$@\"", "sandbox"));
        }
        words.addAll(List.of(
                java.toString(),
                "-Xmx160m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:-UsePerfData",
                "-XX:+IgnoreUnrecognizedVMOptions",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                String.join(
                        File.pathSeparator,
                        app.resolve("sandbox").resolve("lib") + "/*",
                        app.resolve("lib") + "/*",
                        app.resolve("lib/full/full.jar").toString()),
                Nesting.SERVER));
        words.addAll(options);
        return words;
    }

    /** The command that starts the program itself. */
    List<String> program(List<String> words) {
        List<String> command = new ArrayList<>();
        command.add(app.resolve("bin")
                .resolve(File.separatorChar == '\\' ? "ast.cmd" : "ast")
                .toString());
        command.addAll(words);
        return command;
    }
}
