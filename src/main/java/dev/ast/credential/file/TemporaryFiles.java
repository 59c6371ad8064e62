package dev.ast.credential.file;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
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

    /**
     * A new file in a new directory below the home, both closed to others: for a program that may write further files
     * beside it. What a process that was killed has left of these is removed.
     *
     * @param prefix begins the name of the directory
     * @return the file; the caller removes its directory with {@link #deleteTree}
     * @throws dev.ast.domain.FailureException (storage) when it cannot be written
     */
    public static Path privateFile(Path home, String prefix, String name, String content) {
        new PrivateFiles(home).prepareDirectory();
        sweep(home, prefix);
        try {
            String mine = prefix + ProcessHandle.current().pid() + "-";
            Path file =
                    Files.createTempDirectory(home, mine, OwnerOnly.DIRECTORY).resolve(name);
            Files.createFile(file, OwnerOnly.FILE);
            return Files.writeString(file, content);
        } catch (IOException e) {
            throw PrivateFiles.unusable("cannot make a temporary file in " + home, e);
        }
    }

    private static void sweep(Path home, String prefix) {
        try (DirectoryStream<Path> left = Files.newDirectoryStream(home, prefix + "*-*")) {
            for (Path directory : left) {
                String rest = home.relativize(directory).toString().substring(prefix.length());
                String owner = rest.substring(0, rest.indexOf('-'));
                if (owner.matches("[0-9]{1,18}")
                        && ProcessHandle.of(Long.parseLong(owner)).isEmpty()) {
                    deleteTree(directory);
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            // What is left is removed another time.
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
