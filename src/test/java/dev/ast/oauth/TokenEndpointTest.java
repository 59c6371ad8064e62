package dev.ast.oauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.ast.domain.ClientMethod;
import dev.ast.domain.Exit;
import dev.ast.domain.FailureException;
import dev.ast.domain.ProfileName;
import dev.ast.domain.Secret;
import dev.ast.domain.ServerOrigin;
import dev.ast.domain.TokenSet;
import dev.ast.host.Environment;
import dev.ast.host.Interrupts;
import dev.ast.http.Http;
import dev.ast.http.HttpCall;
import dev.ast.support.Answer;
import dev.ast.support.Case;
import dev.ast.support.MovableTime;
import dev.ast.support.NoClientKeys;
import dev.ast.support.ScriptedServer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.security.oauth2.core.OAuth2AuthorizationException;

class TokenEndpointTest {
    private final ScriptedServer server = ScriptedServer.http();
    private final Http http = new Http(Environment.of(Map.of()), new Interrupts(), "test");
    private final TokenEndpoint endpoint =
            new TokenEndpoint(http, new MovableTime(), new ClientAuthenticator(new NoClientKeys()));

    @AfterEach
    void close() {
        http.close();
        server.close();
    }

    private TokenSet granted(Answer answer) {
        server.on("POST /token", answer);
        ProfileRegistration registration = registration(server.origin(), server.uri("/token"));
        return TokenEndpoint.granted(endpoint.send(registration, () -> HttpCall.post(registration.tokenUri())))
                .tokens();
    }

    static ProfileRegistration registration(ServerOrigin server, URI token) {
        OAuthClient client = new OAuthClient(
                ProfileName.DEFAULT,
                server,
                Optional.empty(),
                Endpoints.NONE,
                "cli",
                List.of(),
                Map.of(),
                Optional.empty(),
                List.of());
        return new ProfileRegistration(client, token, ClientMethod.NONE, List.of());
    }

    private TokenSet with(String members) {
        return granted(Answer.json(("{'access_token':'a','token_type':'Bearer'" + members + "}").replace('\'', '"')));
    }

    @Test
    void keepsWhatWasSaid() {
        TokenSet tokens = with(",'refresh_token':'r','expires_in':60,'refresh_expires_in':1800,'scope':'b  a'");
        assertThat(tokens.refresh().map(Secret::reveal)).contains("r");
        assertThat(tokens.issuedAt()).isEqualTo(MovableTime.START);
        assertThat(tokens.expiresAt()).contains(MovableTime.START.plusSeconds(60));
        assertThat(tokens.refreshExpiresAt()).contains(MovableTime.START.plusSeconds(1800));
        assertThat(tokens.scopes()).containsExactly("b", "a");
        assertThat(tokens.origin()).isEqualTo(server.origin());
        assertThat(tokens.authority()).isEqualTo(server.origin());
    }

    @Test
    void inventsNothingThatWasNotSaid() {
        TokenSet tokens = with("");
        assertThat(tokens.refresh()).isEmpty();
        assertThat(tokens.expiresAt()).isEmpty();
        assertThat(tokens.refreshExpiresAt()).isEmpty();
        assertThat(tokens.scopes()).isEmpty();
        assertThat(with(",'refresh_token':'','refresh_expires_in':0,'scope':null")
                        .refresh())
                .isEmpty();
        assertThat(with(",'refresh_expires_in':0").refreshExpiresAt()).isEmpty();
    }

    @Test
    void takesTheEndOfAJwtWhereNothingElseIsReported() {
        Instant end = MovableTime.START.plus(Duration.ofMinutes(7));
        String claims = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(("{\"exp\":" + end.getEpochSecond() + "}").getBytes(StandardCharsets.UTF_8));
        assertThat(granted(Answer.json("{\"access_token\":\"e30." + claims + ".x\",\"token_type\":\"Bearer\"}"))
                        .expiresAt())
                .contains(end);
        for (String odd : List.of("a.b.c", "..", "e30.e30.e30", "e30.!!.x")) {
            assertThat(UnverifiedJwt.claims(Secret.of(odd)).flatMap(UnverifiedJwt::expiry))
                    .as(odd)
                    .isEmpty();
        }
    }

    @Test
    void readsTimesAsTextAndBoundsThem() {
        for (String text : List.of("60", " 60 ", "60.0", "6e1")) {
            assertThat(with(",'expires_in':'" + text + "'").expiresAt())
                    .as(text)
                    .contains(MovableTime.START.plusSeconds(60));
        }
        assertThat(with(",'expires_in':1e30").expiresAt()).contains(MovableTime.START.plus(Duration.ofDays(3650)));
    }

