package dev.ast.oauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ast.credential.file.CredentialsFile;
import dev.ast.credential.file.FileTokenRepository;
import dev.ast.credential.file.LockFiles;
import dev.ast.credential.file.PrivateFiles;
import dev.ast.domain.Failure;
import dev.ast.domain.FailureException;
import dev.ast.domain.Profile;
import dev.ast.domain.ProfileName;
import dev.ast.domain.Renewed;
import dev.ast.domain.Secret;
import dev.ast.domain.ServerOrigin;
import dev.ast.domain.StorageKind;
import dev.ast.domain.TokenSet;
import dev.ast.host.AstHome;
import dev.ast.host.Environment;
import dev.ast.host.Interrupts;
import dev.ast.http.Http;
import dev.ast.profile.Profiles;
import dev.ast.profile.StoredSessions;
import dev.ast.support.Answer;
import dev.ast.support.MovableTime;
import dev.ast.support.NoClientKeys;
import dev.ast.support.NoLog;
import dev.ast.support.Request;
import dev.ast.support.ScriptedServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What one manager does for every grant, over real files and a scripted server. */
class OAuthTokensTest {
    private static final ProfileName NAME = ProfileName.DEFAULT;
    private static final ServerOrigin API = ServerOrigin.parse("https://api.example.com");
    private static final String RENEWED =
            "{'access_token':'access-2','refresh_token':'refresh-2','token_type':'Bearer','expires_in':600}";

    private final ScriptedServer server = ScriptedServer.http();
    private final MovableTime time = new MovableTime();
    private final Http http = new Http(Environment.of(Map.of()), new Interrupts(), "test");

    @TempDir
    private Path folder;

    private AstHome home;
    private StoredSessions sessions;
    private OAuthTokens tokens;
    private Optional<FailureException> trouble = Optional.empty();

    @BeforeEach
    void openStore() {
        home = new AstHome(folder.resolve("home"), false);
        PrivateFiles files = new PrivateFiles(home.directory());
        LockFiles locks = new LockFiles(home, files, time, time);
        CredentialsFile file = new CredentialsFile(home, files, locks);
        sessions = new StoredSessions(
                new Profiles(file),
                kind -> {
                    trouble.ifPresent(failure -> {
                        throw failure;
                    });
                    return new FileTokenRepository(file);
                },
                locks,
                time,
                NoLog.LOG);
        tokens = new OAuthTokens(
                Environment.of(Map.of()),
                http,
                time,
                new DevicePoller(time, time),
                sessions,
                new NoClientKeys(),
                name -> client());
    }

    @AfterEach
    void close() {
        http.close();
        server.close();
    }

    private OAuthClient client() {
        Endpoints given = new Endpoints(
                Optional.of(server.uri("/device")),
                Optional.of(server.uri("/authorize")),
                Optional.of(server.uri("/token")),
                Optional.of(server.uri("/revoke")),
                Optional.empty(),
                Optional.empty());
        return new OAuthClient(
                NAME, API, Optional.empty(), given, "cli", List.of(), Map.of(), Optional.empty(), List.of());
    }

    private TokenSet stored(ServerOrigin authority, int number) {
        return new TokenSet(
                API,
                authority,
                Secret.of("access-" + number),
                "Bearer",
                Optional.of(Secret.of("refresh-" + number)),
                time.instant(),
                Optional.of(time.instant().plus(Duration.ofMinutes(10))),
                Optional.empty(),
                List.of("read"));
    }

    private void signIn(ServerOrigin authority) {
        sessions.signIn(Profile.fresh(NAME, "example"), stored(authority, 1), StorageKind.FILE);
    }

    private void answer(int status, String inSingleQuotes) {
        server.on("POST /token", json(status, inSingleQuotes));
    }

    private static Answer json(int status, String inSingleQuotes) {
        return Answer.json(status, inSingleQuotes.replace('\'', '"'));
    }

    private static Predicate<TokenSet> holding(String access) {
        return found -> found.access().reveal().equals(access);
    }

    private Optional<String> storedRefresh() {
        return sessions.tokens(NAME).flatMap(TokenSet::refresh).map(Secret::reveal);
    }

    private static String access(Optional<Renewed> renewed) {
        return renewed.orElseThrow().tokens().access().reveal();
    }

    private FailureException failedRenewal() {
        return catchThrowableOfType(FailureException.class, () -> tokens.renew(NAME, found -> true));
    }

