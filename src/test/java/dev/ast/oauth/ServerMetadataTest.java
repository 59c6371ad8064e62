package dev.ast.oauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.ast.domain.Exit;
import dev.ast.domain.FailureException;
import dev.ast.domain.ProfileName;
import dev.ast.domain.ServerOrigin;
import dev.ast.http.Answers;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which discovery documents are believed (RFC 8414 section 3.3). */
class ServerMetadataTest {
    private static final URI ISSUER = URI.create("https://auth.example.com/tenant");
    private static final ServerOrigin ORIGIN = ServerOrigin.of(ISSUER);
    private static final OAuthClient CLIENT = new OAuthClient(
            ProfileName.DEFAULT,
            ServerOrigin.parse("https://api.example.com"),
            Optional.of(ISSUER),
            Endpoints.NONE,
            "cli",
            List.of(),
            Map.of(),
            Optional.empty(),
            List.of());

    private static Endpoints read(String document) {
        return ServerMetadata.read(
                CLIENT,
                ORIGIN,
                Answers.json(ISSUER, 200, document.replace('\'', '"').getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void readsTheDocumentOfTheIssuerThatWasAsked() {
        assertThat(read("{'issuer':'" + ISSUER + "','token_endpoint':'https://auth.example.com/token'}")
                        .token())
                .contains(URI.create("https://auth.example.com/token"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'issuer':'https://auth.example.com/tenant/',",
                "'issuer':'https://auth.example.com/other',",
                "'issuer':'https://AUTH.example.com/tenant',",
                "'issuer':'https://evil.example/tenant',",
                "'issuer':7,",
                ""
            })
    void theIssuerIsComparedToTheLetter(String issuer) {
        assertThatExceptionOfType(FailureException.class)
                .isThrownBy(() -> read("{" + issuer + "'token_endpoint':'https://auth.example.com/token'}"))
                .withMessageContaining("instead of '" + ISSUER + "'")
                .satisfies(e -> assertThat(e.failure().exit()).isEqualTo(Exit.UNREACHABLE));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "token_endpoint",
                "authorization_endpoint",
                "device_authorization_endpoint",
                "revocation_endpoint"
            })
    void aForeignEndpointIsRefused(String name) {
        for (String place :
                List.of("https://evil.example/x", "http://auth.example.com/x", "https://auth.example.com:444/x")) {
            assertThatExceptionOfType(FailureException.class)
                    .isThrownBy(() -> read("{'issuer':'" + ISSUER + "','" + name + "':'" + place + "'}"))
                    .withMessageContaining(name)
                    .satisfies(e -> assertThat(e.failure().exit()).isEqualTo(Exit.UNREACHABLE));
        }
    }

    @Test
    void anAddressThatNoTokenGoesToIsLeftOutInstead() {
        Endpoints read = read("{'issuer':'" + ISSUER
                + "','userinfo_endpoint':'https://evil.example/x','jwks_uri':'https://evil.example/y'}");
        assertThat(read.userInfo()).isEmpty();
        assertThat(read.jwkSet()).isEmpty();
    }
}
