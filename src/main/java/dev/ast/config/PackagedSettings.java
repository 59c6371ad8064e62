package dev.ast.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.aot.generate.GenerationContext;
import org.springframework.beans.factory.aot.BeanFactoryInitializationAotContribution;
import org.springframework.beans.factory.aot.BeanFactoryInitializationAotProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.ClassPathResource;

/**
 * The packaged {@code application.yml}. The ahead-of-time step writes its keys and values down one by one, because
 * reading YAML and binding it cost more than most commands; where that was not done, the YAML itself is read.
 */
public final class PackagedSettings implements BeanFactoryInitializationAotProcessor {
    /** The name of the property source. */
    public static final String NAME = "application.yml";

    private static final String PREPARED = "dev/ast/config/application.properties";
    private static final String PROVIDERS = "ast.providers.";

    /** Its keys and values. */
    public static EnumerablePropertySource<?> source() {
        try (InputStream prepared = PackagedSettings.class.getClassLoader().getResourceAsStream(PREPARED)) {
            if (prepared == null) {
                return yaml();
            }
            Properties values = new Properties();
            values.load(prepared);
            Map<String, Object> source = new TreeMap<>();
            values.forEach((key, value) -> source.put((String) key, value));
            return new MapPropertySource(NAME, source);
        } catch (IOException e) {
            throw new UncheckedIOException("the packaged configuration cannot be read", e);
        }
    }

    private static EnumerablePropertySource<?> yaml() throws IOException {
        List<PropertySource<?>> documents =
                new YamlPropertySourceLoader().load(NAME, new ClassPathResource("application.yml"));
        if (documents.size() == 1 && documents.get(0) instanceof EnumerablePropertySource<?> source) {
            return source;
        }
        throw new IllegalStateException("the packaged configuration is not one YAML document");
    }

    /** The providers in it by their ids, as Spring Boot would bind them. */
    static Map<String, ProviderSettings> providers(EnumerablePropertySource<?> source) {
        Map<String, Map<String, String>> byId = new TreeMap<>();
        for (String key : source.getPropertyNames()) {
            int end = key.startsWith(PROVIDERS) ? key.indexOf('.', PROVIDERS.length()) : -1;
            if (end > 0) {
                byId.computeIfAbsent(key.substring(PROVIDERS.length(), end), id -> new TreeMap<>())
                        .put(key.substring(end + 1), String.valueOf(source.getProperty(key)));
            }
        }
        Map<String, ProviderSettings> providers = new LinkedHashMap<>();
        byId.forEach((id, values) -> providers.put(id, provider(values)));
        return providers;
    }

    private static ProviderSettings provider(Map<String, String> values) {
        String port = values.get("redirect-port");
        return new ProviderSettings(
                values.get("title"),
                values.get("server"),
                values.get("issuer-uri"),
                values.get("device-authorization-uri"),
                values.get("authorization-uri"),
                values.get("token-uri"),
                values.get("revocation-uri"),
                values.get("user-info-uri"),
                values.get("jwk-set-uri"),
                values.get("client-id"),
                list(values, "scope"),
                map(values, "parameters."),
                list(values, "token-variables"),
                list(values, "verification-hosts"),
                values.get("identity-path"),
                values.get("sign-in"),
                values.get("redirect-uri"),
                port == null ? null : Integer.valueOf(port),
                values.get("token-page"),
                list(values, "issuer-aliases"),
                values.get("api"),
                values.get("assumed-lifetime"),
                flag(values, "claims-name"),
                list(values, "server-variables"),
                flag(values, "issuer-from-server"),
                values.get("authorization-header"),
                values.get("registry"),
                values.get("registry-user"),
                values.get("key-id-variable"),
                values.get("key-secret-variable"),
                values.get("key-audience"));
    }

    private static @Nullable Boolean flag(Map<String, String> values, String key) {
        String value = values.get(key);
        return value == null ? null : Boolean.valueOf(value);
    }

    private static @Nullable List<String> list(Map<String, String> values, String key) {
        List<String> list = new ArrayList<>();
        for (String value; (value = values.get(key + "[" + list.size() + "]")) != null; ) {
            list.add(value);
        }
        return list.isEmpty() && !values.containsKey(key) ? null : list;
    }

    private static @Nullable Map<String, String> map(Map<String, String> values, String prefix) {
        Map<String, String> map = new TreeMap<>();
        values.forEach((key, value) -> {
            if (key.startsWith(prefix)) {
                map.put(key.substring(prefix.length()), value);
            }
        });
        return map.isEmpty() ? null : map;
    }

    @Override
    public BeanFactoryInitializationAotContribution processAheadOfTime(ConfigurableListableBeanFactory beanFactory) {
        return (generation, code) -> writeDown(generation);
    }

    private static void writeDown(GenerationContext generation) {
        try {
            Properties values = new Properties();
            EnumerablePropertySource<?> source = yaml();
            for (String key : source.getPropertyNames()) {
                values.setProperty(key, String.valueOf(source.getProperty(key)));
            }
            StringWriter text = new StringWriter();
            values.store(text, null);
            // Without the line that tells the time, so that the same sources make the same jar.
            String lines = text.toString()
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .sorted()
                    .reduce("", (all, line) -> all + line + "\n");
            generation.getGeneratedFiles().addResourceFile(PREPARED, lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