    @Test
    @Case("B01")
    void takesAMissingTokenTypeForBearer() {
        TokenSet tokens = granted(Answer.json("{\"access_token\":\"a\"}"));
        assertThat(tokens.type()).isEqualTo("Bearer");
        for (String type : List.of("null", "'bearer'", "'BEARER'", "'Bearer '")) {
            String body = "{'access_token':'a','token_type':" + type + "}";
            assertThat(granted(Answer.json(body.replace('\'', '"'))).type())
                    .as(type)
                    .isEqualTo("Bearer");
        }
    }

    @Test
    @Case("B01")
    void readsScopesWithCommasAndAsAList() {
        assertThat(with(",'scope':'repo,user read'").scopes()).containsExactly("repo", "user", "read");
        assertThat(with(",'scope':['repo','user']").scopes()).containsExactly("repo", "user");
        assertThat(with(",'scope':['repo user',7]").scopes()).containsExactly("repo", "user");
        for (String none : List.of("' '", "','", "', a ,'", "[]", "7")) {
            assertThat(with(",'scope':" + none).scopes()).as(none).doesNotContain("", " ", ",");
        }
    }

    @ParameterizedTest
    @Case("B01")
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "{'token_type':'Bearer'}",
                "{'access_token':' ','token_type':'Bearer'}",
                "{'access_token':' a','token_type':'Bearer'}",
                "{'access_token':'a\\u0000','token_type':'Bearer'}",
                "{'access_token':'a\\u007f','token_type':'Bearer'}",
                "{'access_token':'a','refresh_token':' '}",
                "{'access_token':'a','token_type':7}",
                "{'access_token':'a','token_type':''}",
                "{'access_token':'a','expires_in':'0x10'}",
                "{'access_token':'a','expires_in':'60d'}",
                "{'access_token':'a','expires_in':'NaN'}",
                "{'access_token':'a','expires_in':'-1'}",
                "{'access_token':'a','expires_in':true}",
                "{'access_token':'a b','token_type':'Bearer'}",
                "{'access_token':null,'token_type':'Bearer'}",
                "{'access_token':'','token_type':'Bearer'}",
                "{'access_token':7,'token_type':'Bearer'}",
                "{'access_token':'a\\nb','token_type':'Bearer'}",
                "{'access_token':'ä','token_type':'Bearer'}",
                "{'access_token':'a','token_type':'mac'}",
                "{'access_token':'a','token_type':'DPoP'}",
                "{'access_token':'a','token_type':'Bearer','expires_in':-1}",
                "{'access_token':'a','token_type':'Bearer','expires_in':'soon'}",
                "{'access_token':'a','token_type':'Bearer','refresh_token':['r']}",
                "<html></html>",
                ""
            })
    void refusesWhatIsNotATokenAnswer(String body) {
        assertThatExceptionOfType(FailureException.class)
                .isThrownBy(() -> granted(Answer.json(body.replace('\'', '"'))))
                .satisfies(e -> assertThat(e.failure().exit()).isEqualTo(Exit.UNREACHABLE))
                .satisfies(e ->
                        assertThat(e.getMessage()).startsWith(server.origin().toString()));
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 400, 401, 403, 404})
    void readsOAuthErrorsOfAnyStatus(int status) {
        assertThatExceptionOfType(OAuth2AuthorizationException.class)
                .isThrownBy(() ->
                        granted(Answer.json(status, "{\"error\":\"access_denied\",\"error_description\":\"no\"}")))
                .satisfies(e -> assertThat(OAuthAnswers.text(e.getError())).isEqualTo("access_denied: no"));
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 429, 500, 502, 503})
    void knowsWhatPasses(int status) {
        String error = status == 408 ? "{}" : "{\"error\":\"invalid_grant\"}";
        assertThatExceptionOfType(FailureException.class)
                .isThrownBy(() -> granted(Answer.json(status, error).header("Retry-After", "9")))
                .satisfies(e -> assertThat(e.failure().exit()).isEqualTo(Exit.UNREACHABLE))
                .extracting(Throwable::getCause, InstanceOfAssertFactories.type(TokenEndpoint.Passing.class))
                .satisfies(cause -> assertThat(cause.retryAfter()).contains(Duration.ofSeconds(9)));
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void followsNoRedirect(int status) {
        server.on("*", Answer.json("{\"access_token\":\"evil\",\"token_type\":\"Bearer\"}"));
        assertThatExceptionOfType(FailureException.class)
                .isThrownBy(() -> granted(Answer.redirect(status, server.uri("/other"))))
                .withMessage(server.origin() + " answered with a redirect to " + server.origin()
                        + ", which is not followed");
        assertThat(server.requests()).hasSize(1);
    }
}
