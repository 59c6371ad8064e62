package dev.ast.app;

import dev.ast.provider.Provider;
import dev.ast.provider.Providers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The settings of {@code application.yml} and the user's {@code config.yml}.
 *
 * @param storage where the tokens of new sessions go: {@code auto}, {@code keyring}, {@code file} or {@code helper:NAME}
 * @param log what is written down
 * @param providers the platforms by id
 */
@ConfigurationProperties("ast")
public record AstProperties(
        @Nullable String storage,
        @Nullable Log log,
        @Nullable Map<String, ProviderProperties> providers) {

    /**
     * The log of what happens to the sessions.
     *
     * @param enabled whether it gets entries
     */
    public record Log(@Nullable Boolean enabled) {}

    /** Whether the log gets entries; it does if nothing is set. */
    boolean logging() {
        return log == null || !Boolean.FALSE.equals(log.enabled());
    }

    /** The platforms' settings by id. */
    Map<String, ProviderProperties> known() {
        return providers == null ? Map.of() : providers;
    }

    /**
     * The platforms.
     *
     * @throws dev.ast.domain.FailureException (usage) naming the key whose value cannot be used
     */
    public Providers platforms() {
        List<Provider> all = new ArrayList<>();
        known().forEach((id, provider) -> all.add(provider.provider(id)));
        return new Providers(all);
    }
}
