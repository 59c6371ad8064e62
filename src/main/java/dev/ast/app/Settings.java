package dev.ast.app;

import dev.ast.credential.StorageSetting;
import dev.ast.credential.file.PrivateFiles;
import dev.ast.domain.FailureException;
import dev.ast.host.AstHome;
import dev.ast.host.Launcher;
import dev.ast.json.JsonObject;
import dev.ast.json.LocalJson;
import dev.ast.provider.Provider;
import dev.ast.provider.Providers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.zip.CRC32;

/**
 * Settings in a form that is quick to read: those of {@code application.yml} in {@code lib/settings.json} beside
 * the program, and those of the user's {@code config.yml} beside it in {@code config.cache}. The first line of such a
 * file is the checksum of the others, the second has what every command needs, each of the others one platform. {@code
 * config.cache} holds the stamps of both files; it is not used when one of them has changed, or when it is damaged.
 *
 * @param platforms the platforms, each read when it is needed
 * @param storage where the tokens of new sessions go, if a file sets it: {@code auto}, {@code keyring}, {@code file} or
 *     {@code helper:NAME}
 * @param logging whether what happens to the sessions is written down
 * @param warnings what is to be printed of {@code config.yml}
 * @param keyVariables the environment variables of key ids, for which a server gives a token
 */
public record Settings(
        Providers platforms,
        Optional<String> storage,
        boolean logging,
        List<String> warnings,
        List<String> keyVariables) {
    private static final int LARGEST = 4 * 1024 * 1024;

    // A file that is written twice within the resolution of its time looks unchanged.
    private static final Duration SETTLED = Duration.ofSeconds(2);

    /**
     * Settings that were read from YAML.
     *
     * @throws FailureException (usage) naming the key whose value cannot be used
     */
    public static Settings of(AstProperties settings, List<String> warnings) {
        return new Settings(
                settings.platforms(), storage(settings), settings.logging(), warnings, keyVariables(settings));
    }

    // Checked for every command: the one that would store tokens may come long after.
    private static Optional<String> storage(AstProperties settings) {
        return Optional.ofNullable(settings.storage())
                .map(word -> StorageSetting.parse("ast.storage", word).word());
    }

    private static List<String> keyVariables(AstProperties settings) {
        List<String> names = new ArrayList<>();
        for (ProviderProperties provider : settings.known().values()) {
            if (provider.keyIdVariable() != null) {
                names.add(provider.keyIdVariable());
            }
        }
        return names;
    }

    /**
     * The settings for a home.
     *
     * @return empty when they have to be read from YAML
     */
    public static Optional<Settings> read(AstHome home) {
        Optional<Launcher> launcher = Launcher.ofProcess();
        if (launcher.isEmpty()) {
            return Optional.empty();
        }
        Path packaged = launcher.get().settings();
        try {
            if (!Files.exists(home.configFile(), LinkOption.NOFOLLOW_LINKS)) {
                return read(packaged, "");
            }
            Path file = file(home);
            return Files.isReadable(home.configFile()) && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                    ? read(file, stamp(home.configFile()) + " " + stamp(packaged))
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** The settings in a file, if it has this stamp and is whole. */
    static Optional<Settings> read(Path file, String stamp) throws IOException {
        if (Files.size(file) > LARGEST) {
            return Optional.empty();
        }
        byte[] bytes = Files.readAllBytes(file);
        int first = lineEnd(bytes, 0);
        if (first == bytes.length
                || !checksum(bytes, first + 1).equals(new String(bytes, 0, first, StandardCharsets.US_ASCII))) {
            return Optional.empty();
        }
        int end = lineEnd(bytes, first + 1);
        JsonObject header = LocalJson.readObject(Arrays.copyOfRange(bytes, first + 1, end));
        if (!header.text("stamp").orElse("").equals(stamp)) {
            return Optional.empty();
        }
        return Optional.of(new Settings(
                new Providers(
                        platforms(bytes, end + 1, header.texts("platforms").orElse(List.of())),
                        header.texts("secrets").orElse(List.of())),
                header.text("storage"),
                !Boolean.FALSE.equals(header.get("logging")),
                header.texts("warnings").orElse(List.of()),
                header.texts("keys").orElse(List.of())));
    }

    // Each by its length: to look for line ends would take a short command longer.
    private static Map<String, Supplier<Provider>> platforms(byte[] bytes, int from, List<String> lengths) {
        Map<String, Supplier<Provider>> platforms = new HashMap<>();
        int at = from;
        for (String platform : lengths) {
            int space = platform.indexOf(' ');
            String id = platform.substring(0, space);
            int end = at + Integer.parseInt(platform.substring(space + 1));
            byte[] json = Arrays.copyOfRange(bytes, at, end);
            platforms.put(id, () -> platform(id, json));
            at = end;
        }
        return platforms;
    }

    private static Provider platform(String id, byte[] json) {
        return ProviderProperties.of(LocalJson.readObject(json)).orElseThrow().provider(id);
    }

    /** Writes settings beside {@code config.yml}, for the next start; where that cannot be done, it is only slower. */
    static void write(
            AstProperties settings,
            List<String> warnings,
            AstHome home,
            Path packaged,
            PrivateFiles files,
            Instant now) {
        try {
            Instant changed = Files.getLastModifiedTime(home.configFile()).toInstant();
            if (changed.plus(SETTLED).isBefore(now)) {
                files.replace(file(home), text(settings, warnings, stamp(home.configFile()) + " " + stamp(packaged)));
            }
        } catch (IOException | FailureException e) {
            return;
        }
    }

    /** Settings as they are written. */
    static byte[] text(AstProperties settings, List<String> warnings, String stamp) {
        List<String> lengths = new ArrayList<>();
        StringBuilder platforms = new StringBuilder();
        settings.known().forEach((id, provider) -> {
            String line = LocalJson.write(provider.json().members()) + "\n";
            platforms.append(line);
            lengths.add(id + " " + line.getBytes(StandardCharsets.UTF_8).length);
        });
        JsonObject header = new JsonObject()
                .put("stamp", stamp)
                .put("storage", settings.storage())
                .put("logging", settings.logging())
                .put("warnings", warnings)
                .put("keys", keyVariables(settings))
                .put("secrets", List.copyOf(settings.platforms().secretVariables()))
                .put("platforms", lengths);
        String all = LocalJson.write(header.members()) + "\n" + platforms;
        return (checksum(all.getBytes(StandardCharsets.UTF_8), 0) + "\n" + all).getBytes(StandardCharsets.UTF_8);
    }

    private static String checksum(byte[] bytes, int from) {
        CRC32 checksum = new CRC32();
        checksum.update(bytes, from, bytes.length - from);
        return Long.toString(checksum.getValue());
    }

    private static int lineEnd(byte[] bytes, int from) {
        int at = from;
        while (at < bytes.length && bytes[at] != '\n') {
            at++;
        }
        return at;
    }

    private static Path file(AstHome home) {
        return home.directory().resolve("config.cache");
    }

    private static String stamp(Path file) throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        // A number: to write a date loads many classes.
        return attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS) + " " + attributes.size() + " "
                + attributes.fileKey();
    }
}
