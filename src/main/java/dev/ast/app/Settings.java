package dev.ast.app;

import dev.ast.json.JsonObject;
import dev.ast.provider.Providers;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * What {@code application.yml} and the user's {@code config.yml} say.
 *
 * @param storage where the tokens of new sessions go: {@code auto}, {@code keyring} or {@code file}
 * @param providers the platforms by id
 */
@ConfigurationProperties("ast")
public record Settings(
        @Nullable String storage,
        @Nullable Map<String, ProviderSettings> providers) {

    /**
     * The platforms.
     *
     * @throws dev.ast.domain.FailureException (usage) naming the key whose value cannot be used
     */
    public Providers platforms() {
        return new Providers(known().entrySet().stream()
                .map(entry -> entry.getValue().provider(entry.getKey()))
                .toList());
    }

    private Map<String, ProviderSettings> known() {
        return providers == null ? Map.of() : providers;
    }

    /** The same as JSON. */
    JsonObject json() {
        JsonObject all = new JsonObject();
        new TreeMap<>(known()).forEach((id, provider) -> all.put(id, provider.json()));
        return new JsonObject().put("storage", storage).put("providers", all);
    }

    /** Reads what {@link #json} wrote; empty when it is something else. */
    static Optional<Settings> of(JsonObject json) {
        Map<String, ProviderSettings> providers = new TreeMap<>();
        JsonObject all = json.objectOrNew("providers");
        for (String id : all.members().keySet()) {
            Optional<ProviderSettings> provider = all.object(id).flatMap(ProviderSettings::of);
            if (provider.isEmpty()) {
                return Optional.empty();
            }
            providers.put(id, provider.get());
        }
        return providers.isEmpty()
                ? Optional.empty()
                : Optional.of(new Settings(json.text("storage").orElse(null), providers));
    }
}
