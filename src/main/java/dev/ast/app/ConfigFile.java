package dev.ast.app;

import dev.ast.credential.file.LockFiles;
import dev.ast.credential.file.PrivateFiles;
import dev.ast.domain.Failure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;

/** {@code config.yml} as a text. It is changed under a lock, and replaced whole by a file that only its owner can read. */
public final class ConfigFile {
    /** The largest size, in bytes. */
    static final int LARGEST = 1024 * 1024;

    private final Path path;
    private final PrivateFiles files;
    private final Supplier<LockFiles.Held> lock;

    /**
     * A file that need not exist.
     *
     * @param lock locks it for a change
     */
    ConfigFile(Path path, PrivateFiles files, Supplier<LockFiles.Held> lock) {
        this.path = path;
        this.files = files;
        this.lock = lock;
    }

    /** Where it lies. */
    Path path() {
        return path;
    }

    /**
     * Its text, empty where it does not exist. As Spring Boot reads it: other users may see these settings, and only a
     * change is refused for that.
     *
     * @throws dev.ast.domain.FailureException (usage) when it cannot be read
     */
    String text() {
        try {
            if (!Files.isRegularFile(path)) {
                return "";
            }
            if (Files.size(path) > LARGEST) {
                throw Failure.usage("config.yml is larger than 1 MiB");
            }
            return Files.readString(path);
        } catch (IOException e) {
            throw Failure.usage("config.yml cannot be read", "make it readable, and UTF-8");
        }
    }

    /**
     * Changes the text.
     *
     * @param change gives the new text, or throws what the user is told; nothing is written then
     * @throws dev.ast.domain.FailureException (storage) when the file is not the user's own, or cannot be written
     */
    void change(UnaryOperator<String> change) {
        try (LockFiles.Held held = lock.get()) {
            assert held != null;
            String before = text();
            String after = change.apply(before);
            if (!after.equals(before)) {
                files.read(path, LARGEST); // refuses one that is not the user's own
                files.replace(path, after.getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    /** A text for changes. @throws dev.ast.domain.FailureException (usage) when it is not YAML */
    static YamlEdit yaml(String text) {
        try {
            return new YamlEdit(text);
        } catch (YAMLException e) {
            throw Failure.usage("config.yml is not valid YAML" + line(e), "ast config edit");
        }
    }

    /** Where a text is not YAML, as a supplement to a message. The text itself can hold a secret. */
    static String line(Throwable why) {
        for (Throwable cause = why; cause != null; cause = cause.getCause()) {
            if (cause instanceof MarkedYAMLException marked && marked.getProblemMark() != null) {
                return " (line " + (marked.getProblemMark().getLine() + 1) + ")";
            }
        }
        return "";
    }
}
