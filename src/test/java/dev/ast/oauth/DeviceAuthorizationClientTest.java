package dev.ast.oauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.ast.domain.Exit;
import dev.ast.domain.FailureException;
import dev.ast.domain.ProfileName;
import dev.ast.host.Environment;
import dev.ast.host.Interrupts;
import dev.ast.http.Http;
import dev.ast.support.Answer;
import dev.ast.support.Case;
import dev.ast.support.MovableTime;
import dev.ast.support.NoClientKeys;
import dev.ast.support.ScriptedServer;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeviceAuthorizationClientTest {
    private final ScriptedServer server = ScriptedServer.http();
    private final Http http = new Http(Environment.of(Map.of()), new Interrupts(), "test");
    private final DeviceAuthorizationClient client =
            new DeviceAuthorizationClient(http, new MovableTime(), new ClientAuthenticator(new NoClientKeys()));

    @AfterEach
    void close() {
        http.close();
        server.close();
    }

    private DeviceAuthorization start(String answer, List<String> scopes) {
        server.on("POST /device", Answer.json(answer.replace('\'', '"')));
        URI place = server.uri("/device");
        return client.start(
                new OAuthClient(
                        ProfileName.DEFAULT,
                        server.origin(),
                        Optional.empty(),
                        Endpoints.NONE,
                        "the client",
                        scopes,
                        Map.of("audience", "https://api.example.com"),
                        Optional.empty(),
                        List.of()),
                new Endpoints(
                        Optional.of(place),
                        Optional.empty(),
                        Optional.of(server.uri("/token")),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()));
    }

    private static String answer(String more) {
        return "{'device_code':'d','user_code':'U','verification_uri':'https://a.example.com/device'" + more + "}";
    }

    @Test
    void sendsClientScopeAndWhatThePlatformWants() {
        start(answer(""), List.of("openid", "profile"));
        start(answer(""), List.of());
        assertThat(server.requests().get(0).form())
                .isEqualTo(Map.of(
                        "client_id", "the client", "scope", "openid profile", "audience", "https://api.example.com"));
        assertThat(server.requests().get(1).form()).doesNotContainKey("scope");
    }

    /** RFC 8628 3.2: five seconds where nothing is given; a value without sense does not make polls more frequent. */
    @ParameterizedTest
    @Case("A04")
    @CsvSource({
        "'',5",
        "',\"interval\":0',5",
        "',\"interval\":-3',5",
        "',\"interval\":1',1",
        "',\"interval\":7',7",
        "',\"interval\":1000000000',60",
        "',\"interval\":null',5",
        "',\"interval\":\"x\"',5"
    })
    void intervals(String member, long seconds) {
        assertThat(start(answer(member), List.of()).interval()).isEqualTo(Duration.ofSeconds(seconds));
    }

    @ParameterizedTest
    @Case("A04")
    @CsvSource({"'',300", "',\"expires_in\":900',900", "',\"expires_in\":1',1", "',\"expires_in\":31536000',3600"})
    void lives(String member, long seconds) {
        assertThat(start(answer(member), List.of()).expiresAt()).isEqualTo(MovableTime.START.plusSeconds(seconds));
    }

    @ParameterizedTest
    @Case("A04")
    @CsvSource({"',\"expires_in\":0'", "',\"expires_in\":-1'", "',\"expires_in\":\"soon\"'"})
    void livesThatAreNone(String member) {
        assertThatExceptionOfType(FailureException.class)
                .isThrownBy(() -> start(answer(member), List.of()))
                .satisfies(e -> assertThat(e.failure().exit()).isEqualTo(Exit.UNREACHABLE))
                .withMessageContaining("without a usable expires_in");
    }

    @Test
    @Case({"A08", "A09"})
    void opensOnlyPlainWebAddresses() {
        assertThat(start(answer(",'verification_uri_complete':'https://a.example.com/device?c=U'"), List.of())
                        .address())
                .contains(URI.create("https://a.example.com/device?c=U"));
        assertThat(start(answer(",'verification_uri_complete':'file:///etc/passwd'"), List.of())
                        .address())
                .contains(URI.create("https://a.example.com/device"));
        for (String bad : List.of(
                "javascript:alert(1)", "https://u:p@a.example.com/", "http://a.example.com/", "-x", "https://a b/")) {
            String whole = "{'device_code':'d','user_code':'U','verification_uri':'" + bad + "'}";
            assertThat(start(whole, List.of()).address()).as(bad).isEmpty();
        }
    }

    @Test
    void anOldNameOfTheAddressWillDo() {
        assertThat(start("{'device_code':'d','user_code':'U','verification_url':'https://a.example.com/x'}", List.of())
                        .verificationUri())
                .isEqualTo("https://a.example.com/x");
    }
}
