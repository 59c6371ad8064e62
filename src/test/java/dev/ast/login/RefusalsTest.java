package dev.ast.login;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.RSAKey;
import dev.ast.json.Json;
import dev.ast.support.Answer;
import dev.ast.support.AstInside;
import dev.ast.support.AstResult;
import dev.ast.support.AuthorizationServer;
import dev.ast.support.AuthorizationServer.Decision;
import dev.ast.support.Case;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Refusals under the names that servers use, with the statuses that they use, and errors that pass. */
class RefusalsTest {
    private static final RSAKey KEY = AuthorizationServer.newKey();

    private final AuthorizationServer server = new AuthorizationServer(KEY).decide(Decision.APPROVED);

    @TempDir
    private Path home;

    @AfterEach
    void close() {
        server.close();
    }

    private AstInside ast() {
        return AstInside.in(home);
    }

    private String[] login(String... more) {
        return server.login(more).toArray(String[]::new);
    }

    private static Answer error(int status, String code) {
        return AuthorizationServer.error(status, code, "");
    }

    @ParameterizedTest
    @Case("A06")
    @CsvSource({
        "400,access_denied,3",
        "403,access_denied,3",
        "200,access_denied,3",
        "400,authorization_declined,3",
        "400,user_denied,3",
        "400,expired_token,8",
        "400,code_expired,8",
        "401,expired_code,8",
        "200,expired_token,8",
        "200,token_expired,8",
        "200,incorrect_device_code,8",
        "400,odd,1"
    })
    void aPollIsRefusedOnce(int status, String code, int exit) {
        server.say("POST /token", error(status, code));

        AstResult login = ast().run(login());

        assertThat(login.exit()).as("%s", login).isEqualTo(exit);
        assertThat(server.tokenRequests("device_code")).hasSize(1);
    }

    @Test
    @Case("A05")
    void anErrorThatPassesKeepsThePollsGoing() {
        server.member("POST /device", "expires_in", 900);
        server.say(
                "POST /token",
                error(400, "temporarily_unavailable"),
                error(400, "server_error"),
                error(200, "server_error"),
                error(400, "odd").header("Retry-After", "2"),
                Answer.text(403, "busy").header("Retry-After", "2"));

        AstResult login = ast().run(login("--timeout", "20m"));

        assertThat(login.exit()).as("%s", login).isZero();
        assertThat(server.tokenRequests("device_code")).hasSize(6);
    }

    @ParameterizedTest
    @Case("B12")
    @CsvSource({
        "400,invalid_grant,",
        "401,invalid_grant,",
        "200,bad_refresh_token,",
        "400,invalid_refresh_token,",
        "400,expired_token,",
        "400,interaction_required,AADSTS50076",
        "400,login_required,",
        "400,consent_required,",
        "401,invalid_token,",
        "400,invalid_request,Refresh token is invalid or has already been claimed by another client.",
        "400,invalid_request,Refresh token expired.",
        "403,unauthorized_client,refresh_token is invalid"
    })
    void aDeadRefreshTokenEndsTheSessionAndIsSentOnce(int status, String code, String description) {
        AstInside ast = ast();
        ast.run(login());
        ast.pass(Duration.ofHours(2));
        server.say("POST /token", AuthorizationServer.error(status, code, description == null ? "" : description));

        AstResult token = ast.run("token");
        AstResult again = ast.run("token");

        assertThat(token.exit()).as("%s", token).isEqualTo(5);
        assertThat(again.exit()).as("%s", again).isEqualTo(5);
        assertThat(server.tokenRequests("refresh_token")).hasSize(1);
    }

    @ParameterizedTest
    @Case("B12")
    @CsvSource({
        "400,temporarily_unavailable,6",
        "400,server_error,6",
        "200,server_error,6",
        "400,access_denied,3",
        "400,invalid_client,1",
        "400,invalid_request,1",
        "500,invalid_grant,6"
    })
    void anyOtherErrorOfARenewalKeepsTheSession(int status, String code, int exit) {
        AstInside ast = ast();
        ast.run(login());
        ast.pass(Duration.ofHours(2));
        server.say("POST /token", error(status, code));

        AstResult token = ast.run("token");

        assertThat(token.exit()).as("%s", token).isEqualTo(exit);
        assertThat(server.tokenRequests("refresh_token")).hasSize(1);
        assertThat(ast.run("token").exit()).as("the next one succeeds").isZero();
    }

    @Test
    void aRenewalThatIsToBeTriedLaterKeepsTheSession() {
        AstInside ast = ast();
        ast.run(login());
        ast.pass(Duration.ofHours(2));
        server.say("POST /token", Answer.text(400, "slow").header("Retry-After", "5"));

        assertThat(ast.run("token").exit()).isEqualTo(6);
        assertThat(ast.run("token").exit()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{\"expires_in\":\"900\",\"interval\":\"5\"}", "{\"expires_in\":\"900.0\",\"interval\":\" 5 \"}"
            })
    void numbersMayBeTexts(String members) {
        server.change("POST /device", answer -> {
            answer.putAll(
                    Json.readObject(members.getBytes(StandardCharsets.UTF_8)).members());
            return answer;
        });
        server.change("POST /token", answer -> {
            answer.put("expires_in", "3599");
            answer.put("ext_expires_in", "3599");
            answer.put("refresh_expires_in", "86400");
            answer.remove("token_type");
            return answer;
        });
        AstInside ast = ast();

        AstResult login = ast.run(login("--timeout", "20m"));

        assertThat(login.exit()).as("%s", login).isZero();
        assertThat(login.err()).contains("code valid for 15:00");
        ast.pass(Duration.ofHours(1));
        assertThat(ast.run("token").exit())
                .as("a renewal is read in the same way")
                .isZero();
        assertThat(server.tokenRequests("refresh_token")).hasSize(1);
    }

    @Test
    void scopesThatAreRefusedLeadToTheOption() {
        server.say("POST /device", error(400, "invalid_scope"));
        AstResult login = ast().run(login());
        assertThat(login.exit()).isEqualTo(1);
        assertThat(login.err()).contains("hint: add --scope");
    }

    @Test
    void aClientThatMayNotUseCodesLeadsToTheBrowser() {
        for (String code : List.of("unauthorized_client", "device_flow_disabled")) {
            server.say("POST /device", error(400, code));
            assertThat(ast().run(login()).err()).contains("hint:", "--web");
        }
    }

    @Test
    void offlineAccessIsLeftOutWhereTheServerDoesNotNameIt() {
        server.member(
                "GET /.well-known/openid-configuration", "scopes_supported", List.of("openid", "profile", "email"));
        ast().run(login());
        ast().run(login("--scope", "openid offline_access"));
        assertThat(server.requests("POST /device"))
                .extracting(request -> request.form().get("scope"))
                .containsExactly("openid profile email", "openid offline_access");
    }
}
