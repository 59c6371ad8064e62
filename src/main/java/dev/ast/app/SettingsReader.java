package dev.ast.app;

import dev.ast.domain.Failure;
import dev.ast.host.Launcher;
import dev.ast.output.Visible;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.PropertySource;

/** The user's {@code config.yml}: unknown keys are reported, bad values are usage errors. */
public final class SettingsReader {
    // The prefix of the name of a property source that the user has written.
    private static final String WRITTEN = "settings of the user: ";
    // The prefix of keys that the program does not have.
    private static final String FOREIGN = "ignored.";
    /** Keys of a provider that have names below them. */
    private static final Set<String> NAMED = Set.of("parameters", "identity");

    private SettingsReader() {}

    /**
     * The user's settings. A key of the framework could change how the program works, so it is renamed: it is kept only
     * for the warning.
     */
    public static PropertySource<?> of(PropertySource<?> settings) {
        Map<String, Object> kept = new LinkedHashMap<>();
        if (settings instanceof EnumerablePropertySource<?> keys) {
            for (String key : keys.getPropertyNames()) {
                Object value = keys.getProperty(key);
                if (value != null) {
                    kept.put(key.startsWith("ast.") ? key : FOREIGN + key, value);
                }
            }
        }
        return new MapPropertySource(WRITTEN + settings.getName(), kept);
    }

    /**
     * The settings of an environment, prepared or bound; what is wrong with their keys is printed.
     *
     * @throws dev.ast.domain.FailureException (usage) naming the key whose value cannot be used
     */
    static Settings read(SealedEnvironment environment, Foundation base, StoreParts store) {
        Settings settings = environment.prepared().orElseGet(() -> bind(environment, base, store));
        settings.warnings().forEach(base::warn);
        return settings;
    }

    // They are kept for the next start.
    private static Settings bind(SealedEnvironment environment, Foundation base, StoreParts store) {
        AstProperties settings = properties(environment);
        List<String> warnings = warnings(environment);
        Settings usable = Settings.of(settings, warnings); // what cannot be used is not kept
        Launcher.ofProcess()
                .map(Launcher::settings)
                .ifPresent(packaged -> Settings.write(
                        settings,
                        warnings,
                        base.home(),
                        packaged,
                        store.files(),
                        base.clock().instant()));
        return usable;
    }

    /** The same for the start without Spring. Throws as {@link #read}. */
    public static Settings prepared(ConfigurableEnvironment environment) {
        return Settings.of(properties(environment), warnings(environment));
    }

    static AstProperties properties(ConfigurableEnvironment environment) {
        return checked(() -> Binder.get(environment).bindOrCreate("ast", AstProperties.class));
    }

    /** Whether a source has what the user has written. */
    static boolean isWritten(PropertySource<?> source) {
        return source.getName().startsWith(WRITTEN);
    }

    private static List<String> warnings(ConfigurableEnvironment environment) {
        return unknownKeys(environment).stream()
                .map(key -> "config.yml: unknown key " + Visible.field(key) + KnownSettings.meant(key))
                .toList();
    }

    /**
     * Writes the settings of {@code application.yml} in the form that is quick to read; part of the build.
     *
     * @param args the file
     * @throws IOException when it cannot be written
     */
    public static void main(String[] args) throws IOException {
        AstProperties packaged = properties(SealedEnvironment.packaged());
        Files.write(Path.of(args[0]), Settings.text(packaged, List.of(), ""));
    }

    /** The keys that mean nothing to the program, in the order of the file. */
    static List<String> unknownKeys(ConfigurableEnvironment settings) {
        List<String> unknown = new ArrayList<>();
        Set<String> providerKeys = providerKeys();
        Set<String> general = KnownSettings.general();
        for (PropertySource<?> source : settings.getPropertySources()) {
            if (!isWritten(source) || !(source instanceof EnumerablePropertySource<?> keys)) {
                continue;
            }
            for (String key : keys.getPropertyNames()) {
                boolean known = key.startsWith(KnownSettings.PROVIDERS)
                        ? isKnown(key.substring(KnownSettings.PROVIDERS.length()), providerKeys)
                        : general.contains(key) || key.startsWith(KnownSettings.ALIASES);
                if (!known) {
                    unknown.add(key.startsWith(FOREIGN) ? key.substring(FOREIGN.length()) : key);
                }
            }
        }
        return unknown;
    }

    // After the provider's id one key, then perhaps an index or a name.
    private static boolean isKnown(String below, Set<String> providerKeys) {
        String[] parts = below.split("\\.", 3);
        if (parts.length < 2) {
            return false;
        }
        String key = canonical(parts[1].replaceAll("\\[[0-9]+]$", ""));
        return providerKeys.contains(key) && (parts.length == 2 || NAMED.contains(key));
    }

    private static Set<String> providerKeys() {
        return Arrays.stream(ProviderProperties.class.getRecordComponents())
                .map(RecordComponent::getName)
                .map(SettingsReader::canonical)
                .collect(Collectors.toUnmodifiableSet());
    }

    static String canonical(String key) {
        return key.replace("-", "").replace("_", "").toLowerCase(Locale.ROOT);
    }

    /**
     * Runs a binding.
     *
     * @throws dev.ast.domain.FailureException (usage) naming the key whose value cannot be used
     */
    static <T> T checked(Supplier<T> binding) {
        try {
            return binding.get();
        } catch (BindException e) {
            throw Failure.usage("config.yml: the value of " + e.getName() + " cannot be used", "correct it");
        }
    }
}
