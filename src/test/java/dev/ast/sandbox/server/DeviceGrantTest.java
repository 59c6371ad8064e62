package dev.ast.sandbox.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ast.sandbox.server.SandboxClient.Answer;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;

/** The device authorization grant, RFC 8628, over HTTP. */
class DeviceGrantTest {

    private static final SandboxServer SERVER = new SandboxServer();
    private static SandboxClient client;

    @BeforeAll
    static void start() throws IOException {
        SERVER.start(SandboxOptions.parse(List.of("--interval", "7")));
        client = new SandboxClient(SERVER);
    }

    @AfterAll
    static void stop() {
        SERVER.close();
    }

    @Test
    void bothMetadataDocumentsNameWhatIsOffered() {
        for (String path : Set.of("/.well-known/oauth-authorization-server", "/.well-known/openid-configuration")) {
            Answer metadata = client.get(path);
            assertThat(metadata.status()).as(path).isEqualTo(200);
            assertThat(metadata.string("issuer")).isEqualTo(client.issuer());
            assertThat(metadata.string("device_authorization_endpoint"))
                    .isEqualTo(client.issuer() + "/oauth2/device_authorization");
            assertThat(metadata.string("token_endpoint")).isEqualTo(client.issuer() + "/oauth2/token");
            assertThat(metadata.string("revocation_endpoint")).isEqualTo(client.issuer() + "/oauth2/revoke");
            assertThat(metadata.string("userinfo_endpoint")).isEqualTo(client.issuer() + "/userinfo");
            assertThat(metadata.string("jwks_uri")).isEqualTo(client.issuer() + "/oauth2/jwks");
            assertThat(metadata.json().path("grant_types_supported").toString())
                    .isEqualTo("[\"authorization_code\",\"" + SandboxClient.DEVICE_CODE + "\",\"refresh_token\"]");
            assertThat(metadata.json().path("scopes_supported").toString())
                    .isEqualTo("[\"openid\",\"profile\",\"email\",\"offline_access\"]");
        }
    }

    @Test
    void theAnswerNamesCodesAddressesAndTheInterval() {
        Answer started = client.startDevice();

        assertThat(started.status()).isEqualTo(200);
        assertThat(started.string("user_code")).matches("[A-Z]{4}-[A-Z]{4}");
        assertThat(started.string("verification_uri")).isEqualTo(client.issuer() + "/device");
        assertThat(started.string("verification_uri_complete"))
                .isEqualTo(client.issuer() + "/device?user_code=" + started.string("user_code"));
        assertThat(started.json().path("interval").asInt()).isEqualTo(7);
        assertThat(started.json().path("expires_in").asInt()).isBetween(295, 300);
    }

    @Test
    void theFirstPollIsPendingAndOneThatComesTooSoonIsToldToSlowDown() {
        Answer started = client.startDevice();

        assertThat(client.poll(started).error()).isEqualTo("400 authorization_pending");
        assertThat(client.poll(started).error()).isEqualTo("400 slow_down");
    }

    @Test
    void anApprovalGivesTokensAndTheIdentityOfAda() {
        Answer started = client.startDevice();

        Answer approved = client.decide(started.string("user_code"));
        Answer tokens = client.poll(started);

        assertThat(approved.status()).isEqualTo(200);
        assertThat(approved.string("result")).isEqualTo("approved");
        assertThat(tokens.status()).isEqualTo(200);
        assertThat(tokens.string("token_type")).isEqualTo("Bearer");
        assertThat(tokens.json().path("expires_in").asInt()).isBetween(295, 300);
        assertThat(tokens.string("refresh_token")).isNotEmpty();
        assertThat(tokens.string("scope").split(" "))
                .containsExactlyInAnyOrder("openid", "profile", "email", "offline_access");
        Jwt idToken = NimbusJwtDecoder.withJwkSetUri(client.issuer() + "/oauth2/jwks")
                .build()
                .decode(tokens.string("id_token"));
        assertThat(idToken.getIssuer()).hasToString(client.issuer());
        assertThat(idToken.getAudience()).containsExactly("ast-sandbox");
        assertThat(idToken.getSubject()).isEqualTo("ada");
        assertThat(idToken.getClaimAsString("email")).isEqualTo("ada@example.com");
        Answer userInfo = client.get("/userinfo", tokens.string("access_token"));
        assertThat(userInfo.string("sub")).isEqualTo("ada");
        assertThat(userInfo.string("name")).isEqualTo("Ada Lovelace");
        assertThat(userInfo.string("email")).isEqualTo("ada@example.com");
    }

