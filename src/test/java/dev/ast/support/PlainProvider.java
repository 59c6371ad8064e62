package dev.ast.support;

import dev.ast.domain.ServerOrigin;
import dev.ast.oauth.Endpoints;
import dev.ast.provider.PlatformOptions;
import dev.ast.provider.Provider;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A platform with a server and a client, and nothing else. */
public final class PlainProvider {
    private PlainProvider() {}

    /** The platform {@code example}, with variables for its token. */
    public static Provider at(ServerOrigin server, String... tokenVariables) {
        return named("example", "Example", server, tokenVariables);
    }

    /** The same under another name. */
    public static Provider named(String id, String title, ServerOrigin server, String... tokenVariables) {
        return new Provider(
                id,
                title,
                Optional.of(server),
                Optional.empty(),
                Endpoints.NONE,
                Optional.of("client"),
                List.of(),
                Map.of(),
                List.of(tokenVariables),
                List.of(),
                List.of(),
                Optional.empty(),
                PlatformOptions.PLAIN);
    }
}
