package dev.ast.credential.file;

import dev.ast.domain.Failure;
import dev.ast.domain.FailureException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** A file that the user names for the result of a command. */
public final class OutputFile {
    private static final Set<PosixFilePermission> OF_THE_OWNER =
            Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE);

    private OutputFile() {}

    /**
     * Opens a file, and empties it unless it is appended to.
     *
     * @param secret whether a secret is written: then a new file has mode 0600 instead of that of the umask, and one that
     *     others may read is refused
     * @throws FailureException (failure) when it cannot be written
     */
    public static OutputStream open(String name, boolean append, boolean secret) {
        try {
            Path file = Path.of(name);
            if (secret) {
                refuseReadable(file);
            }
            Set<OpenOption> options = new HashSet<>(Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE));
            options.add(append ? StandardOpenOption.APPEND : StandardOpenOption.TRUNCATE_EXISTING);
            FileAttribute<?>[] mode = secret ? OwnerOnly.FILE : new FileAttribute<?>[0];
            return Channels.newOutputStream(Files.newByteChannel(file, options, mode));
        } catch (IOException | InvalidPathException | UnsupportedOperationException e) {
            throw new Failure.Failed("cannot write to " + name + ": " + why(e), Optional.empty()).asException();
        }
    }

    /** Refuses a name that is taken, before the work for its content is done. Fails as {@link #create}. */
    public static void requireFree(String name) {
        try {
            if (Files.exists(Path.of(name), LinkOption.NOFOLLOW_LINKS)) {
                throw taken(name);
            }
        } catch (InvalidPathException e) {
            throw new Failure.Failed("cannot write to " + name + ": " + why(e), Optional.empty()).asException();
        }
    }

    private static FailureException taken(String name) {
        return Failure.failed(name + " exists already, and is not overwritten", "name another file");
    }

    /**
     * Writes a new file that only this user can read.
     *
     * @throws FailureException (failure) when there is something of that name, or it cannot be written
     */
    public static void create(String name, byte[] content) {
        try (OutputStream out = Channels.newOutputStream(Files.newByteChannel(
                Path.of(name), Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), OwnerOnly.FILE))) {
            out.write(content);
        } catch (FileAlreadyExistsException e) {
            throw taken(name);
        } catch (IOException | InvalidPathException | UnsupportedOperationException e) {
            throw new Failure.Failed("cannot write to " + name + ": " + why(e), Optional.empty()).asException();
        }
    }

    // What is no regular file, such as /dev/null or a pipe, keeps nothing that others could read.
    private static void refuseReadable(Path file) throws IOException {
        if (!OwnerOnly.POSIX || !Files.isRegularFile(file)) {
            return;
        }
        if (!OF_THE_OWNER.containsAll(Files.getPosixFilePermissions(file))) {
            throw Failure.failed(
                    "other users may read " + file + ", and the command prints a secret", "chmod 600 " + file);
        }
    }

    private static String why(Exception e) {
        if (e instanceof NoSuchFileException) {
            return "there is no such directory";
        } else if (e instanceof AccessDeniedException) {
            return "permission denied";
        } else if (e instanceof FileSystemException system && system.getReason() != null) {
            return system.getReason().toLowerCase(Locale.ROOT);
        }
        return e instanceof InvalidPathException ? "not the name of a file" : String.valueOf(e.getMessage());
    }
}
