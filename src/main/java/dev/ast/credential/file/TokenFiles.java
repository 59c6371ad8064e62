package dev.ast.credential.file;

import dev.ast.domain.Failure;
import dev.ast.domain.FailureException;
import dev.ast.domain.Secret;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Files with a token for programs that read it again and again, each in a directory of its own below the home. Next to the
 * directory is a file that its owner keeps locked, which distinguishes a file in use from one whose owner was killed,
 * without process ids. The lock file is made first and removed last.
 */
public final class TokenFiles {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String LOCK = ".lock";
    private static final String ID = "[0-9a-f]{16}";
    private static final int TRIES = 20;
    // A second lock on the same file in this JVM is an error, and closing any channel of a file drops its lock.
    private static final Set<Path> OURS = ConcurrentHashMap.newKeySet();

    private final Path home;
    private final Path directory;

    /**
     * Files in a directory of the home.
     *
     * @param directory made with the first file, removed with the last one
     */
    public TokenFiles(Path home, Path directory) {
        this.home = home;
        this.directory = directory;
    }

    /** A token file that is there until closed. */
    public static final class Kept implements AutoCloseable {
        private final FileChannel owner;
        private final Path lock;
        private final Path own;

        private Kept(FileChannel owner, Path lock, Path own) {
            this.owner = owner;
            this.lock = lock;
            this.own = own;
        }

        /** The file; absolute. */
        public Path path() {
            return own.resolve("token");
        }

        /**
         * Replaces what is in the file: the token and nothing else. A reader sees the old or the new one.
         *
         * @throws FailureException (storage) when it cannot be written; the old one stays
         */
        public void write(Secret token) {
            new PrivateFiles(own).replace(path(), token.reveal().getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public void close() {
            remove(own, lock);
            OURS.remove(lock);
            try {
                owner.close();
            } catch (IOException e) {
                // The lock goes with the descriptor in any case.
            }
        }
    }

    /**
     * Prepares a new file, which is there with the first {@link Kept#write}.
     *
     * @throws FailureException (storage) when it cannot be made
     */
    public Kept create() {
        new PrivateFiles(home).prepareDirectory();
        byte[] bytes = new byte[8];
        for (int left = TRIES; left > 0; left--) {
            RANDOM.nextBytes(bytes);
            String id = HexFormat.of().formatHex(bytes);
            Path lock = directory.resolve(id + LOCK);
            try {
                FileChannel channel = new PrivateFiles(directory).openForLock(lock);
                OURS.add(lock);
                // Another process may have found it unlocked and removed it.
                if (channel.tryLock() != null && Files.exists(lock)) {
                    return new Kept(channel, lock, directory.resolve(id));
                }
                OURS.remove(lock);
                channel.close();
            } catch (NoSuchFileException e) {
                // The directory went with the last file of another process.
                OURS.remove(lock);
            } catch (IOException e) {
                OURS.remove(lock);
                throw PrivateFiles.unusable("cannot make a token file in " + directory, e);
            }
        }
        throw Failure.storage("cannot make a token file in " + directory, "try again");
    }

    /** Removes what killed owners have left. What cannot be removed is left for another time. */
    public void sweep() {
        String[] names = directory.toFile().list();
        for (String name : names == null ? List.<String>of() : Arrays.asList(names)) {
            String id = name.endsWith(LOCK) ? name.substring(0, name.length() - LOCK.length()) : name;
            if (id.matches(ID)) {
                sweep(directory.resolve(id), directory.resolve(id + LOCK));
            }
        }
        TemporaryFiles.deleteIfEmpty(directory);
    }

    private static void sweep(Path own, Path lock) {
        if (OURS.contains(lock)) {
            return;
        }
        try (FileChannel channel = FileChannel.open(
                lock, Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS))) {
            if (channel.tryLock() != null) {
                remove(own, lock);
            }
        } catch (NoSuchFileException e) {
            // The lock file is there as long as the directory has an owner.
            TemporaryFiles.deleteTree(own);
        } catch (IOException | OverlappingFileLockException e) {
            return; // in use, or out of reach
        }
    }

    private static void remove(Path own, Path lock) {
        TemporaryFiles.deleteTree(own);
        try {
            Files.deleteIfExists(lock);
        } catch (IOException e) {
            return; // the next start tries again
        }
        TemporaryFiles.deleteIfEmpty(lock.resolveSibling(""));
    }
}
