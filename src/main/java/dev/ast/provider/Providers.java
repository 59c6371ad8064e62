package dev.ast.provider;

import dev.ast.domain.Failure;
import dev.ast.domain.Profile;
import dev.ast.domain.SecretShape;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The platforms that this program knows. */
public final class Providers {
    /** The platform of a profile that names none. */
    public static final String DEFAULT = "astropods";
    /** Any OpenID or OAuth server, by its issuer. */
    public static final String GENERIC = "oidc";

    private final Map<String, Provider> providers;

    /** The given platforms, by id. */
    public Providers(List<Provider> providers) {
        this.providers = new TreeMap<>();
        for (Provider provider : providers) {
            this.providers.put(provider.id(), provider);
        }
    }

    /** All, sorted by id. */
    public List<Provider> all() {
        return List.copyOf(providers.values());
    }

    /** One by its id. */
    public Optional<Provider> find(String id) {
        return Optional.ofNullable(providers.get(id));
    }

    /**
     * One that must exist.
     *
     * @throws dev.ast.domain.FailureException (usage) when it does not
     */
    public Provider require(String id) {
        Provider provider = providers.get(id);
        if (provider == null) {
            throw Failure.usage(
                    "there is no provider " + SecretShape.quoted(id, 80),
                    "one of: " + String.join(", ", providers.keySet()));
        }
        return provider;
    }

    /** The provider of a profile. */
    public Provider of(Profile profile) {
        return require(profile.provider().isEmpty() ? DEFAULT : profile.provider());
    }
}
