package dev.ast.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ast.domain.Exit;
import dev.ast.domain.Failure;
import dev.ast.domain.FailureException;
import dev.ast.provider.PlatformOptions;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoopbackListenerTest {
    private final LoopbackListener listener = LoopbackListener.open(PlatformOptions.ANY_PORT, Optional.empty());
    private final HttpClient browser = HttpClient.newHttpClient();

    @AfterEach
    void close() {
        listener.close();
    }

    @Test
    void itListensOnTheLoopbackAddressOnly() {
        URI redirect = listener.redirect();

        assertThat(redirect.toString()).matches("http://127\\.0\\.0\\.1:[0-9]+/callback");
        assertThat(redirect.getPort()).isGreaterThan(1023);
    }

    @Test
    void theFirstCallbackCountsAndTheSecondIsTold() throws Exception {
        List<String> read = new ArrayList<>();
        listener.listen(query -> {
            read.add(query);
            return new BrowserAnswer.Allowed(query);
        });

        HttpResponse<String> first = get("/callback?code=1");
        HttpResponse<String> second = get("/callback?code=2");

        assertThat(read).containsExactly("code=1");
        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(first.body()).contains("You are signed in to the terminal", "this tab can be closed");
        assertThat(second.statusCode()).isEqualTo(409);
        assertThat(second.body()).contains("has its answer already");
        assertThat(listener.await(Instant.MAX, Instant::now, pause -> {}, Optional::empty, why -> {}))
                .isEqualTo(new BrowserAnswer.Allowed("code=1"));
    }

    @Test
    void aPageLoadsNothingAndIsKeptNowhere() throws Exception {
        listener.listen(query -> new BrowserAnswer.Refused("<script>", Optional.of("<b>no</b>")));

        HttpResponse<String> page = get("/callback?error=%3Cscript%3E");

        assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
                .contains("default-src 'none'", "style-src 'sha256-", "frame-ancestors 'none'");
        assertThat(page.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(page.headers().firstValue("Referrer-Policy")).contains("no-referrer");
        assertThat(page.body()).contains("The sign-in was refused").doesNotContain("<script", "<b>");
    }

    @Test
    void otherPathsMethodsAndHostsAreNoAnswer() throws Exception {
        listener.listen(BrowserAnswer.Allowed::new);

        assertThat(get("/favicon.ico").statusCode()).isEqualTo(404);
        assertThat(get("/callback/more?code=1").statusCode()).isEqualTo(404);
        assertThat(browser.send(
                                HttpRequest.newBuilder(address("/callback?code=1"))
                                        .POST(HttpRequest.BodyPublishers.ofString("code=2"))
                                        .build(),
                                HttpResponse.BodyHandlers.ofString())
                        .statusCode())
                .isEqualTo(404);
        assertThat(raw("GET /callback?code=1 HTTP/1.1\r\nHost: evil.example\r\n\r\n"))
                .startsWith("HTTP/1.1 404");
        assertThat(raw("GET /callback?code=1 HTTP/1.1\r\n\r\n")).startsWith("HTTP/1.1 404");

        assertThat(get("/callback?code=3").statusCode()).isEqualTo(200);
    }

    @Test
    void anEndlessRequestIsCutOff() throws Exception {
        listener.listen(BrowserAnswer.Allowed::new);

        assertThat(raw("GET /callback?code=" + "x".repeat(20_000))).isEmpty();

        assertThat(get("/callback?code=3").statusCode()).isEqualTo(200);
    }

    @Test
    void itWaitsUntilTheDeadlineAndNotLonger() {
        AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
        listener.listen(BrowserAnswer.Allowed::new);

        assertThatThrownBy(() -> listener.await(
                        Instant.EPOCH.plusSeconds(300),
                        now::get,
                        pause -> now.updateAndGet(time -> time.plus(pause)),
                        Optional::empty,
                        why -> {}))
                .isInstanceOfSatisfying(
                        FailureException.class,
                        e -> assertThat(e.failure().exit()).isEqualTo(Exit.TIMED_OUT));
        assertThat(now.get()).isEqualTo(Instant.EPOCH.plusSeconds(300));
    }

    @Test
    void aBreakOfTheWaitIsTheEnd() {
        listener.listen(BrowserAnswer.Allowed::new);

        assertThatThrownBy(() -> listener.await(
                        Instant.MAX,
                        Instant::now,
                        pause -> {
                            throw new Failure.Interrupted(Exit.INTERRUPTED).asException();
                        },
                        Optional::empty,
                        why -> {}))
                .isInstanceOf(FailureException.class);
    }

    @Test
    void closedItLeavesNoPort() throws Exception {
        listener.listen(BrowserAnswer.Allowed::new);
        Socket idle =
                new Socket(InetAddress.getLoopbackAddress(), listener.redirect().getPort());

        listener.close();

        idle.setSoTimeout(5000);
        assertThat(readsEnd(idle)).isTrue();
        assertThatThrownBy(() -> get("/callback?code=1")).isInstanceOf(ConnectException.class);
    }

    @Test
    void aRedirectAddressOfLocalhostIsAnsweredUnderItsOwnNameAndPath() throws Exception {
        try (LoopbackListener named = LoopbackListener.open(URI.create("http://localhost:0/back"), Optional.empty())) {
            named.listen(BrowserAnswer.Allowed::new);
            int port = named.redirect().getPort();

            assertThat(named.redirect()).hasToString("http://localhost:" + port + "/back");
            assertThat(browser.send(
                                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/back?code=1"))
                                            .build(),
                                    HttpResponse.BodyHandlers.discarding())
                            .statusCode())
                    .isEqualTo(404);
            assertThat(browser.send(
                                    HttpRequest.newBuilder(URI.create(named.redirect() + "?code=1"))
                                            .build(),
                                    HttpResponse.BodyHandlers.discarding())
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void aTakenPortIsReported() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> LoopbackListener.open(
                            URI.create("http://127.0.0.1:" + taken.getLocalPort() + "/callback"), Optional.empty()))
                    .isInstanceOf(FailureException.class)
                    .hasMessage("cannot listen on 127.0.0.1:" + taken.getLocalPort() + " for the browser");
        }
    }

    @Test
    void anAnswerThatIsNotOursChangesNothingAndIsToldOnce() throws Exception {
        listener.listen(query -> query.equals("state=ours")
                ? new BrowserAnswer.Allowed("c")
                : new BrowserAnswer.Foreign("its state is another"));
        List<String> told = new ArrayList<>();

        HttpResponse<String> old = get("/callback?code=1&state=old");
        assertThat(old.statusCode()).isEqualTo(400);
        assertThat(old.body()).contains("it changed nothing");
        assertThat(get("/callback?code=1").statusCode()).isEqualTo(400);

        assertThat(listener.await(
                        Instant.MAX,
                        Instant::now,
                        pause -> {
                            if (told.size() == 1) {
                                getQuietly("/callback?state=ours");
                            }
                        },
                        Optional::empty,
                        told::add))
                .isEqualTo(new BrowserAnswer.Allowed("c"));
        assertThat(told).containsExactly("its state is another");
    }

    @Test
    void anAnswerThatCameAnotherWayIsTheAnswer() throws Exception {
        listener.listen(BrowserAnswer.Allowed::new);

        assertThat(listener.await(
                        Instant.MAX,
                        Instant::now,
                        pause -> {},
                        () -> Optional.of(new BrowserAnswer.Allowed("pasted")),
                        why -> {}))
                .isEqualTo(new BrowserAnswer.Allowed("pasted"));
        assertThat(get("/callback?code=late").statusCode()).isEqualTo(409);
    }

    @ParameterizedTest
    @ValueSource(ints = {20, 200})
    void idleConnectionsDoNotKeepTheAnswerOut(int count) throws Exception {
        listener.listen(BrowserAnswer.Allowed::new);
        List<Socket> idle = new ArrayList<>();
        try {
            for (int i = 0; i < count; i++) {
                idle.add(new Socket(
                        InetAddress.getLoopbackAddress(), listener.redirect().getPort()));
            }

            assertThat(get("/callback?code=1").statusCode()).isEqualTo(200);
        } finally {
            for (Socket socket : idle) {
                socket.close();
            }
        }
    }

    @Test
    void itListensWhereTheUserSaysAndIsNamedAsTheServerKnowsIt() throws Exception {
        InetSocketAddress place = new InetSocketAddress(InetAddress.getByName("127.0.0.2"), 0);
        try (LoopbackListener elsewhere =
                LoopbackListener.open(URI.create("http://127.0.0.1:8085/callback"), Optional.of(place))) {
            elsewhere.listen(BrowserAnswer.Allowed::new);

            assertThat(elsewhere.redirect()).hasToString("http://127.0.0.1:8085/callback");
            assertThat(raw(
                            new InetSocketAddress(place.getAddress(), elsewhere.port()),
                            "GET /callback?code=1 HTTP/1.1\r\nHost: 127.0.0.1:8085\r\n\r\n"))
                    .startsWith("HTTP/1.1 200");
        }
        try (LoopbackListener free = LoopbackListener.open(PlatformOptions.ANY_PORT, Optional.of(place))) {
            assertThat(free.redirect().getPort()).isEqualTo(free.port());
        }
    }

    private void getQuietly(String target) {
        try {
            get(target);
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static boolean readsEnd(Socket socket) {
        try (socket) {
            return socket.getInputStream().read() < 0;
        } catch (IOException e) {
            return !(e instanceof java.net.SocketTimeoutException);
        }
    }

    private HttpResponse<String> get(String target) throws IOException, InterruptedException {
        return browser.send(
                HttpRequest.newBuilder(address(target))
                        .timeout(Duration.ofSeconds(10))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private URI address(String target) {
        return URI.create("http://127.0.0.1:" + listener.redirect().getPort() + target);
    }

    private String raw(String request) throws IOException {
        return raw(
                new InetSocketAddress(
                        InetAddress.getLoopbackAddress(), listener.redirect().getPort()),
                request);
    }

    private static String raw(InetSocketAddress place, String request) throws IOException {
        try (Socket socket = new Socket(place.getAddress(), place.getPort())) {
            socket.setSoTimeout(10_000);
            try {
                socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
                return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException e) {
                return "";
            }
        }
    }
}
