package dev.ast.launch;

import dev.ast.config.PackagedSettings;
import dev.ast.domain.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.Resource;

/**
 * The configuration of the program: the user's {@code config.yml}, then the packaged {@code application.yml}, and nothing
 * else. Neither environment variables nor system properties nor files of the current directory reach it, so that no
 * project directory and no {@code SPRING_*} variable can turn a token's way.
 */
public final class SealedEnvironment extends StandardEnvironment {
    /** How the name of a source begins that the user has written. */
    public static final String USER = "settings of the user: ";

    /** What stands before a key that is none of the program's. */
    public static final String UNKNOWN = "ignored.";

    private static final long LARGEST = 1024 * 1024;

    private SealedEnvironment() {}

    /**
     * Reads both files.
     *
     * @throws dev.ast.domain.FailureException (usage) when {@code config.yml} is no YAML, or cannot be read
     */
    public static SealedEnvironment of(Path userSettings) {
        SealedEnvironment environment = new SealedEnvironment();
        MutablePropertySources sources = environment.getPropertySources();
        try {
            if (Files.exists(userSettings)) {
                if (Files.size(userSettings) > LARGEST) {
                    throw Failure.usage(userSettings + " is larger than 1 MiB", "make it smaller");
                }
                load(userSettings.toString(), new ByteArrayResource(Files.readAllBytes(userSettings)))
                        .forEach(source -> sources.addLast(ours(source)));
            }
        } catch (IOException | RuntimeException e) {
            if (e instanceof dev.ast.domain.FailureException failure) {
                throw failure;
            }
            throw Failure.usage(userSettings + " cannot be read as YAML", "correct it, or move it aside");
        }
        sources.addLast(PackagedSettings.source());
        return environment;
    }

    // A key of the framework in the file would steer it; under its new name it is only there to be warned of.
    private static PropertySource<?> ours(PropertySource<?> settings) {
        Map<String, Object> kept = new LinkedHashMap<>();
        if (settings instanceof EnumerablePropertySource<?> keys) {
            for (String key : keys.getPropertyNames()) {
                Object value = keys.getProperty(key);
                if (value != null) {
                    kept.put(key.startsWith("ast.") ? key : UNKNOWN + key, value);
                }
            }
        }
        return new MapPropertySource(USER + settings.getName(), kept);
    }

    private static List<PropertySource<?>> load(String name, Resource resource) throws IOException {
        return new YamlPropertySourceLoader().load(name, resource);
    }

    @Override
    protected void customizePropertySources(MutablePropertySources sources) {
        // Deliberately without the sources of the superclass.
    }
}