    @Test
    void aRenewalReturnsWhatIsStored() {
        signIn(server.origin());
        answer(200, RENEWED);
        Renewed renewed = tokens.renew(NAME, holding("access-1")).orElseThrow();
        assertThat(renewed.unsaved()).isEmpty();
        assertThat(renewed.tokens())
                .usingRecursiveComparison()
                .isEqualTo(sessions.tokens(NAME).orElseThrow());
        assertThat(renewed.tokens().access().reveal()).isEqualTo("access-2");
        assertThat(renewed.tokens().scopes()).containsExactly("read");
        assertThat(server.requests().get(0).form())
                .isEqualTo(Map.of("grant_type", "refresh_token", "refresh_token", "refresh-1", "client_id", "cli"));
    }

    @Test
    void whatCannotBeStoredIsReturnedWithTheReason() {
        signIn(server.origin());
        server.on("POST /token", request -> {
            trouble = Optional.of(Failure.storage("the disk is full", "make space"));
            return json(200, RENEWED);
        });
        Renewed renewed = tokens.renew(NAME, found -> true).orElseThrow();
        assertThat(renewed.tokens().access().reveal()).isEqualTo("access-2");
        assertThat(renewed.unsaved().orElseThrow().message()).isEqualTo("the disk is full");
    }

