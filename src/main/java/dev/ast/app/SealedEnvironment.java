package dev.ast.app;

import dev.ast.domain.Failure;
import dev.ast.domain.FailureException;
import dev.ast.host.AstHome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;

/**
 * The configuration of the program: the user's {@code config.yml}, then the packaged {@code application.yml}, and
 * nothing else. Neither environment variables nor system properties nor files of the current directory reach it, so
 * that no project directory and no {@code SPRING_*} variable can redirect a token.
 */
public final class SealedEnvironment extends StandardEnvironment {
    private static final long LARGEST = 1024 * 1024;

    private final Optional<Settings> prepared;

    private SealedEnvironment(Optional<Settings> prepared) {
        this.prepared = prepared;
    }

    /**
     * The configuration for a home. YAML is read only where the settings are not prepared.
     *
     * @throws dev.ast.domain.FailureException as {@link #of(Path)}
     */
    public static SealedEnvironment of(AstHome home) {
        Optional<Settings> prepared = Settings.read(home);
        return prepared.isPresent() ? new SealedEnvironment(prepared) : of(home.configFile());
    }

    /** The settings in the form that is quick to read; where they are here, the environment has no properties. */
    Optional<Settings> prepared() {
        return prepared;
    }

    /**
     * Reads both files.
     *
     * @throws dev.ast.domain.FailureException (usage) when {@code config.yml} is no YAML, or cannot be read
     */
    public static SealedEnvironment of(Path userSettings) {
        SealedEnvironment environment = new SealedEnvironment(Optional.empty());
        MutablePropertySources sources = environment.getPropertySources();
        try {
            if (Files.exists(userSettings, LinkOption.NOFOLLOW_LINKS)) {
                // Reading a pipe would block, and a device may have no end.
                if (!Files.isRegularFile(userSettings)) {
                    throw Failure.storage(userSettings + " is not a regular file", "move it aside");
                }
                if (!Files.isReadable(userSettings)) {
                    throw Failure.storage(
                            userSettings + " cannot be read: permission denied", "chmod 600 " + userSettings);
                }
                if (Files.size(userSettings) > LARGEST) {
                    throw Failure.storage(userSettings + " is larger than 1 MiB", "make it smaller");
                }
                written(userSettings.toString(), Files.readAllBytes(userSettings))
                        .forEach(sources::addLast);
            }
        } catch (IOException e) {
            throw unreadable(userSettings.toString(), e);
        }
        packaged().getPropertySources().forEach(sources::addLast);
        return environment;
    }

    /**
     * A text in place of the file of a home.
     *
     * @throws dev.ast.domain.FailureException (usage) when it is no YAML
     */
    static SealedEnvironment ofText(String text) {
        SealedEnvironment environment = new SealedEnvironment(Optional.empty());
        MutablePropertySources sources = environment.getPropertySources();
        written("config.yml", text.getBytes(StandardCharsets.UTF_8)).forEach(sources::addLast);
        packaged().getPropertySources().forEach(sources::addLast);
        return environment;
    }

    /**
     * The configuration for a home, without the user's settings where these cannot be used: for the commands that find out
     * why, and mend that.
     */
    public static SealedEnvironment forRepair(AstHome home) {
        try {
            SealedEnvironment environment = of(home);
            if (environment.prepared().isEmpty()) {
                SettingsReader.prepared(environment);
            }
            return environment;
        } catch (FailureException e) {
            return packaged();
        }
    }

    private static List<PropertySource<?>> written(String name, byte[] yaml) {
        try {
            List<PropertySource<?>> sources = new ArrayList<>();
            load(name, new ByteArrayResource(yaml)).forEach(source -> sources.add(SettingsReader.of(source)));
            return sources;
        } catch (IOException | RuntimeException e) {
            throw unreadable(name, e);
        }
    }

    private static FailureException unreadable(String name, Exception why) {
        return Failure.usage(name + " cannot be read as YAML" + ConfigFile.line(why), "correct it, or move it aside");
    }

    /** The packaged settings alone. */
    static SealedEnvironment packaged() {
        SealedEnvironment environment = new SealedEnvironment(Optional.empty());
        try {
            for (String name : List.of("application.yml", "presets.yml")) {
                load(name, new ClassPathResource(name)).forEach(environment.getPropertySources()::addLast);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the packaged configuration cannot be read", e);
        }
        return environment;
    }

    private static List<PropertySource<?>> load(String name, Resource resource) throws IOException {
        return new YamlPropertySourceLoader().load(name, resource);
    }

    @Override
    protected void customizePropertySources(MutablePropertySources sources) {
        // Deliberately without the sources of the superclass.
    }
}
