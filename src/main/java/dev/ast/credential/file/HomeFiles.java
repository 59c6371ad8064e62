package dev.ast.credential.file;

import dev.ast.host.AstHome;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The home and the files in it as they lie there, to be examined, and closed to other users. Content is not read. */
public final class HomeFiles {
    private static final int MOST = 1000;
    private static final int OTHERS = 0077;
    private static final int OTHERS_WRITE = 0022;
    private static final String EDITING = "edit-";

    private final AstHome home;

    /** The files of a home. */
    public HomeFiles(AstHome home) {
        this.home = home;
    }

    /** What is wrong with a file. */
    public enum State {
        /** Nothing: it belongs to this user, who alone can use it. */
        CLOSED,
        /** Other users can read it, or list it. */
        READABLE,
        /** Other users can write to it. */
        WRITABLE,
        /** It belongs to another user. */
        FOREIGN,
        /** It is a symbolic link. */
        LINK,
        /** It is neither a file nor a directory. */
        OTHER_KIND
    }

    /**
     * A file or directory.
     *
     * @param mode its permissions, such as 0644; 0 where there are none
     */
    public record Entry(Path path, boolean directory, State state, int mode) {}

    /** The home itself, and then what is directly in it by name; empty where there is no home. */
    public List<Entry> entries() throws IOException {
        List<Entry> entries = new ArrayList<>();
        if (!Files.exists(home.directory(), LinkOption.NOFOLLOW_LINKS)) {
            return entries;
        }
        entries.add(entry(home.directory(), true));
        try (DirectoryStream<Path> found = Files.newDirectoryStream(home.directory())) {
            for (Path path : found) {
                if (entries.size() <= MOST) {
                    entries.add(entry(path, false));
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        entries.subList(1, entries.size()).sort((a, b) -> a.path().compareTo(b.path()));
        return entries;
    }

    // The home may be a link: who can change that can change where the user's files are in any case.
    private static Entry entry(Path path, boolean follow) throws IOException {
        LinkOption[] options = follow ? new LinkOption[0] : new LinkOption[] {LinkOption.NOFOLLOW_LINKS};
        if (!OwnerOnly.POSIX) {
            return new Entry(path, Files.isDirectory(path, options), State.CLOSED, 0);
        }
        Map<String, Object> attributes =
                Files.readAttributes(path, "unix:mode,uid,isDirectory,isRegularFile,isSymbolicLink", options);
        int mode = OwnerOnly.mode(attributes);
        boolean directory = Boolean.TRUE.equals(attributes.get("isDirectory"));
        return new Entry(path, directory, state(attributes, directory, mode), mode & 0777);
    }

    private static State state(Map<String, Object> attributes, boolean directory, int mode) {
        if (Boolean.TRUE.equals(attributes.get("isSymbolicLink"))) {
            return State.LINK;
        } else if (!directory && !Boolean.TRUE.equals(attributes.get("isRegularFile"))) {
            return State.OTHER_KIND;
        } else if (!OwnerOnly.ours(attributes)) {
            return State.FOREIGN;
        }
        return (mode & OTHERS_WRITE) != 0 ? State.WRITABLE : (mode & OTHERS) != 0 ? State.READABLE : State.CLOSED;
    }

    /**
     * Takes the permissions of other users away from a file or directory of ours.
     *
     * @throws dev.ast.domain.FailureException (storage) when that cannot be done
     */
    public void close(Entry entry) {
        try {
            boolean ours = entry.state() == State.READABLE || entry.state() == State.WRITABLE;
            if (OwnerOnly.POSIX && ours) {
                Files.setPosixFilePermissions(
                        entry.path(), PosixFilePermissions.fromString(entry.directory() ? "rwx------" : "rw-------"));
            }
        } catch (IOException e) {
            throw PrivateFiles.unusable("cannot change the mode of " + entry.path(), e);
        }
    }

    /** What processes that were killed have left: unfinished files, and those of an editor. */
    public List<Path> leftovers() throws IOException {
        List<Path> left = new ArrayList<>();
        for (Entry entry : entries()) {
            String name = String.valueOf(entry.path().getFileName());
            String[] parts = name.split("\\.", -1);
            boolean unfinished = !entry.directory() && parts.length >= 4 && name.endsWith(".tmp");
            if (unfinished && isDead(parts[parts.length - 3])) {
                left.add(entry.path());
            } else if (entry.directory()
                    && name.startsWith(EDITING)
                    && isDead(name.substring(EDITING.length()).split("-", -1)[0])) {
                left.add(entry.path());
            }
        }
        return left;
    }

    private static boolean isDead(String process) {
        return process.matches("[0-9]{1,18}")
                && ProcessHandle.of(Long.parseLong(process)).isEmpty();
    }

    /** Removes what {@link #leftovers} has found. */
    public void remove(List<Path> left) {
        left.forEach(TemporaryFiles::deleteTree);
    }
}
