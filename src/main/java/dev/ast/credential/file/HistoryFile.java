package dev.ast.credential.file;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import dev.ast.domain.Failure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The file of lines that were entered, one entry a line, the newest last. Only its owner can read it, from its first
 * byte on; several shells may append to it at once. It is only ever opened in place: a link is refused.
 */
public final class HistoryFile {
    /** The most entries that are kept. */
    public static final int MOST = 5_000;

    /** How far the file may outgrow {@link #MOST} before it is shortened. */
    public static final int SLACK = 500;

    private static final long LARGEST = 16L * 1024 * 1024;
    private static final Set<PosixFilePermission> PRIVATE = PosixFilePermissions.fromString("rw-------");
    /** A lock of this process does not keep out its own threads. */
    private static final Object IN_PROCESS = new Object();

    private final Path path;

    /** The file at a path; nothing is touched before the first use. */
    public HistoryFile(Path path) {
        this.path = path;
    }

    /**
     * The newest entries, the oldest of them first; none when there is no file.
     *
     * @throws dev.ast.domain.FailureException (storage) when it is not a regular file of its own or cannot be read
     */
    public List<String> read() {
        try {
            if (!Files.exists(path, NOFOLLOW_LINKS)) {
                return List.of();
            }
            requireOwnFile();
            try (FileChannel file = FileChannel.open(path, Set.of(READ, NOFOLLOW_LINKS))) {
                tighten();
                List<String> lines = lines(file);
                return newest(lines).stream().map(HistoryFile::unescape).toList();
            }
        } catch (IOException e) {
            throw unusable("cannot be read");
        }
    }

    /**
     * How far the file has been read.
     *
     * @param key which file it was, since a shorter one may take its place
     * @param end the bytes that were read
     */
    public record Position(@Nullable Object key, long end) {
        /** Nothing was read yet. */
        public static final Position BEGINNING = new Position(null, 0);
    }

    /**
     * What the file had after a position.
     *
     * @param entries the oldest first
     * @param next where to go on
     */
    public record Tail(List<String> entries, Position next) {}

    /**
     * The entries after a position: all at the beginning, and none where the file has been replaced since.
     *
     * @throws dev.ast.domain.FailureException (storage) as {@link #read()}
     */
    public Tail after(Position position) {
        try {
            if (!Files.exists(path, NOFOLLOW_LINKS)) {
                return new Tail(List.of(), Position.BEGINNING);
            }
            requireOwnFile();
            Object now = key();
            if (position.key() == null) {
                List<String> all = read();
                return new Tail(all, new Position(now, Files.size(path)));
            }
            long size = Files.size(path);
            if (size <= position.end() || !Objects.equals(position.key(), now)) {
                return new Tail(List.of(), new Position(now, size));
            }
            try (FileChannel file = FileChannel.open(path, Set.of(READ, NOFOLLOW_LINKS))) {
                file.position(Math.max(position.end(), size - LARGEST));
                String text = new String(Channels.newInputStream(file).readAllBytes(), StandardCharsets.UTF_8);
                // Another shell may be writing the last line just now.
                String whole = text.substring(0, text.lastIndexOf('\n') + 1);
                List<String> entries = whole.lines()
                        .filter(line -> !line.isEmpty())
                        .map(HistoryFile::unescape)
                        .toList();
                long read = whole.getBytes(StandardCharsets.UTF_8).length;
                return new Tail(entries, new Position(now, Math.max(position.end(), size - LARGEST) + read));
            }
        } catch (IOException e) {
            throw unusable("cannot be read");
        }
    }

    /**
     * Appends an entry.
     *
     * @throws dev.ast.domain.FailureException (storage) as {@link #read()}, or when it cannot be written
     */
    public void append(String entry) {
        synchronized (IN_PROCESS) {
            try {
                if (!Files.isDirectory(folder())) {
                    Files.createDirectories(folder(), OwnerOnly.DIRECTORY);
                }
                while (!appended((escape(entry) + "\n").getBytes(StandardCharsets.UTF_8))) {
                    // Another shell has just replaced the file by a shorter one: this one is the old one.
                    Thread.onSpinWait();
                }
            } catch (IOException e) {
                throw unusable("cannot be written");
            }
        }
    }

