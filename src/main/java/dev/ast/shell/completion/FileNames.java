package dev.ast.shell.completion;

import dev.ast.output.Visible;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Completes file names, relative ones from the working directory. Only lists directories, never reads a file. */
final class FileNames {
    private static final int MOST = 1_000;

    private final Path workingDirectory;
    private final Optional<Path> userHome;

    /** @param userHome what {@code ~} stands for */
    FileNames(Path workingDirectory, Optional<Path> userHome) {
        this.workingDirectory = workingDirectory;
        this.userHome = userHome;
    }

    /**
     * The files that the beginning of a path can become, sorted; directories end in a slash. A {@code ~} becomes the
     * path of the user's home, because no shell does that for the program.
     */
    List<Proposal> startingWith(String typed) {
        boolean home = userHome.isPresent() && typed.startsWith("~/");
        String path = home ? userHome.get() + typed.substring(1) : typed;
        int slash = path.lastIndexOf('/');
        String folder = path.substring(0, slash + 1);
        String begin = path.substring(slash + 1);
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
        found.removeIf(file -> !Visible.field(file.value()).equals(file.value()));
        found.sort(Comparator.comparing(Proposal::value));
        return Match.best(path, found, Proposal::value);
    }

    private static boolean fits(String name, String begin) {
        boolean hidden = name.startsWith(".") && !begin.startsWith(".");
        return !hidden && Match.kind(begin, name) != Match.Kind.NONE;
    }
}
