package dev.ast.sandbox.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ast.sandbox.server.SandboxClient.Answer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;

/** Rotation, reuse detection (RFC 9700 4.14.2) and revocation (RFC 7009). */
class RefreshAndRevocationTest {

    private static final SandboxServer SERVER = new SandboxServer();
    private static SandboxClient client;

    @BeforeAll
    static void start() throws IOException {
        SERVER.start(SandboxOptions.DEFAULTS);
        client = new SandboxClient(SERVER);
    }

    @AfterAll
    static void stop() {
        SERVER.close();
    }

    @Test
    void aRefreshGivesNewTokensAndANewIdToken() {
        Answer first = client.signIn(SandboxClient.ALL_SCOPES);

        Answer second = client.refresh(first.string("refresh_token"));

        assertThat(second.status()).isEqualTo(200);
        assertThat(second.string("refresh_token")).isNotEmpty().isNotEqualTo(first.string("refresh_token"));
        assertThat(second.string("access_token")).isNotEmpty().isNotEqualTo(first.string("access_token"));
        assertThat(NimbusJwtDecoder.withJwkSetUri(client.issuer() + "/oauth2/jwks")
                        .build()
                        .decode(second.string("id_token"))
                        .getClaimAsString("email"))
                .isEqualTo("ada@example.com");
        assertThat(me(second)).isEqualTo(200);
        assertThat(me(first)).as("the replaced access token").isEqualTo(401);
    }

    @Test
    void aSpentRefreshTokenEndsTheWholeGrant() {
        Answer first = client.signIn(SandboxClient.ALL_SCOPES);
        Answer second = client.refresh(first.string("refresh_token"));
        Answer third = client.refresh(second.string("refresh_token"));

        assertThat(client.refresh(first.string("refresh_token")).error()).isEqualTo("400 invalid_grant");
        assertThat(me(third)).isEqualTo(401);
        assertThat(client.refresh(third.string("refresh_token")).error()).isEqualTo("400 invalid_grant");
    }

    @Test
    void reuseInOneGrantLeavesOtherGrantsAlone() {
        Answer other = client.signIn(SandboxClient.ALL_SCOPES);
        Answer first = client.signIn(SandboxClient.ALL_SCOPES);
        client.refresh(first.string("refresh_token"));

        client.refresh(first.string("refresh_token"));

        assertThat(me(other)).isEqualTo(200);
        assertThat(client.refresh(other.string("refresh_token")).status()).isEqualTo(200);
    }

    @Test
    void ofManyRefreshesAtOnceOneSucceedsAndTheOthersAreSeenAsReuse() throws Exception {
        Answer first = client.signIn(SandboxClient.ALL_SCOPES);
        int requests = 8;
        CountDownLatch together = new CountDownLatch(requests);
        ExecutorService pool = Executors.newFixedThreadPool(requests);
        try {
            List<Future<Answer>> running = new ArrayList<>();
            for (int i = 0; i < requests; i++) {
                Callable<Answer> request = () -> {
                    together.countDown();
                    together.await();
                    return client.refresh(first.string("refresh_token"));
                };
                running.add(pool.submit(request));
            }
            List<Answer> answers = new ArrayList<>();
            for (Future<Answer> each : running) {
                answers.add(each.get());
            }
            assertThat(answers).filteredOn(answer -> answer.status() == 200).hasSize(1);
            assertThat(answers)
                    .filteredOn(answer -> answer.error().equals("400 invalid_grant"))
                    .hasSize(requests - 1);
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void revokingTheRefreshTokenEndsTheSession() {
        Answer tokens = client.signIn(SandboxClient.ALL_SCOPES);

        assertThat(client.revoke(tokens.string("refresh_token")).status()).isEqualTo(200);

        assertThat(me(tokens)).isEqualTo(401);
        assertThat(client.refresh(tokens.string("refresh_token")).error()).isEqualTo("400 invalid_grant");
    }

    @Test
    void revokingTheAccessTokenLeavesTheRefreshTokenGood() {
        Answer tokens = client.signIn(SandboxClient.ALL_SCOPES);

        assertThat(client.revoke(tokens.string("access_token")).status()).isEqualTo(200);

        Answer refused = client.get("/api/v1/me", tokens.string("access_token"));
        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.header("WWW-Authenticate")).startsWith("Bearer ").contains("error=\"invalid_token\"");
        assertThat(client.get("/userinfo", tokens.string("access_token")).status())
                .isEqualTo(401);
        assertThat(client.refresh(tokens.string("refresh_token")).status()).isEqualTo(200);
    }

    @Test
    void revokingASpentRefreshTokenEndsTheGrantToo() {
        Answer first = client.signIn(SandboxClient.ALL_SCOPES);
        Answer second = client.refresh(first.string("refresh_token"));

        assertThat(client.revoke(first.string("refresh_token")).status()).isEqualTo(200);

        assertThat(me(second)).isEqualTo(401);
    }

    @Test
    void revokingAnUnknownTokenIsSuccess() {
        assertThat(client.revoke("never-given-out").status()).isEqualTo(200);
    }

    private static int me(Answer tokens) {
        return client.get("/api/v1/me", tokens.string("access_token")).status();
    }
}
