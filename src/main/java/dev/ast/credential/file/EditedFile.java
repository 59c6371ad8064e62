package dev.ast.credential.file;

import dev.ast.domain.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * The configuration of another program, which the user lets this program edit: whole or not at all, with a copy of what
 * stood there before beside it. Through a link the file behind it is edited, and its mode stays.
 */
public final class EditedFile {
    private static final int LARGEST = 4 * 1024 * 1024;
    // What is behind the name of the copy of before.
    private static final String COPY = ".before-ast";

    private final Path path;

    /** A file, which need not be there yet. */
    public EditedFile(Path path) {
        this.path = path;
    }

    /** Its name as the user knows it. */
    public Path path() {
        return path;
    }

    /**
     * All of it.
     *
     * @return empty when there is no such file
     * @throws dev.ast.domain.FailureException (failure) when it cannot be read
     */
    public Optional<String> read() {
        if (!Files.exists(path)) {
            return Optional.empty();
        }
        try (InputStream in = Files.newInputStream(path)) {
            byte[] bytes = in.readNBytes(LARGEST + 1);
            if (bytes.length > LARGEST) {
                throw Failure.failed(path + " is larger than 4 MiB", "edit it by hand");
            }
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (IOException e) {
            throw Failure.failed(path + " cannot be read as text", "edit it by hand");
        }
    }

    /**
     * Writes it, and before that a copy of the old one under the same name with {@code .before-ast} behind.
     *
     * @throws dev.ast.domain.FailureException (failure) when it cannot be written; then it is as it was
     */
    public void write(String text) {
        try {
            Path parent = path.toAbsolutePath().getParent();
            if (parent != null) {
                Files.createDirectories(parent);
            }
            Path target = Files.exists(path) ? path.toRealPath() : path.toAbsolutePath();
            Path next = target.resolveSibling(
                    target.getFileName() + ".ast-" + ProcessHandle.current().pid());
            if (Files.exists(target)) {
                Files.copy(
                        target,
                        target.resolveSibling(target.getFileName() + COPY),
                        StandardCopyOption.REPLACE_EXISTING,
                        StandardCopyOption.COPY_ATTRIBUTES);
                Files.copy(target, next, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
            }
            try {
                put(next, text.getBytes(StandardCharsets.UTF_8));
                Files.move(next, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(next);
            }
        } catch (IOException e) {
            throw Failure.failed(path + " cannot be written", "edit it by hand");
        }
    }

    /**
     * Removes it.
     *
     * @throws dev.ast.domain.FailureException (failure) when it cannot be removed
     */
    public void remove() {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            throw Failure.failed(path + " cannot be removed", "remove it by hand");
        }
    }

    /**
     * Writes what is left when this program's lines are taken out, and keeps no copy. A file that only this program has
     * written to is removed.
     *
     * @throws dev.ast.domain.FailureException (failure) when it cannot be changed
     */
    public void undo(String rest) {
        try {
            Path target = Files.exists(path) ? path.toRealPath() : path.toAbsolutePath();
            Path copy = target.resolveSibling(target.getFileName() + COPY);
            if (rest.isEmpty() && !isLink() && !Files.exists(copy)) {
                remove();
            } else {
                write(rest);
                Files.deleteIfExists(copy);
            }
        } catch (IOException e) {
            throw Failure.failed(path + " cannot be written", "edit it by hand");
        }
    }

    /** Whether it is a link to a file elsewhere. */
    public boolean isLink() {
        return Files.isSymbolicLink(path);
    }

    /** Removes the empty directories above it, as far as they are below another one. */
    public void removeEmptyDirectories(Path below) {
        try {
            for (Path above = path.getParent();
                    above != null && above.startsWith(below) && !above.equals(below) && !Files.isSymbolicLink(above);
                    above = above.getParent()) {
                Files.deleteIfExists(above);
            }
        } catch (IOException e) {
            // It has other files, or is not the user's to remove.
        }
    }

    private static void put(Path file, byte[] bytes) throws IOException {
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            ByteBuffer left = ByteBuffer.wrap(bytes);
            while (left.hasRemaining()) {
                channel.write(left);
            }
            channel.force(true);
        }
    }

    /**
     * Makes a link where nothing is.
     *
     * @return whether it was made; not when it is there already
     * @throws dev.ast.domain.FailureException (failure) when something else is there, or it cannot be made
     */
    public static boolean link(Path link, Path target) {
        try {
            if (leadsTo(link, target)) {
                return false;
            }
            Path parent = link.getParent();
            if (parent != null) {
                Files.createDirectories(parent);
            }
            Files.createSymbolicLink(link, target);
            return true;
        } catch (IOException | UnsupportedOperationException e) {
            throw Failure.failed(link + " cannot be linked to " + target, "do it by hand");
        }
    }

    /** Removes such a link. @return whether it was there */
    public static boolean unlink(Path link, Path target) {
        try {
            return leadsTo(link, target) && Files.deleteIfExists(link);
        } catch (IOException e) {
            throw Failure.failed(link + " cannot be removed", "do it by hand");
        }
    }

    private static boolean leadsTo(Path link, Path target) throws IOException {
        return Files.exists(link, LinkOption.NOFOLLOW_LINKS)
                && Files.isSymbolicLink(link)
                && Files.readSymbolicLink(link).equals(target);
    }
}
