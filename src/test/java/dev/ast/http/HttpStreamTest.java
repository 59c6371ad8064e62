package dev.ast.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ast.domain.Exit;
import dev.ast.domain.Failure;
import dev.ast.domain.FailureException;
import dev.ast.host.Environment;
import dev.ast.host.Interrupts;
import dev.ast.support.Answer;
import dev.ast.support.EvilServer;
import dev.ast.support.ScriptedServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HttpStreamTest {
    private final ScriptedServer server = ScriptedServer.http();
    private final Interrupts interrupts = new Interrupts();
    private final Http http = new Http(Environment.of(Map.of()), interrupts, "ast/1.2");
    private final ByteArrayOutputStream received = new ByteArrayOutputStream();

    @AfterEach
    void close() {
        http.close();
        server.close();
    }

    @Test
    void aBodyBeyondAnyLimitIsPassedOnAfterItsHead() throws IOException {
        byte[] big = "0123456789abcdef".repeat(512 * 1024).getBytes(StandardCharsets.US_ASCII);
        server.on("GET /plain", Answer.status(200).header("X-Kind", "plain").body(big));
        server.on("GET /packed", Answer.status(200).body(big).gzip());
        List<String> heads = new ArrayList<>();
        for (String path : List.of("/plain", "/packed")) {
            received.reset();
            HttpAnswer head = http.stream(HttpCall.get(server.uri(path)).maxBody(10), answer -> {
                heads.add(answer.status() + " " + received.size());
                return received;
            });
            assertThat(received.toByteArray()).isEqualTo(big);
            assertThat(head.body()).isEmpty();
        }
        assertThat(heads).containsExactly("200 0", "200 0");
    }

    @Test
    void anAnswerWithoutABodyHasAHead() throws IOException {
        server.on("DELETE /x", Answer.status(204));
        server.on("HEAD /x", Answer.text(200, "not sent"));
        assertThat(http.stream(HttpCall.of("DELETE", server.uri("/x")), head -> received)
                        .status())
                .isEqualTo(204);
        assertThat(http.stream(HttpCall.of("HEAD", server.uri("/x")), head -> received)
                        .status())
                .isEqualTo(200);
        assertThat(received.size()).isZero();
    }

    @Test
    void aRedirectIsAnAnswerHereToo() throws IOException {
        try (EvilServer evil = new EvilServer()) {
            server.on("*", any -> Answer.redirect(307, evil.uri("/")));
            assertThat(http.stream(HttpCall.get(server.uri("/")), head -> received)
                            .isRedirect())
                    .isTrue();
        }
    }

    @Test
    void theDeadlineIsForTheHeadAndThenForEachSilence() throws IOException {
        server.on("GET /slow", Answer.text(200, "x".repeat(40)).slowly(Duration.ofMillis(15)));
        server.on(
                "GET /steady",
                Answer.raw("HTTP/1.1 200 OK\r\nContent-Length: 30\r\n\r\n")
                        .endlessly("y")
                        .slowly(Duration.ofMillis(8)));
        server.on(
                "GET /stalling",
                Answer.raw("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf").stalling());
        Duration limit = Duration.ofMillis(400);
        long start = System.nanoTime();
        assertThat(failureOf(HttpCall.get(server.uri("/slow")).deadline(limit)))
                .hasMessage(server.origin() + " did not answer completely within 400 ms");
        assertThat(received.size()).isZero();
        http.stream(HttpCall.get(server.uri("/steady")).deadline(limit.plusMillis(400)), head -> received);
        assertThat(received.toString(StandardCharsets.US_ASCII)).isEqualTo("y".repeat(30));
        received.reset();
        assertThat(failureOf(HttpCall.get(server.uri("/stalling")).deadline(limit)))
                .hasMessage(server.origin() + " sent nothing for 400 ms");
        assertThat(received.toString(StandardCharsets.US_ASCII)).isEqualTo("half");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void aBodyThatBreaksOffFailsAfterWhatCame() {
        server.on("*", any -> Answer.raw("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf"));
        assertThat(failureOf(HttpCall.get(server.uri("/"))))
                .hasMessage(server.origin() + " closed the connection before its answer was complete");
        assertThat(received.toString(StandardCharsets.US_ASCII)).isEqualTo("half");
    }

    @Test
    void aBodyThatCannotBeUnpackedFails() {
        server.on("*", any -> Answer.text(200, "not gzip").header("Content-Encoding", "gzip"));
        assertThat(failureOf(HttpCall.get(server.uri("/"))))
                .hasMessage("the answer of " + server.origin() + " cannot be unpacked");
    }

    @Test
    void ctrlCEndsItAtOnce() throws Exception {
        server.on("GET /endless", Answer.status(200).endlessly("x".repeat(1000)));
        server.on("GET /stalling", Answer.raw("HTTP/1.1 200 OK\r\n\r\nhalf").stalling());
        for (String path : List.of("/endless", "/stalling")) {
            interrupts.clear();
            CountDownLatch open = new CountDownLatch(1);
            CompletableFuture<FailureException> failing = CompletableFuture.supplyAsync(() -> catchThrowableOfType(
                    FailureException.class,
                    () -> http.stream(HttpCall.get(server.uri(path)), head -> {
                        open.countDown();
                        return received;
                    })));
            assertThat(open.await(10, TimeUnit.SECONDS)).isTrue();
            long start = System.nanoTime();
            interrupts.interrupt(Exit.INTERRUPTED);
            FailureException failure = failing.get(10, TimeUnit.SECONDS);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));
            assertThat(failure.failure()).isEqualTo(new Failure.Interrupted(Exit.INTERRUPTED));
        }
    }

    @Test
    void whatTheSinkThrowsIsNotTakenForTheNetwork() {
        server.on("*", any -> Answer.status(200).endlessly("x"));
        IOException full = new IOException("disk full");
        assertThatThrownBy(() -> http.stream(HttpCall.get(server.uri("/")), head -> new OutputStream() {
                    @Override
                    public void write(int b) throws IOException {
                        throw full;
                    }
                }))
                .isSameAs(full);
    }

    private FailureException failureOf(HttpCall call) {
        return catchThrowableOfType(FailureException.class, () -> http.stream(call, head -> received));
    }
}
