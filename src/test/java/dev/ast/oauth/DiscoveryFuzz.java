package dev.ast.oauth;

import dev.ast.domain.ProfileName;
import dev.ast.domain.ServerOrigin;
import dev.ast.http.Answers;
import dev.ast.support.Fuzzed;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Discovery documents: no address in them leads away from the issuer. */
public final class DiscoveryFuzz {
    private static final URI ISSUER = URI.create("https://auth.example.com/realm");
    private static final ServerOrigin ORIGIN = ServerOrigin.of(ISSUER);

    private static final OAuthClient CLIENT = new OAuthClient(
            new ProfileName("fuzz"),
            ORIGIN,
            Optional.of(ISSUER),
            Endpoints.NONE,
            "client",
            List.of(),
            Map.of(),
            Optional.empty(),
            List.of());

    private DiscoveryFuzz() {}

    /** One input, a document. */
    public static void fuzzerTestOneInput(byte[] input) {
        Fuzzed.reading(() -> ServerMetadata.read(CLIENT, ORIGIN, Answers.json(ISSUER, 200, input)))
                .ifPresent(found -> Stream.of(
                                found.authorization(),
                                found.deviceAuthorization(),
                                found.token(),
                                found.revocation(),
                                found.userInfo(),
                                found.jwkSet())
                        .flatMap(address -> address.stream())
                        .forEach(address ->
                                Fuzzed.require(ServerOrigin.of(address).equals(ORIGIN), "an address leads away")));
    }
}
