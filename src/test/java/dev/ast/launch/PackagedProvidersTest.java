package dev.ast.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ast.host.Environment;
import dev.ast.provider.PlatformOptions;
import dev.ast.provider.Provider;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** The providers of the express lane are those of {@code application.yml}. */
class PackagedProvidersTest {
    private static final Map<String, Map<String, Object>> WRITTEN = written();

    @Test
    void tokenVariablesAndRegistriesAreThoseOfTheSettings() {
        Map<String, List<?>> known = new TreeMap<>();
        Map<String, List<?>> written = new TreeMap<>();
        for (Provider provider : PackagedProviders.ALL) {
            known.put(
                    provider.id(),
                    List.of(provider.tokenVariables(), provider.options().registry()));
        }
        WRITTEN.forEach((id, settings) -> written.put(
                id,
                List.of(
                        settings.getOrDefault("token-variables", List.of()),
                        Optional.ofNullable((String) settings.get("registry"))
                                .map(pattern -> new PlatformOptions.Registry(
                                        pattern, (String) settings.get("registry-user"))))));
        assertThat(known).isEqualTo(written);
    }

    @Test
    void everyVariableThatChoosesATokenOrAServerIsSeen() {
        WRITTEN.forEach((id, settings) -> {
            for (String key : List.of("key-id-variable", "key-secret-variable")) {
                if (settings.get(key) instanceof String name) {
                    assertSeen(name);
                }
            }
            for (String key : List.of("token-variables", "server-variables")) {
                if (settings.get(key) instanceof List<?> names) {
                    names.forEach(name -> assertSeen(String.valueOf(name)));
                }
            }
        });
        assertSeen("AST_TOKEN");
        assertSeen("AST_SERVER");
        assertThat(PackagedProviders.anyVariableSet(Environment.of(Map.of("AST_PROFILE", "work", "AST_TOKEN", ""))))
                .isFalse();
    }

    private static void assertSeen(String name) {
        assertThat(PackagedProviders.anyVariableSet(Environment.of(Map.of(name, "x"))))
                .as(name)
                .isTrue();
    }

    @SuppressWarnings("unchecked") // as the file is written
    private static Map<String, Map<String, Object>> written() {
        try (InputStream in = Files.newInputStream(Path.of("application.yml"))) {
            Map<String, Map<String, Object>> all = new Yaml().load(in);
            return (Map<String, Map<String, Object>>) all.get("ast").get("providers");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
