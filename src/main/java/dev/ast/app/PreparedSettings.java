package dev.ast.app;

import dev.ast.credential.file.PrivateFiles;
import dev.ast.domain.FailureException;
import dev.ast.host.AstHome;
import dev.ast.json.JsonObject;
import dev.ast.json.LocalJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Settings in a form that is quick to read: those of {@code application.yml} in {@code lib/settings.json} beside the
 * program, and those of the user's {@code config.yml} beside it in {@code config.cache}. The latter holds the stamps of
 * both files; it counts for nothing when one of them has changed, or when it is damaged.
 *
 * @param settings what was read
 * @param warnings what is to be printed of {@code config.yml}
 */
public record PreparedSettings(Settings settings, List<String> warnings) {
    private static final int LARGEST = 4 * 1024 * 1024;

    // A file that is written twice within the resolution of its time looks unchanged.
    private static final Duration SETTLED = Duration.ofSeconds(2);

    /**
     * The settings for a home.
     *
     * @param packaged the settings of {@code application.yml}
     * @return empty when they have to be read from YAML
     */
    public static Optional<PreparedSettings> read(AstHome home, Path packaged) {
        if (!Files.exists(home.configFile(), LinkOption.NOFOLLOW_LINKS)) {
            return parsed(packaged).map(json -> new PreparedSettings(json, List.of()));
        }
        try {
            Path file = file(home);
            if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                return Optional.empty();
            }
            Optional<JsonObject> json = json(file);
            Optional<String> stamp = json.flatMap(known -> known.text("stamp"));
            if (stamp.isEmpty() || !stamp.get().equals(stamp(home, packaged))) {
                return Optional.empty();
            }
            return json.flatMap(Settings::of)
                    .map(settings -> new PreparedSettings(
                            settings, json.get().texts("warnings").orElse(List.of())));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Optional<Settings> parsed(Path file) {
        try {
            return json(file).flatMap(Settings::of);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Optional<JsonObject> json(Path file) throws IOException {
        return Files.size(file) > LARGEST ? Optional.empty() : LocalJson.tryObject(Files.readAllBytes(file));
    }

    /** Writes them beside {@code config.yml}, for the next start; where that cannot be done, it is only slower. */
    void write(AstHome home, Path packaged, PrivateFiles files, Instant now) {
        try {
            Instant changed = Files.getLastModifiedTime(home.configFile()).toInstant();
            if (changed.plus(SETTLED).isAfter(now)) {
                return;
            }
            JsonObject json = settings.json().put("warnings", warnings).put("stamp", stamp(home, packaged));
            files.replace(file(home), LocalJson.write(json.members()).getBytes(StandardCharsets.UTF_8));
        } catch (IOException | FailureException e) {
            return;
        }
    }

    private static Path file(AstHome home) {
        return home.directory().resolve("config.cache");
    }

    private static String stamp(AstHome home, Path packaged) throws IOException {
        return stamp(home.configFile()) + " " + stamp(packaged);
    }

    private static String stamp(Path file) throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        return attributes.lastModifiedTime().toInstant() + " " + attributes.size() + " " + attributes.fileKey();
    }
}
