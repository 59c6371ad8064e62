package dev.ast.credential.file;

import dev.ast.domain.Failure;
import dev.ast.domain.FailureException;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What makes files and directories private: modes 0600 and 0700, and the checks that nobody else could have touched
 * what is there. Without POSIX modes (Windows) all of it is left to the access list of the parent directory.
 */
final class OwnerOnly {
    static final boolean POSIX =
            FileSystems.getDefault().supportedFileAttributeViews().contains("unix");
    /** For a new file. */
    static final FileAttribute<?>[] FILE = attributes("rw-------");
    /** For a new directory. */
    static final FileAttribute<?>[] DIRECTORY = attributes("rwx------");

    private static final Object SUPERUSER = 0;
    private static final int OTHERS = 0077;
    private static final int OTHERS_WRITE = 0022;

    private OwnerOnly() {}

    private static FileAttribute<?>[] attributes(String mode) {
        return POSIX
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode))}
                : new FileAttribute<?>[0];
    }

    /**
     * Whether a file is there. @throws FailureException (storage) when it is not a regular file of ours, closed to
     * others
     */
    static boolean checkFile(Path file, Path directory) throws IOException {
        if (!POSIX) {
            return Files.exists(file, LinkOption.NOFOLLOW_LINKS);
        }
        Map<String, Object> attributes;
        try {
            attributes =
                    Files.readAttributes(file, "unix:mode,uid,isRegularFile,isSymbolicLink", LinkOption.NOFOLLOW_LINKS);
        } catch (java.nio.file.FileSystemException e) {
            // JDK 25 throws NoSuchFileException where an earlier one reports that it is no directory.
            if (Files.exists(directory) && !Files.isDirectory(directory)) {
                throw new NotDirectoryException(directory.toString());
            }
            if (e instanceof NoSuchFileException) {
                return false;
            }
            throw e;
        }
        if (Boolean.TRUE.equals(attributes.get("isSymbolicLink"))) {
            throw Failure.storage(file + " is a symbolic link, which could lead anywhere", "replace it by a real file");
        }
        if (!Boolean.TRUE.equals(attributes.get("isRegularFile"))) {
            throw Failure.storage(file + " is not a regular file", "move it aside");
        }
        if (!ours(attributes)) {
            throw Failure.storage(file + " belongs to another user", "move it aside, or run as its owner");
        }
        if ((mode(attributes) & OTHERS) != 0) {
            throw Failure.storage(
                    file + " can be read or written by other users (mode "
                            + Integer.toOctalString(mode(attributes) & 0777) + ")",
                    "chmod 600 " + file);
        }
        return true;
    }

    /**
     * The mode of a directory.
     *
     * @throws FailureException (storage) when it belongs to another user, or others can write to it
     */
    static int checkDirectory(Path directory) throws IOException {
        if (!POSIX) {
            return 0;
        }
        Map<String, Object> attributes = Files.readAttributes(directory, "unix:mode,uid,isDirectory");
        if (!Boolean.TRUE.equals(attributes.get("isDirectory"))) {
            throw new NotDirectoryException(directory.toString());
        }
        if (!ours(attributes)) {
            throw Failure.storage(directory + " belongs to another user", "set AST_HOME to a directory of yours");
        }
        int mode = mode(attributes);
        if ((mode & OTHERS_WRITE) != 0) {
            throw Failure.storage(
                    directory + " can be written by other users (mode " + Integer.toOctalString(mode & 0777) + ")",
                    "chmod 700 " + directory);
        }
        return mode;
    }

    static int mode(Map<String, Object> attributes) {
        return attributes.get("mode") instanceof Integer mode ? mode : 0;
    }

    static boolean ours(Map<String, Object> attributes) {
        Object owner = attributes.get("uid");
        return OwnUid.VALUE.isEmpty() || OwnUid.VALUE.get().equals(owner);
    }

    /** Closes a directory of ours to others. @throws FailureException (storage) when it is not safe */
    static void closeDirectory(Path directory) throws IOException {
        if (POSIX && (checkDirectory(directory) & OTHERS) != 0) {
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
        }
    }

    // The superuser with a user's HOME, as sudo may leave it, would make a directory there that the user cannot use.
    static void refuseForeignHome(@Nullable Path parent) throws IOException {
        if (!POSIX || parent == null || !OwnUid.VALUE.equals(Optional.of(SUPERUSER))) {
            return;
        }
        if (!SUPERUSER.equals(Files.getAttribute(parent, "unix:uid"))) {
            throw Failure.storage(
                    parent + " belongs to another user, who could not use the files that root would make there",
                    "run ast as that user, or set AST_HOME to a directory of root's");
        }
    }

    /** The user that this process runs as, by its own entry in the process table or else its home directory. */
    private static final class OwnUid {
        static final Optional<Object> VALUE = find();

        private static Optional<Object> find() {
            for (String path : new String[] {"/proc/self", System.getProperty("user.home", "")}) {
                try {
                    return Optional.of(Files.getAttribute(Path.of(path), "unix:uid"));
                } catch (IOException | RuntimeException e) {
                    // Not on this system: try the next.
                }
            }
            return Optional.empty();
        }
    }
}