    /** Appends bytes; false when the name came to mean another file before the lock was there. */
    private boolean appended(byte[] line) throws IOException {
        create();
        requireOwnFile();
        Object named = key();
        try (FileChannel file = FileChannel.open(path, Set.of(WRITE, APPEND, NOFOLLOW_LINKS));
                FileLock lock = file.lock()) {
            if (!lock.isValid() || !Objects.equals(named, key())) {
                return false;
            }
            tighten();
            ByteBuffer bytes = ByteBuffer.wrap(line);
            while (bytes.hasRemaining()) {
                file.write(bytes);
            }
            return true;
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    private void create() throws IOException {
        if (!Files.exists(path, NOFOLLOW_LINKS)) {
            try {
                Files.createFile(path, OwnerOnly.FILE);
            } catch (FileAlreadyExistsException e) {
                return; // another shell was faster
            }
        }
    }

    /** Shortens the file when it has outgrown its bound. The new one replaces it whole. */
    public void shorten() {
        synchronized (IN_PROCESS) {
            if (!Files.exists(path, NOFOLLOW_LINKS)) {
                return;
            }
            try {
                requireOwnFile();
                try (FileChannel file = FileChannel.open(path, Set.of(READ, WRITE, NOFOLLOW_LINKS));
                        FileLock lock = file.lock()) {
                    List<String> lines = lines(file);
                    if (lock.isValid() && lines.size() > MOST + SLACK) {
                        tighten();
                        byte[] shorter = (String.join("\n", newest(lines)) + "\n").getBytes(StandardCharsets.UTF_8);
                        new PrivateFiles(folder()).replace(path, shorter);
                    }
                }
            } catch (IOException e) {
                throw unusable("cannot be written");
            }
        }
    }

    private static List<String> lines(FileChannel file) throws IOException {
        file.position(Math.max(0, file.size() - LARGEST));
        byte[] bytes = Channels.newInputStream(file).readAllBytes();
        return new String(bytes, StandardCharsets.UTF_8)
                .lines()
                .filter(line -> !line.isEmpty())
                .toList();
    }

    private static List<String> newest(List<String> lines) {
        return lines.subList(Math.max(0, lines.size() - MOST), lines.size());
    }

    private Path folder() {
        return Objects.requireNonNull(path.getParent());
    }

    private void requireOwnFile() throws IOException {
        BasicFileAttributes found = Files.readAttributes(path, BasicFileAttributes.class, NOFOLLOW_LINKS);
        if (!found.isRegularFile()) {
            throw unusable(found.isSymbolicLink() ? "is a symbolic link" : "is not a regular file");
        }
    }

    private void tighten() throws IOException {
        if (OwnerOnly.POSIX && !PRIVATE.containsAll(Files.getPosixFilePermissions(path, NOFOLLOW_LINKS))) {
            Files.setPosixFilePermissions(path, PRIVATE);
        }
    }

    private @Nullable Object key() throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class, NOFOLLOW_LINKS)
                .fileKey();
    }

    private RuntimeException unusable(String why) {
        return Failure.storage(
                "the history file " + path + " " + why, "move it aside: mv " + path + " " + path + ".old");
    }

    static String escape(String entry) {
        return entry.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r");
    }

    static String unescape(String line) {
        StringBuilder entry = new StringBuilder();
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c != '\\' || i + 1 == line.length()) {
                entry.append(c);
                continue;
            }
            char next = line.charAt(++i);
            entry.append(next == 'n' ? '\n' : next == 'r' ? '\r' : next);
        }
        return entry.toString();
    }
}
