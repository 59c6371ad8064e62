package dev.ast.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ast.domain.Failure;
import dev.ast.domain.FailureException;
import dev.ast.host.Environment;
import dev.ast.host.Interrupts;
import dev.ast.http.TransportFailure.Kind;
import dev.ast.support.Answer;
import dev.ast.support.Case;
import dev.ast.support.EvilServer;
import dev.ast.support.Request;
import dev.ast.support.ScriptedServer;
import java.net.ServerSocket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpTest {
    private final ScriptedServer server = ScriptedServer.http();
    private final Http http = new Http(Environment.of(Map.of()), new Interrupts(), "ast/1.2");

    @AfterEach
    void close() {
        http.close();
        server.close();
    }

    @Test
    void aRequestCarriesWhatTheCallSaysAndNoOtherFingerprint() {
        server.on("GET /me", Answer.json("{}"));
        http.send(HttpCall.get(server.uri("/me?x=%20y&z"))
                .header("Authorization", "Bearer t")
                .header("X-Two", "1")
                .header("X-Two", "2"));
        Request request = server.requests().get(0);
        assertThat(request.target()).isEqualTo("/me?x=%20y&z");
        assertThat(request.headers())
                .containsExactlyInAnyOrder(
                        Map.entry("Host", "127.0.0.1:" + server.port()),
                        Map.entry("User-Agent", "ast/1.2"),
                        Map.entry("Accept-Encoding", "gzip"),
                        Map.entry("Connection", "keep-alive"),
                        Map.entry("Authorization", "Bearer t"),
                        Map.entry("X-Two", "1"),
                        Map.entry("X-Two", "2"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "//evil.example/path", "/a//b/../c%2Fd", "/a;b/.", "/?", "/%00"})
    void thePathIsSentAsItIs(String path) {
        server.on("*", any -> Answer.status(204));
        http.send(HttpCall.get(server.uri(path)));
        assertThat(server.requests().get(0).target()).isEqualTo(path);
    }

    @Test
    void aFormIsEncodedInUtf8() {
        server.on("POST /token", Answer.json("{}"));
        http.send(HttpCall.post(server.uri("/token")).form(Map.of("scope", "a b+c&ü")));
        Request request = server.requests().get(0);
        assertThat(request.text()).isEqualTo("scope=a+b%2Bc%26%C3%BC");
        assertThat(request.form()).isEqualTo(Map.of("scope", "a b+c&ü"));
        assertThat(request.header("Content-Type")).contains("application/x-www-form-urlencoded");
    }

    @Test
    void everyStatusIsAnAnswer() {
        for (int status : new int[] {200, 201, 204, 304, 400, 401, 403, 404, 407, 429, 500, 503}) {
            server.on("GET /" + status, Answer.text(status, "body"));
            HttpAnswer answer = http.send(HttpCall.get(server.uri("/" + status)));
            assertThat(answer.status()).isEqualTo(status);
            assertThat(answer.text()).isEqualTo(status == 204 || status == 304 ? "" : "body");
        }
    }

    @ParameterizedTest
    @Case("C03")
    @CsvSource({"301", "302", "303", "307", "308"})
    void aRedirectIsGivenBackAndNotFollowed(int status) {
        try (EvilServer evil = new EvilServer()) {
            server.on("*", any -> Answer.redirect(status, evil.uri("/steal")));
            for (HttpCall call : List.of(
                    HttpCall.get(server.uri("/api")),
                    HttpCall.post(server.uri("/token")).form(Map.of("refresh_token", "r")),
                    HttpCall.of("DELETE", server.uri("/x")))) {
                HttpAnswer answer = http.send(call.header("Authorization", "Bearer t"));
                assertThat(answer.status()).isEqualTo(status);
                assertThat(answer.isRedirect()).isTrue();
                assertThat(answer.header("location"))
                        .contains(evil.uri("/steal").toString());
            }
            assertThat(server.requests()).hasSize(3);
        }
    }

    @Test
    void aRedirectToItselfIsNotFollowedEither() {
        server.on("*", any -> Answer.redirect(302, "/again"));
        assertThat(http.send(HttpCall.get(server.uri("/"))).status()).isEqualTo(302);
        assertThat(server.requests()).hasSize(1);
    }

    @ParameterizedTest
    @Case("B08")
    @CsvSource({"401,WWW-Authenticate", "407,Proxy-Authenticate"})
    void aChallengeIsGivenBackAndNotMet(int status, String header) {
        try (EvilServer evil = new EvilServer()) {
            server.on(
                    "*",
                    any -> Answer.status(status)
                            .header(header, "Basic realm=\"" + evil.uri("/") + "\"")
                            .header(header, "Bearer realm=\"" + evil.uri("/") + "\",service=\"s\""));
            HttpAnswer answer = http.send(HttpCall.get(server.uri("/")).header("Authorization", "Bearer t"));
            assertThat(answer.status()).isEqualTo(status);
            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void noCookieIsKept() {
        server.on("*", any -> Answer.status(204).header("Set-Cookie", "id=1; Path=/"));
        http.send(HttpCall.get(server.uri("/")));
        http.send(HttpCall.get(server.uri("/")));
        assertThat(server.requests().get(1).header("Cookie")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "POST", "PUT", "DELETE"})
    void aRequestThatGotNoAnswerIsNotRepeated(String method) {
        server.on("*", any -> Answer.raw(""));
        FailureException failure = failureOf(HttpCall.of(method, server.uri("/token?code=canary")));
        assertUnreachable(
                failure, Kind.CLOSED, server.origin() + " closed the connection before its answer was complete");
        assertThat(TransportFailure.in(failure).orElseThrow().mayHaveBeenSent()).isTrue();
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void a503IsNotRepeated() {
        server.on("*", any -> Answer.status(503).header("Retry-After", "0"));
        assertThat(http.send(HttpCall.get(server.uri("/"))).status()).isEqualTo(503);
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void questionsShareAConnectionAndOrdersDoNot() {
        server.on("*", any -> Answer.json("{}"));
        http.send(HttpCall.get(server.uri("/1")));
        http.send(HttpCall.get(server.uri("/2")));
        http.send(HttpCall.post(server.uri("/3")));
        http.send(HttpCall.post(server.uri("/4")));
        assertThat(server.requests()).extracting(Request::connection).containsExactly(1, 1, 2, 3);
        assertThat(server.requests().get(2).header("Connection")).contains("close");
    }

    @Test
    void aConnectionThatTheServerClosedMeanwhileDisturbsNobody() {
        server.on("*", any -> Answer.json("{}"));
        for (int round = 0; round < 5; round++) {
            assertThat(http.send(HttpCall.get(server.uri("/"))).status()).isEqualTo(200);
            server.dropConnections();
            assertThat(http.send(HttpCall.post(server.uri("/"))).status()).isEqualTo(200);
            assertThat(http.send(HttpCall.get(server.uri("/"))).status()).isEqualTo(200);
            server.dropConnections();
        }
        assertThat(server.requests()).hasSize(15);
    }

    @Test
    void manyThreadsCanCallAtOnce() throws Exception {
        server.on("*", request -> Answer.text(200, request.path()));
        ExecutorService threads = Executors.newFixedThreadPool(20);
        try {
            List<Callable<String>> calls = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                URI uri = server.uri("/" + i);
                boolean post = i % 2 == 0;
                calls.add(() ->
                        http.send(post ? HttpCall.post(uri) : HttpCall.get(uri)).text());
            }
            List<String> answers = new ArrayList<>();
            for (Future<String> answer : threads.invokeAll(calls)) {
                answers.add(answer.get());
            }
            assertThat(answers).hasSize(100).doesNotHaveDuplicates().contains("/0", "/99");
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void aNameThatDoesNotExistIsReported() {
        FailureException failure = failureOf(HttpCall.get(URI.create("https://nowhere.invalid/secret?code=canary")));
        assertUnreachable(
                failure,
                Kind.NAME_NOT_FOUND,
                "cannot reach https://nowhere.invalid: the name nowhere.invalid was not found");
        assertThat(TransportFailure.in(failure).orElseThrow().mayHaveBeenSent()).isFalse();
    }

    @Test
    void aRefusedConnectionIsReported() throws Exception {
        int port;
        try (ServerSocket taken = new ServerSocket(0)) {
            port = taken.getLocalPort();
        }
        for (String host : List.of("127.0.0.1", "localhost", "[::1]")) {
            String origin = "http://" + host + ":" + port;
            FailureException failure = failureOf(HttpCall.post(URI.create(origin + "/secret?code=canary")));
            assertUnreachable(failure, Kind.REFUSED, "cannot reach " + origin + ": connection refused");
            assertThat(TransportFailure.in(failure).orElseThrow().mayHaveBeenSent())
                    .isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SSH-2.0-OpenSSH_9.2\r\n",
                "\u0015\u0003\u0003\u0000\u0002\u0002F",
                "HTTP/1.1 abc OK\r\n\r\n",
                "HTTP/9.1 200 OK\r\n\r\n",
                "<html>hello</html>\n\n",
                "HTTP/1.1 200 OK\r\nContent-Le",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nbody\r\n"
            })
    void whatIsNotHttpIsReported(String bytes) {
        server.on("*", any -> Answer.raw(bytes));
        FailureException failure = failureOf(HttpCall.get(server.uri("/secret?code=canary")));
        assertThat(failure).hasMessageStartingWith(server.origin().toString()).hasMessageNotContaining("canary");
        assertThat(TransportFailure.in(failure).orElseThrow().kind())
                .as(failure.getMessage())
                .isEqualTo(Kind.NOT_HTTP);
        assertThat(TransportFailure.in(failure).orElseThrow().mayHaveBeenSent()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n8\r\nhalf",
                "HTTP/1.1 100 Continue\r\n\r\n"
            })
    void anAnswerThatBreaksOffIsReported(String bytes) {
        server.on("*", any -> Answer.raw(bytes));
        assertUnreachable(
                failureOf(HttpCall.get(server.uri("/"))),
                Kind.CLOSED,
                server.origin() + " closed the connection before its answer was complete");
    }

    @Test
    void anAnswerWithoutLengthEndsWithTheConnection() {
        server.on("*", any -> Answer.raw("HTTP/1.0 200 OK\r\nContent-Type: application/json\r\n\r\n{\"a\":1}"));
        HttpAnswer answer = http.send(HttpCall.get(server.uri("/")));
        assertThat(answer.text()).isEqualTo("{\"a\":1}");
        assertThat(answer.isJson()).isTrue();
    }

    private FailureException failureOf(HttpCall call) {
        return catchThrowableOfType(FailureException.class, () -> http.send(call));
    }

    private static void assertUnreachable(FailureException failure, Kind kind, String message) {
        assertThat(failure.failure()).isInstanceOf(Failure.Unreachable.class);
        assertThat(failure).hasMessage(message);
        assertThat(TransportFailure.in(failure).orElseThrow().kind()).isEqualTo(kind);
    }
}
