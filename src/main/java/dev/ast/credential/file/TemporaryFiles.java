package dev.ast.credential.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Temporary files and directories. */
public final class TemporaryFiles {
    private TemporaryFiles() {}

    /** A new directory for temporary files, closed to others. */
    public static Path directory(String prefix) {
        try {
            return Files.createTempDirectory(prefix, OwnerOnly.DIRECTORY).toAbsolutePath();
        } catch (IOException e) {
            throw PrivateFiles.unusable("cannot make a temporary directory", e);
        }
    }

    /** Removes a file if it still has the expected content. */
    public static void deleteIf(Path file, byte[] expected) {
        try {
            if (Arrays.equals(Files.readAllBytes(file), expected)) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            // It is gone already, or out of reach: either way it is not ours to remove.
        }
    }

    /** Removes a directory of ours that holds nothing any more. */
    public static void deleteIfEmpty(Path directory) {
        try {
            Files.deleteIfExists(directory);
        } catch (IOException e) {
            // It holds something, or is out of reach.
        }
    }

    /** Removes a directory of ours with all that is in it; links in it are removed, not followed. */
    public static void deleteTree(Path directory) {
        try (java.util.stream.Stream<Path> paths = Files.walk(directory)) {
            for (Path path : paths.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException | java.io.UncheckedIOException e) {
            // What is left lies in the temporary directory, closed to others.
        }
    }
}
