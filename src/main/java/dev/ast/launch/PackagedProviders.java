package dev.ast.launch;

import dev.ast.host.Environment;
import dev.ast.oauth.Endpoints;
import dev.ast.provider.PlatformOptions;
import dev.ast.provider.Provider;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The packaged providers, as far as a command needs them that asks no server, known without reading YAML, which would
 * cost more than the whole command. A test holds them against {@code application.yml}.
 */
final class PackagedProviders {
    static final List<Provider> ALL = List.of(
            provider("astropods", registry("registry.{host}", "token"), "ASTRO_ACCESS_TOKEN"),
            provider("astronomer", Optional.empty(), "ASTRO_API_TOKEN"),
            provider("astronomer-private-cloud", registry("registry.{domain}", "user")),
            provider("seqera", Optional.empty(), "SEQERA_ACCESS_TOKEN", "TOWER_ACCESS_TOKEN"),
            provider("oidc", Optional.empty()),
            provider("sandbox", Optional.empty()));

    // Beside the tokens: what else from the environment chooses a server or a credential.
    private static final Set<String> OTHER_VARIABLES =
            Set.of("AST_TOKEN", "AST_SERVER", "ASTRO_SERVER_URL", "ASTRONOMER_KEY_ID", "ASTRONOMER_KEY_SECRET");

    private PackagedProviders() {}

    /** Whether the environment has a say in which server or token is used. */
    static boolean anyVariableSet(Environment environment) {
        if (anySet(environment, OTHER_VARIABLES)) {
            return true;
        }
        for (Provider provider : ALL) {
            if (anySet(environment, provider.tokenVariables())) {
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

    private static Optional<PlatformOptions.Registry> registry(String pattern, String user) {
        return Optional.of(new PlatformOptions.Registry(pattern, user));
    }

    private static Provider provider(String id, Optional<PlatformOptions.Registry> registry, String... tokenVariables) {
        return new Provider(
                id,
                id,
                Optional.empty(),
                Optional.empty(),
                Endpoints.NONE,
                Optional.empty(),
                List.of(),
                Map.of(),
                List.of(tokenVariables),
                List.of(),
                List.of(),
                Optional.empty(),
                new PlatformOptions(
                        Optional.empty(),
                        PlatformOptions.SignIn.DEVICE,
                        PlatformOptions.ANY_PORT,
                        Optional.empty(),
                        Optional.empty(),
                        false,
                        List.of(),
                        false,
                        false,
                        registry,
                        Optional.empty()));
    }
}
