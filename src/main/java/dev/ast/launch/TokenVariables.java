package dev.ast.launch;

import dev.ast.host.Environment;
import dev.ast.oauth.Endpoints;
import dev.ast.provider.Provider;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The packaged providers' token variables, known without reading YAML, which would cost more than the whole command. A
 * test holds them against {@code application.yml}.
 */
final class TokenVariables {
    static final Map<String, List<String>> BY_PROVIDER = Map.of(
            "astropods", List.of("ASTRO_ACCESS_TOKEN"),
            "astronomer", List.of("ASTRO_API_TOKEN"),
            "astronomer-private-cloud", List.of(),
            "seqera", List.of("SEQERA_ACCESS_TOKEN", "TOWER_ACCESS_TOKEN"),
            "oidc", List.of(),
            "sandbox", List.of());

    // Beside the tokens: what else from the environment chooses a server or a credential.
    private static final Set<String> OTHERS =
            Set.of("AST_TOKEN", "AST_SERVER", "ASTRO_SERVER_URL", "ASTRONOMER_KEY_ID", "ASTRONOMER_KEY_SECRET");

    private TokenVariables() {}

    /** Whether the environment has a say in which server or token is used. */
    static boolean anySet(Environment environment) {
        if (anySet(environment, OTHERS)) {
            return true;
        }
        for (List<String> names : BY_PROVIDER.values()) {
            if (anySet(environment, names)) {
                return true;
            }
        }
        return false;
    }

    private static boolean anySet(Environment environment, Collection<String> names) {
        for (String name : names) {
            if (environment.get(name).isPresent()) {
                return true;
            }
        }
        return false;
    }

    /** The packaged providers, as far as a command needs them that asks no server. */
    static List<Provider> providers() {
        List<Provider> providers = new ArrayList<>();
        for (Map.Entry<String, List<String>> known : BY_PROVIDER.entrySet()) {
            providers.add(new Provider(
                    known.getKey(),
                    known.getKey(),
                    Optional.empty(),
                    Optional.empty(),
                    Endpoints.NONE,
                    Optional.empty(),
                    List.of(),
                    Map.of(),
                    known.getValue(),
                    List.of(),
                    Optional.empty()));
        }
        return providers;
    }
}
