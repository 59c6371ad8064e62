package dev.ast.credential.file;

import static dev.ast.support.Fuzzed.require;

import dev.ast.support.Fuzzed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The history file: whatever stands in it can be read, and an entry comes back as it was entered. */
public final class HistoryFuzz {
    private static final Path FILE = file();

    private HistoryFuzz() {}

    /** One input: the bytes of the file, and at the same time an entry. */
    public static void fuzzerTestOneInput(byte[] input) throws IOException {
        String entry = Fuzzed.text(input);
        require(HistoryFile.unescape(HistoryFile.escape(entry)).equals(entry), "an entry comes back changed");
        require(HistoryFile.escape(entry).lines().count() <= 1, "an entry has more than one line");
        Files.write(FILE, input);
        HistoryFile history = new HistoryFile(FILE);
        require(history.read().size() <= HistoryFile.MOST, "too many entries are read");
        if (!entry.isEmpty()) {
            Files.write(FILE, new byte[0]);
            history.append(entry);
            require(history.read().equals(List.of(entry)), "an entry comes back changed from the file");
        }
    }

    private static Path file() {
        try {
            Path file = Files.createTempFile("ast-fuzz-", ".history");
            file.toFile().deleteOnExit();
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
