package dev.ast.provider;

import dev.ast.domain.Failure;
import dev.ast.domain.Profile;
import dev.ast.domain.SecretShape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;

/** The platforms that this program knows. */
public final class Providers {
    /** The platform of a profile that names none. */
    public static final String DEFAULT = "astropods";
    /** Any OpenID or OAuth server, by its issuer. */
    public static final String GENERIC = "oidc";

    private final Map<String, Supplier<Provider>> providers = new TreeMap<>();
    private final Set<String> secretVariables = new TreeSet<>();

    /** The given platforms, by id. */
    public Providers(List<Provider> providers) {
        for (Provider provider : providers) {
            this.providers.put(provider.id(), () -> provider);
            secretVariables.addAll(provider.tokenVariables());
            provider.options().keyPair().ifPresent(pair -> secretVariables.add(pair.secretVariable()));
        }
    }

    /** Platforms by id, each asked for when it is needed, and their {@link #secretVariables}. */
    public Providers(Map<String, Supplier<Provider>> providers, List<String> secretVariables) {
        this.providers.putAll(providers);
        this.secretVariables.addAll(secretVariables);
    }

    /** The environment variables that hold tokens and secrets of these platforms, sorted. */
    public Set<String> secretVariables() {
        return Collections.unmodifiableSet(secretVariables);
    }

    /** All, sorted by id. */
    public List<Provider> all() {
        List<Provider> all = new ArrayList<>();
        providers.keySet().forEach(id -> all.add(require(id)));
        return all;
    }

    /** One by its id. */
    public synchronized Optional<Provider> find(String id) {
        Supplier<Provider> known = providers.get(id);
        if (known == null) {
            return Optional.empty();
        }
        Provider provider = known.get();
        providers.put(id, () -> provider);
        return Optional.of(provider);
    }

    /**
     * One that must exist.
     *
     * @throws dev.ast.domain.FailureException (usage) when it does not
     */
    public Provider require(String id) {
        Optional<Provider> provider = find(id);
        if (provider.isEmpty()) {
            throw Failure.usage(
                    "there is no provider " + SecretShape.quoted(id, 80),
                    "one of: " + String.join(", ", providers.keySet()));
        }
        return provider.get();
    }

    /** The provider of a profile. */
    public Provider of(Profile profile) {
        return require(profile.provider().isEmpty() ? DEFAULT : profile.provider());
    }
}
