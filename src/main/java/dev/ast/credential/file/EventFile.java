package dev.ast.credential.file;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A file of lines that many processes append to, and a previous one that it is renamed to when it is full: two files, of
 * {@link #FULL} bytes each and a few lines. A line is one write to the end of the file, so that lines of several
 * processes never mix. It is only ever opened in place: a link is refused.
 */
public final class EventFile {
    /** From this size on, in bytes, the next line begins a new file. */
    public static final int FULL = 512 * 1024;

    private static final int LONGEST = 4096;

    private final Path path;
    private final Path previous;
    private final int full;

    /** The file at a path; nothing is touched before the first use. */
    public EventFile(Path path) {
        this(path, FULL);
    }

    EventFile(Path path, int full) {
        this.path = path;
        this.previous = path.resolveSibling(path.getFileName() + ".1");
        this.full = full;
    }

    /**
     * Appends a line.
     *
     * @throws IOException when it is not written: no directory, no space, no permission, a link
     */
    public void append(String line) throws IOException {
        byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
        if (bytes.length > LONGEST) {
            throw new IOException("longer than " + LONGEST + " bytes");
        }
        try (FileChannel file = FileChannel.open(path, Set.of(CREATE, WRITE, APPEND, NOFOLLOW_LINKS), OwnerOnly.FILE)) {
            file.write(ByteBuffer.wrap(bytes));
            if (file.size() >= full) {
                rotate(file);
            }
        }
    }

    // Who has the lock on the full file renames it. One that was renamed meanwhile is not the one that has the name
    // now.
    private void rotate(FileChannel file) throws IOException {
        try (FileLock lock = file.tryLock()) {
            if (lock != null && Files.size(path) >= full) {
                Files.move(path, previous, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (OverlappingFileLockException e) {
            return; // another thread of this process does it
        }
    }

    /** The lines of both files, the oldest first; none where there is no file. @throws IOException when one cannot be read */
    public List<String> read() throws IOException {
        List<String> lines = new ArrayList<>();
        for (Path file : List.of(previous, path)) {
            if (Files.exists(file, NOFOLLOW_LINKS)) {
                try (FileChannel channel = FileChannel.open(file, Set.of(READ, NOFOLLOW_LINKS))) {
                    byte[] bytes = Channels.newInputStream(channel).readNBytes(4 * full);
                    new String(bytes, StandardCharsets.UTF_8).lines().forEach(lines::add);
                }
            }
        }
        return lines;
    }

    /** Whether lines can be appended, as far as that shows without a write. */
    public boolean isWritable() {
        return Files.exists(path, NOFOLLOW_LINKS)
                ? Files.isRegularFile(path, NOFOLLOW_LINKS) && Files.isWritable(path)
                : Files.isWritable(path.resolveSibling("."));
    }
}