    @Test
    void aDeviceCodeIsGoodForOneExchangeOnly() {
        Answer started = client.startDevice();
        client.decide(started.string("user_code"));
        Answer tokens = client.poll(started);

        assertThat(client.poll(started).error()).isEqualTo("400 invalid_grant");
        assertThat(client.get("/api/v1/me", tokens.string("access_token")).status())
                .isEqualTo(200);
    }

    @Test
    void withoutOpenIdThereIsNoIdTokenButUserInfoStillAnswersByScope() {
        Answer tokens = client.signIn("profile");

        Answer userInfo = client.get("/userinfo", tokens.string("access_token"));

        assertThat(tokens.json().has("id_token")).isFalse();
        assertThat(userInfo.string("name")).isEqualTo("Ada Lovelace");
        assertThat(userInfo.json().has("email")).isFalse();
    }

    @Test
    void aClientThatNamesNoScopeGetsAllAndIsTold() {
        Answer started = client.post("/oauth2/device_authorization", Map.of("client_id", SandboxServer.CLIENT_ID));
        client.decide(started.string("user_code"));

        assertThat(client.poll(started).string("scope").split(" "))
                .containsExactlyInAnyOrder("openid", "profile", "email", "offline_access");
    }

    @Test
    void aDenialStandsForAllLaterPolls() {
        Answer started = client.startDevice();

        assertThat(client.decide(started.string("user_code"), "deny").string("result"))
                .isEqualTo("denied");
        assertThat(client.poll(started).error()).isEqualTo("400 access_denied");
        assertThat(client.poll(started).error()).isEqualTo("400 access_denied");
    }

    @Test
    void anExpiredCodeIsReportedAndCannotBeApprovedAnyMore() {
        Answer started = client.startDevice();

        assertThat(client.decide(started.string("user_code"), "expire").string("result"))
                .isEqualTo("expired");
        assertThat(client.poll(started).error()).isEqualTo("400 expired_token");
        assertThat(client.poll(started).error()).isEqualTo("400 expired_token");
        assertThat(client.decide(started.string("user_code")).status()).isEqualTo(409);
    }

    @Test
    void aCodeMayBeApprovedInLowerCaseWithoutItsHyphen() {
        Answer started = client.startDevice();
        String typed = started.string("user_code").replace("-", "").toLowerCase(Locale.ROOT);

        assertThat(client.decide(typed).status()).isEqualTo(200);
        assertThat(client.poll(started).status()).isEqualTo(200);
    }

    @Test
    void approvalTakesTheSecretOfTheServerAndAWaitingCode() {
        Answer started = client.startDevice();
        SandboxClient stranger = new SandboxClient(client.issuer(), "wrong");

        assertThat(stranger.decide(started.string("user_code")).status()).isEqualTo(401);
        assertThat(client.poll(started).error()).isEqualTo("400 authorization_pending");
        assertThat(client.decide("XXXX-XXXX").status()).isEqualTo(404);
        assertThat(client.decide(started.string("user_code")).status()).isEqualTo(200);
        assertThat(client.decide(started.string("user_code")).status()).isEqualTo(409);
    }

    @Test
    void strangersAndUnknownScopesAreRefused() {
        assertThat(client.post("/oauth2/device_authorization", Map.of("client_id", "stranger"))
                        .error())
                .isEqualTo("401 invalid_client");
        assertThat(client.post("/oauth2/token", Map.of("grant_type", "refresh_token"))
                        .error())
                .isEqualTo("401 invalid_client");
        assertThat(client.startDevice("profile everything").error()).isEqualTo("400 invalid_scope");
        assertThat(client.post(
                                "/oauth2/token",
                                Map.of(
                                        "client_id",
                                        SandboxServer.CLIENT_ID,
                                        "grant_type",
                                        SandboxClient.DEVICE_CODE,
                                        "device_code",
                                        "never-given-out"))
                        .error())
                .isEqualTo("400 invalid_grant");
    }
}