    @Test
    void nobodyIsSignedInAndNothingIsSent() {
        assertThat(tokens.renew(NAME, found -> true)).isEmpty();
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void whetherTokensAreStaleIsDecidedInsideTheLock() throws Exception {
        signIn(server.origin());
        AtomicInteger decisions = new AtomicInteger();
        FutureTask<Optional<Renewed>> second = new FutureTask<>(() -> tokens.renew(NAME, found -> {
            decisions.incrementAndGet();
            return holding("access-1").test(found);
        }));
        Thread waiting = new Thread(second, "second");
        try (LockFiles.Held held = sessions.lock(NAME)) {
            waiting.start();
            while (waiting.getState() != Thread.State.TIMED_WAITING && !second.isDone()) {
                Thread.onSpinWait();
            }
            assertThat(decisions).as("while another holds the lock").hasValue(0);
            sessions.renew(NAME, stored(server.origin(), 7));
        }
        assertThat(access(second.get(30, TimeUnit.SECONDS))).isEqualTo("access-7");
        assertThat(decisions).hasValue(1);
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void ofTwoAtOnceOneSends() throws Exception {
        signIn(server.origin());
        server.on("POST /token", json(200, RENEWED).after(Duration.ofMillis(200)));
        CompletableFuture<Optional<Renewed>> other =
                CompletableFuture.supplyAsync(() -> tokens.renew(NAME, holding("access-1")));
        assertThat(access(tokens.renew(NAME, holding("access-1")))).isEqualTo("access-2");
        assertThat(access(other.get(30, TimeUnit.SECONDS))).isEqualTo("access-2");
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void tokensOfAnotherServerAreNotSent() {
        signIn(ServerOrigin.parse("https://auth.example.com"));
        assertThat(failedRenewal().failure()).isInstanceOf(Failure.OtherOrigin.class);
        assertThatExceptionOfType(FailureException.class)
                .isThrownBy(() -> tokens.renewFor(NAME, "org", found -> true))
                .satisfies(e -> assertThat(e.failure()).isInstanceOf(Failure.OtherOrigin.class));
        assertThat(server.requests()).isEmpty();
        assertThat(storedRefresh()).contains("refresh-1");
    }

    @Test
    void invalidGrantEndsTheSession() {
        signIn(server.origin());
        answer(400, "{'error':'invalid_grant'}");
        assertThat(failedRenewal().failure()).isInstanceOf(Failure.SessionEnded.class);
        assertThatExceptionOfType(FailureException.class).isThrownBy(() -> sessions.tokens(NAME));
        assertThat(server.requests()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"invalid_client", "invalid_request", "unauthorized_client", "invalid_scope", "x"})
    void noOtherErrorDoes(String error) {
        signIn(server.origin());
        answer(400, "{'error':'" + error + "'}");
        FailureException failure = failedRenewal();
        assertThat(failure.failure()).isInstanceOf(Failure.Failed.class);
        assertThat(failure).hasMessage(server.origin() + " refused: " + error);
        assertThat(storedRefresh()).contains("refresh-1");
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 404, 408, 429, 500, 503})
    void noStatusDoesEither(int status) {
        signIn(server.origin());
        answer(status, status < 429 ? "{}" : "{'error':'invalid_grant'}");
        assertThat(failedRenewal().failure()).isInstanceOf(Failure.Unreachable.class);
        assertThat(storedRefresh()).contains("refresh-1");
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void aRefusedTokenThatIsNoLongerTheStoredOneEndsNothing() {
        signIn(server.origin());
        AtomicInteger winners = new AtomicInteger(6);
        server.on("POST /token", request -> {
            sessions.renew(NAME, stored(server.origin(), winners.incrementAndGet()));
            return json(400, "{'error':'invalid_grant'}");
        });
        assertThat(access(tokens.renew(NAME, found -> true))).isEqualTo("access-7");
        assertThat(access(tokens.renewFor(NAME, "org", found -> true))).isEqualTo("access-8");
        assertThat(storedRefresh()).contains("refresh-8");
    }

    @Test
    void aRefusedProfileThatWasSignedOutMeanwhileIsNotSignedIn() {
        signIn(server.origin());
        server.on("POST /token", request -> {
            sessions.signOut(NAME);
            return json(400, "{'error':'invalid_grant'}");
        });
        assertThat(failedRenewal().failure()).isInstanceOf(Failure.NotSignedIn.class);
    }

    @Test
    void tokensForAProfileThatWasSignedOutMeanwhileAreRevoked() {
        signIn(server.origin());
        server.on("POST /revoke", Answer.status(200)).on("POST /token", request -> {
            sessions.signOut(NAME);
            return json(200, RENEWED);
        });
        assertThat(failedRenewal().failure()).isInstanceOf(Failure.NotSignedIn.class);
        assertThat(server.requests("POST /revoke"))
                .extracting(request -> request.form().get("token"))
                .containsExactly("refresh-2", "access-2");
        assertThat(sessions.tokens(NAME)).isEmpty();
    }

    @Test
    void aTokenForAnOrganizationIsAddedToTheSession() {
        signIn(server.origin());
        answer(200, RENEWED);
        TokenSet renewed =
                tokens.renewFor(NAME, "org", found -> true).orElseThrow().tokens();
        assertThat(server.requests().get(0).form())
                .containsEntry("refresh_token", "refresh-1")
                .containsEntry("organization_id", "org");
        assertThat(renewed.access().reveal()).isEqualTo("access-1");
        assertThat(renewed.inOrganization("org").orElseThrow().access().reveal())
                .isEqualTo("access-2");
        assertThat(sessions.tokens(NAME).orElseThrow().organizations()).containsKey("org");
        assertThat(storedRefresh()).contains("refresh-2");
    }

    @Test
    void aSignInByCodeReturnsTheWholeAnswerAndStoresNothing() {
        signIn(server.origin());
        server.on(
                "POST /device",
                json(200, "{'device_code':'d','user_code':'U','verification_uri':'https://a.example.com/device'}"));
        server.on(
                "POST /token",
                json(400, "{'error':'authorization_pending'}"),
                json(200, "{'access_token':'other','refresh_token':'r','id_token':'i.i.i'}"));
        Granted granted = tokens.awaitDevice(client(), tokens.startDevice(client()), Instant.MAX);
        assertThat(granted.tokens().access().reveal()).isEqualTo("other");
        assertThat(granted.answer().text("id_token")).contains("i.i.i");
        assertThat(server.requests("POST /token"))
                .extracting(Request::form)
                .allSatisfy(form ->
                        assertThat(form).containsEntry("device_code", "d").doesNotContainKey("refresh_token"));
        assertThat(storedRefresh()).contains("refresh-1");
    }

    @Test
    void aSignInByBrowserReturnsWhatIsGranted() {
        answer(200, RENEWED);
        CodeAuthorization authorization = tokens.startCode(client(), server.uri("/back"));
        assertThat(tokens.exchange(authorization, "the code").tokens().access().reveal())
                .isEqualTo("access-2");
        assertThat(server.requests().get(0).form())
                .containsEntry("code", "the code")
                .containsKeys("code_verifier", "redirect_uri");
        assertThat(sessions.tokens(NAME)).isEmpty();
        answer(503, "{}");
        assertThatExceptionOfType(FailureException.class)
                .isThrownBy(() -> tokens.exchange(authorization, "the code"))
                .withMessageEndingWith("; the approval is used up");
    }

    @Test
    void aKeyPairNeedsNoDirectory() {
        answer(200, "{'access_token':'of-the-pair','expires_in':60}");
        TokenSet granted = tokens.byKeyPair(client(), "id", Secret.of("the secret"), "https://aud.example.com");
        assertThat(granted.access().reveal()).isEqualTo("of-the-pair");
        assertThat(server.requests().get(0).form())
                .isEqualTo(Map.of(
                        "grant_type",
                        "client_credentials",
                        "client_id",
                        "id",
                        "client_secret",
                        "the secret",
                        "audience",
                        "https://aud.example.com"));
        assertThat(Files.exists(home.locks())).isFalse();
        answer(401, "{'error':'invalid_client'}");
        assertThatExceptionOfType(FailureException.class)
                .isThrownBy(() -> tokens.byKeyPair(client(), "id", Secret.of("other"), "a"))
                .withMessage("the key pair is not accepted: invalid_client");
    }
}
