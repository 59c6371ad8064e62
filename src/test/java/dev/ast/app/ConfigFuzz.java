package dev.ast.app;

import dev.ast.support.Fuzzed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** {@code config.yml}: read, warned of and bound to the providers. */
public final class ConfigFuzz {
    private static final Path FILE = file();

    private ConfigFuzz() {}

    /** One input, a file. */
    public static void fuzzerTestOneInput(byte[] input) throws IOException {
        Files.write(FILE, input);
        Fuzzed.reading(() -> SealedEnvironment.of(FILE))
                .ifPresent(settings -> Fuzzed.reading(() -> SettingsReader.prepared(settings)));
    }

    private static Path file() {
        try {
            Path file = Files.createTempFile("ast-fuzz-", ".yml");
            file.toFile().deleteOnExit();
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
