package dev.ast.oauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ast.domain.Exit;
import dev.ast.domain.FailureException;
import dev.ast.domain.Secret;
import dev.ast.domain.ServerOrigin;
import dev.ast.domain.TokenSet;
import dev.ast.host.Environment;
import dev.ast.host.Interrupts;
import dev.ast.http.Http;
import dev.ast.http.HttpCall;
import dev.ast.support.Answer;
import dev.ast.support.ScriptedServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Requests with a bound token whose body cannot be sent again, and with one for another server. */
class TokenRequestsTest {
    private final ScriptedServer server = ScriptedServer.http();
    private final Http http = new Http(Environment.of(Map.of()), new Interrupts(), "ast/test");
    private final TokenRequests requests = new TokenRequests(http, new DpopProofs(InstantSource.system()));

    @AfterEach
    void close() {
        http.close();
        server.close();
    }

    private static TokenSet bound(ServerOrigin origin) {
        return new TokenSet(
                origin,
                origin,
                Secret.of("access-of-the-test"),
                TokenSet.DPOP,
                Optional.empty(),
                Instant.now(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(DpopProofs.newKey()));
    }

    @Test
    void aBodyThatCanBeSentOnlyOnceIsNotSentAgainForANonce() {
        server.on(
                "POST /things",
                Answer.json(401, "{}")
                        .header("WWW-Authenticate", "DPoP error=\"use_dpop_nonce\"")
                        .header("DPoP-Nonce", "n-1"));
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        FailureException refused = catchThrowableOfType(
                FailureException.class,
                () -> requests.stream(HttpCall.post(server.uri("/things")), bound(server.origin()), false, head -> out));

        assertThat(refused.failure().exit()).isEqualTo(Exit.FAILURE);
        assertThat(refused.failure().hint()).hasValue("name a file: --input FILE");
        assertThat(server.requests()).hasSize(1);
        assertThat(out.size()).isZero();
    }

    @Test
    void aTokenOfAnotherServerIsSentNowhereAndNoProofIsMade() throws IOException {
        TokenSet other = bound(ServerOrigin.parse("https://api.example.com"));

        assertThat(requests.send(HttpCall.get(server.uri("/things")), other)).isEmpty();
        assertThat(requests.stream(HttpCall.get(server.uri("/things")), other, true, head -> new ByteArrayOutputStream()))
                .isEmpty();
        assertThat(server.requests()).isEmpty();
    }
}
