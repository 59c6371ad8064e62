package dev.ast.credential.file;

import dev.ast.domain.Failure;
import dev.ast.domain.FailureException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Files that only their owner can read: created with mode 0600 in a directory of mode 0700 and never seen with another,
 * replaced whole and durably, refused when other users could have changed them. On a file system without POSIX modes
 * (Windows) the modes are left to the parent directory's access list.
 */
public final class PrivateFiles {
    private static final int PIECE = 64 * 1024;

    private final Path directory;

    /** Files in one directory, which is made at the first write. */
    public PrivateFiles(Path directory) {
        this.directory = directory;
    }

    /**
     * Reads a file whole.
     *
     * @param limit the largest size that is accepted, in bytes
     * @return empty when the file or its directory does not exist
     * @throws FailureException (storage) when it is not a regular file of ours, others can touch it, or it is too large
     */
    public Optional<byte[]> read(Path file, int limit) {
        try {
            if (!OwnerOnly.checkFile(file, directory)) {
                return Optional.empty();
            }
            OwnerOnly.checkDirectory(directory);
            try (FileChannel channel =
                    FileChannel.open(file, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS))) {
                long size = channel.size();
                if (size > limit) {
                    throw Failure.storage(
                            file + " is larger than " + limit / (1024 * 1024) + " MiB",
                            "move it aside: mv " + file + " " + file + ".large");
                }
                byte[] read = new byte[(int) size];
                int end = 0;
                // In pieces: the JDK takes a buffer outside of the heap for each, as large as the piece.
                for (int got = 0; got >= 0 && end < read.length; end += Math.max(got, 0)) {
                    got = channel.read(ByteBuffer.wrap(read, end, Math.min(PIECE, read.length - end)));
                }
                return Optional.of(end == read.length ? read : Arrays.copyOf(read, end));
            }
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw unusable("cannot read " + file, e);
        }
    }

    /**
     * Identifies one state of a file: its place on the disk, its size, and when anything of it has changed,
     * owner and rights included. Equal stamps mean the same content, since files here are only ever replaced whole. The
     * checks of {@link #read} are not made.
     */
    Object stamp(Path file) {
        try {
            Map<String, Object> attributes = Files.readAttributes(
                    file, OwnerOnly.POSIX ? "unix:dev,ino,size,ctime" : "*", LinkOption.NOFOLLOW_LINKS);
            return new ArrayList<>(attributes.values()); // always in the same order
        } catch (IOException e) {
            return "none";
        }
    }

    /**
     * Replaces a file whole: written beside it, forced to the disk, renamed, and the directory forced too. A reader
     * sees the old or the new content. A file that others could read is replaced by a new one, so that a
     * reader who has it open never sees the new content.
     *
     * @throws FailureException (storage) when it could not be written; the old content stays
     */
    public void replace(Path file, byte[] content) {
        Path temporary = file.resolveSibling(
                file.getFileName() + "." + ProcessHandle.current().pid() + "." + System.nanoTime() + ".tmp");
        try {
            prepareDirectory();
            OwnerOnly.checkFile(file, directory);
            try (FileChannel channel = FileChannel.open(
                    temporary, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), OwnerOnly.FILE)) {
                ByteBuffer bytes = ByteBuffer.wrap(content);
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            if (OwnerOnly.POSIX) {
                try (FileChannel channel = FileChannel.open(file.resolveSibling(""), StandardOpenOption.READ)) {
                    channel.force(true);
                }
            }
        } catch (IOException e) {
            try {
                Files.deleteIfExists(temporary);
            } catch (IOException ignored) {
                // It is swept by a later write; the failure that counts is the one above.
            }
            throw unusable("cannot write " + file, e);
        }
    }

    /** Renames a file to a name that is free. @return where it lies now */
    Path moveAside(Path file, String end) {
        try {
            Path free = file.resolveSibling(file.getFileName() + end);
            for (int i = 2; Files.exists(free, LinkOption.NOFOLLOW_LINKS); i++) {
                free = file.resolveSibling(file.getFileName() + end + "-" + i);
            }
            return Files.move(file, free, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw unusable("cannot rename " + file, e);
        }
    }

    /** Removes a file; one that cannot be removed stays. */
    public void remove(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            // It is of no use any more, and its owner alone can read it.
            return;
        }
    }

    /**
     * Makes the directory if need be, and closes it to others.
     *
     * @throws FailureException (storage) when it is unsafe
     */
    public void prepareDirectory() {
        try {
            if (!Files.exists(directory)) {
                Path parent = directory.getParent();
                if (parent != null && !Files.exists(parent)) {
                    Files.createDirectories(parent);
                }
                OwnerOnly.refuseForeignHome(parent);
                try {
                    Files.createDirectory(directory, OwnerOnly.DIRECTORY);
                } catch (FileAlreadyExistsException e) {
                    // Another process was quicker; the check below decides whether it is safe.
                }
            }
            OwnerOnly.closeDirectory(directory);
        } catch (IOException e) {
            throw unusable("cannot use " + directory, e);
        }
    }

    /**
     * Leaves an empty file as a hint to later processes, in a directory of ours that may still have to be made; where
     * that cannot be, they do without.
     */
    public static void mark(Path file) {
        try {
            makeParent(file);
            Files.createFile(file, OwnerOnly.FILE);
        } catch (IOException e) {
            // It is there already, or cannot be: nothing depends on it but speed.
        }
    }

    /** Opens a file for locking, with the mode of all private files. */
    FileChannel openForLock(Path file) throws IOException {
        prepareDirectory();
        makeParent(file);
        return FileChannel.open(
                file,
                Set.of(
                        StandardOpenOption.CREATE,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE,
                        LinkOption.NOFOLLOW_LINKS),
                OwnerOnly.FILE);
    }

    private static void makeParent(Path file) throws IOException {
        Path parent = file.getParent();
        if (parent != null && !Files.exists(parent)) {
            try {
                Files.createDirectory(parent, OwnerOnly.DIRECTORY);
            } catch (FileAlreadyExistsException e) {
                // Another process was quicker.
            }
        }
    }

    /** Whether crashed writers have left temporary files of this file. */
    boolean hasLeftovers(Path file) {
        // One system call: every command checks this.
        String[] names = directory.toFile().list();
        if (names == null) {
            return false;
        }
        for (String name : names) {
            if (isTemporary(name, file)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isTemporary(String name, Path file) {
        return name.endsWith(".tmp") && name.startsWith(file.getFileName() + ".");
    }

    /** Removes what crashed writers left, for a caller under whose lock nobody else writes this file. */
    void sweep(Path file) {
        if (hasLeftovers(file)) {
            removeAll(file.getFileName() + ".*.tmp");
        }
    }

    /**
     * Removes the files of the directory whose names match a pattern of {@link Files#newDirectoryStream(Path, String)}.
     *
     * @return what was removed
     * @throws FailureException (storage) when one cannot be removed
     */
    List<Path> removeAll(String pattern) {
        List<Path> removed = new ArrayList<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(directory, pattern)) {
            for (Path file : found) {
                if (Files.deleteIfExists(file)) {
                    removed.add(file);
                }
            }
        } catch (NoSuchFileException | NotDirectoryException e) {
            return List.of();
        } catch (IOException e) {
            throw unusable("cannot remove all of " + directory.resolve(pattern), e);
        }
        return removed;
    }

    static FailureException unusable(String what, IOException cause) {
        String why;
        if (cause instanceof NotDirectoryException) {
            why = "it is not a directory";
        } else if (cause instanceof java.nio.file.AccessDeniedException) {
            why = "permission denied";
        } else if (cause instanceof java.nio.file.FileSystemException system && system.getReason() != null) {
            why = system.getReason().toLowerCase(java.util.Locale.ROOT);
        } else {
            why = String.valueOf(cause.getMessage());
        }
        FailureException failure =
                Failure.storage(what + ": " + why, "check the disk and the permissions, or set AST_HOME");
        failure.initCause(cause);
        return failure;
    }
}
