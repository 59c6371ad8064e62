package dev.ast.shell.completion;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Completes file names, relative ones from the working directory. Only lists directories, never reads a file. */
final class FileNames {
    private static final int MOST = 1_000;

    private final Path workingDirectory;

    FileNames(Path workingDirectory) {
        this.workingDirectory = workingDirectory;
    }

    /** The files that the beginning of a path can become; directories end in a slash. */
    List<Proposal> startingWith(String prefix) {
        int slash = prefix.lastIndexOf('/');
        String folder = prefix.substring(0, slash + 1);
        String begin = prefix.substring(slash + 1);
        List<Proposal> found = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(
                workingDirectory.resolve(folder),
                entry -> fits(entry.getFileName().toString(), begin))) {
            for (Path entry : entries) {
                if (found.size() == MOST) {
                    break;
                }
                boolean directory = Files.isDirectory(entry);
                found.add(new Proposal(folder + entry.getFileName() + (directory ? "/" : ""), ""));
            }
        } catch (IOException | DirectoryIteratorException | InvalidPathException e) {
            return List.of(); // no directory of that name, or none that may be read: nothing to propose
        }
        return found;
    }

    private static boolean fits(String name, String begin) {
        boolean hidden = name.startsWith(".") && !begin.startsWith(".");
        return !hidden && name.startsWith(begin);
    }
}
