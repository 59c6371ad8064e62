package dev.ast.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ast.domain.Exit;
import dev.ast.domain.Failure;
import dev.ast.domain.FailureException;
import dev.ast.host.Environment;
import dev.ast.host.Interrupts;
import dev.ast.http.TransportFailure.Kind;
import dev.ast.support.Answer;
import dev.ast.support.Case;
import dev.ast.support.ScriptedServer;
import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpLimitsTest {
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final Duration GRACE = Duration.ofSeconds(1);
    private static final Duration TICK = Duration.ofMillis(20);

    private final ScriptedServer server = ScriptedServer.http();
    private final Interrupts interrupts = new Interrupts();
    private final Http http = new Http(Environment.of(Map.of()), interrupts, "ast/1.2");

    @AfterEach
    void close() {
        http.close();
        server.close();
    }

    static Stream<Arguments> slowAnswers() {
        String head = "HTTP/1.1 200 OK\r\n";
        return Stream.of(
                Arguments.of("silence", Answer.json("{}").after(Duration.ofMinutes(1))),
                Arguments.of(
                        "a drip from the first byte",
                        Answer.json("{\"a\":\"" + "x".repeat(900) + "\"}").slowly(TICK)),
                Arguments.of(
                        "headers without end",
                        Answer.raw(head).endlessly("X-A: b\r\n").slowly(TICK)),
                Arguments.of(
                        "a header line without end",
                        Answer.raw(head + "X: ").endlessly("y").slowly(TICK)),
                Arguments.of(
                        "informational answers without end",
                        Answer.raw("").endlessly("HTTP/1.1 102 Wait\r\n\r\n").slowly(TICK)),
                Arguments.of(
                        "chunks without end",
                        Answer.raw(head + "Transfer-Encoding: chunked\r\n\r\n")
                                .endlessly("1\r\nx\r\n")
                                .slowly(TICK)),
                Arguments.of(
                        "a chunk size without end",
                        Answer.raw(head + "Transfer-Encoding: chunked\r\n\r\n1;")
                                .endlessly("x")
                                .slowly(TICK)),
                Arguments.of(
                        "a body without length or end",
                        Answer.raw(head + "\r\n").endlessly("x").slowly(TICK)),
                Arguments.of(
                        "half a body",
                        Answer.raw(head + "Content-Length: 9\r\n\r\nhalf").stalling()));
    }

    @ParameterizedTest(name = "{0}")
    @Case("B05")
    @MethodSource("slowAnswers")
    void aSlowServerIsLeftAtTheDeadline(String what, Answer answer) {
        server.on("*", any -> answer);
        long start = System.nanoTime();
        FailureException failure =
                failureOf(HttpCall.post(server.uri("/token?code=canary")).deadline(SHORT));
        assertThat(since(start)).as(what).isBetween(SHORT.minusMillis(5), SHORT.plus(GRACE));
        assertThat(failure).hasMessage(server.origin() + " did not answer completely within 300 ms");
        assertThat(failure.failure()).isInstanceOf(Failure.Unreachable.class);
        assertThat(TransportFailure.in(failure).orElseThrow().kind()).isEqualTo(Kind.TIMED_OUT);
        assertThat(TransportFailure.in(failure).orElseThrow().mayHaveBeenSent()).isTrue();
    }

    @ParameterizedTest(name = "{0}")
    @Case("B05")
    @MethodSource("slowAnswers")
    void aSlowServerIsLeftAtCtrlC(String what, Answer answer) throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        server.on("*", any -> {
            asked.countDown();
            return answer;
        });
        CompletableFuture<FailureException> failing =
                CompletableFuture.supplyAsync(() -> failureOf(HttpCall.get(server.uri("/"))));
        assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();
        long start = System.nanoTime();
        interrupts.interrupt(Exit.INTERRUPTED);
        FailureException failure = failing.get(10, TimeUnit.SECONDS);
        assertThat(since(start)).as(what).isLessThan(GRACE);
        assertThat(failure.failure()).isEqualTo(new Failure.Interrupted(Exit.INTERRUPTED));
        assertThat(TransportFailure.in(failure).orElseThrow().kind()).isEqualTo(Kind.INTERRUPTED);
    }

    @Test
    void aHandshakeThatNeverAnswersEndsAtTheDeadline() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            URI uri = URI.create("https://127.0.0.1:" + silent.getLocalPort() + "/");
            long start = System.nanoTime();
            FailureException failure = failureOf(HttpCall.post(uri).deadline(Duration.ofSeconds(1)));
            assertThat(since(start)).isLessThan(Duration.ofSeconds(1).plus(GRACE));
            assertThat(failure)
                    .hasMessage(
                            "cannot reach https://127.0.0.1:" + silent.getLocalPort() + ": no connection within 1 s");
            assertThat(TransportFailure.in(failure).orElseThrow().mayHaveBeenSent())
                    .isFalse();
        }
    }

    @Test
    void anInterruptBeforeTheCallSendsNothing() {
        interrupts.interrupt(Exit.TERMINATED);
        FailureException failure = failureOf(HttpCall.get(server.uri("/")));
        assertThat(failure.failure()).isEqualTo(new Failure.Interrupted(Exit.TERMINATED));
        assertThat(server.connections()).isZero();
        interrupts.clear();
        server.on("*", any -> Answer.status(204));
        assertThat(http.send(HttpCall.get(server.uri("/"))).status()).isEqualTo(204);
    }

    @Test
    void aBodyOfExactlyTheLimitIsRead() {
        server.on("GET /exact", Answer.text(200, "x".repeat(1000)));
        server.on("GET /packed", Answer.text(200, "x".repeat(1000)).gzip());
        assertThat(http.send(HttpCall.get(server.uri("/exact")).maxBody(1000)).body())
                .hasSize(1000);
        assertThat(http.send(HttpCall.get(server.uri("/packed")).maxBody(1000)).body())
                .hasSize(1000);
    }

    @Test
    @Case("B03")
    void aBodyOverTheLimitIsRefused() {
        server.on("GET /declared", Answer.text(200, "x".repeat(1001)));
        server.on("GET /endless", Answer.status(200).endlessly("x".repeat(4096)));
        server.on("GET /packed", Answer.text(200, "x".repeat(1001)).gzip());
        for (String path : new String[] {"/declared", "/endless", "/packed"}) {
            FailureException failure = failureOf(HttpCall.get(server.uri(path)).maxBody(1000));
            assertThat(failure).hasMessage("the answer of " + server.origin() + " is larger than 1000 bytes");
            assertThat(TransportFailure.in(failure).orElseThrow().kind()).isEqualTo(Kind.TOO_LARGE);
        }
        assertThat(failureOf(HttpCall.get(server.uri("/endless"))))
                .hasMessage("the answer of " + server.origin() + " is larger than 1 MiB");
    }

    @Test
    @Case("B04")
    void aCompressedBombIsStoppedAtTheLimitOfUnpackedBytes() throws Exception {
        ByteArrayOutputStream bomb = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bomb)) {
            byte[] zeros = new byte[1024 * 1024];
            for (int i = 0; i < 200; i++) {
                out.write(zeros);
            }
        }
        assertThat(bomb.size()).isLessThan(1024 * 1024);
        server.on(
                "*",
                any -> Answer.status(200).header("Content-Encoding", "gzip").body(bomb.toByteArray()));
        long start = System.nanoTime();
        assertThat(failureOf(HttpCall.get(server.uri("/")))).hasMessageEndingWith("is larger than 1 MiB");
        assertThat(since(start)).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void aPackedBodyIsUnpackedAndItsPackingForgotten() {
        server.on("*", any -> Answer.json("{\"a\":\"ü\"}").gzip());
        HttpAnswer answer = http.send(HttpCall.get(server.uri("/")));
        assertThat(answer.text()).isEqualTo("{\"a\":\"ü\"}");
        assertThat(answer.header("Content-Encoding")).isEmpty();
        assertThat(answer.header("Content-Length")).isEmpty();
        http.send(HttpCall.get(server.uri("/")));
        assertThat(server.connections()).isEqualTo(1);
    }

    @Test
    void anEmptyBodyMayBeCalledPacked() {
        server.on("*", any -> Answer.status(401).header("Content-Encoding", "gzip"));
        assertThat(http.send(HttpCall.get(server.uri("/"))).body()).isEmpty();
        assertThat(http.send(HttpCall.of("HEAD", server.uri("/"))).body()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"br", "deflate", "gzip, gzip", "gzip"})
    void aBodyPackedInAnotherWayIsRefused(String packing) {
        server.on("*", any -> Answer.text(200, "not gzip").header("Content-Encoding", packing));
        FailureException failure = failureOf(HttpCall.get(server.uri("/")));
        assertThat(failure).hasMessage("the answer of " + server.origin() + " cannot be unpacked");
        assertThat(TransportFailure.in(failure).orElseThrow().kind()).isEqualTo(Kind.NOT_HTTP);
    }

    @Test
    void aPackedBodyThatBreaksOffIsReported() {
        byte[] packed = Answer.text(200, "some text to be packed").gzip().body();
        server.on(
                "*",
                any -> Answer.status(200)
                        .header("Content-Encoding", "gzip")
                        .body(java.util.Arrays.copyOf(packed, packed.length - 4)));
        assertThat(failureOf(HttpCall.get(server.uri("/"))))
                .hasMessage(server.origin() + " closed the connection before its answer was complete");
    }

    @Test
    void headersAreLimitedInNumberAndLength() {
        Answer many = Answer.status(200);
        for (int i = 0; i < 201; i++) {
            many = many.header("X-" + i, "y");
        }
        server.on("GET /many", many);
        server.on("GET /long", Answer.status(200).header("X", "y".repeat(40_000)));
        server.on("GET /endless", Answer.raw("HTTP/1.1 200 OK\r\n").endlessly("X-A: b\r\n"));
        server.on("GET /line", Answer.raw("HTTP/1.1 200 OK\r\nX: ").endlessly("yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy"));
        server.on(
                "GET /fold",
                Answer.raw("HTTP/1.1 200 OK\r\nX: y\r\n").endlessly(" yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy\r\n"));
        for (String path : new String[] {"/many", "/long", "/endless", "/line", "/fold"}) {
            assertThat(failureOf(HttpCall.get(server.uri(path)).deadline(Duration.ofSeconds(5))))
                    .as(path)
                    .hasMessage("the header of the answer of " + server.origin() + " is too large");
        }
        server.on("GET /fine", Answer.status(200).header("X", "y".repeat(20_000)));
        assertThat(http.send(HttpCall.get(server.uri("/fine"))).header("x").orElseThrow())
                .hasSize(20_000);
    }

    private FailureException failureOf(HttpCall call) {
        return catchThrowableOfType(FailureException.class, () -> http.send(call));
    }

    private static Duration since(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
