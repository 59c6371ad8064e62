package dev.ast.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ast.domain.Failure;
import dev.ast.domain.FailureException;
import dev.ast.host.Environment;
import dev.ast.host.Interrupts;
import dev.ast.http.TransportFailure.Kind;
import dev.ast.support.Answer;
import dev.ast.support.Case;
import dev.ast.support.ConnectProxy;
import dev.ast.support.ScriptedServer;
import dev.ast.support.TestAuthority;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpTlsTest {
    private static final TestAuthority AUTHORITY = new TestAuthority();

    @TempDir
    Path folder;

    @Test
    void anAuthorityOfTheBundleIsTrusted() throws Exception {
        Path bundle = write("ca.pem", new TestAuthority().pem() + "\n# comment\n" + AUTHORITY.pem());
        try (ScriptedServer server = good();
                Http http = http(bundle)) {
            assertThat(http.send(HttpCall.get(server.uri("/"))).text()).isEqualTo("hello");
            URI byName = URI.create("https://localhost:" + server.port() + "/");
            assertThat(http.send(HttpCall.post(byName)).text()).isEqualTo("hello");
        }
    }

    @ParameterizedTest
    @CsvSource({"ca.p12,''", "ca.pfx,changeit"})
    void aBundleMayBePkcs12(String name, String password) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setCertificateEntry("ca", AUTHORITY.certificate());
        Path bundle = folder.resolve(name);
        try (OutputStream out = Files.newOutputStream(bundle)) {
            store.store(out, password.toCharArray());
        }
        try (ScriptedServer server = good();
                Http http = http(bundle)) {
            assertThat(http.send(HttpCall.get(server.uri("/"))).text()).isEqualTo("hello");
        }
    }

    @Test
    void theBundleIsAddedToWhatTheJdkTrusts() throws Exception {
        TrustManagerFactory jdk = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        jdk.init((KeyStore) null);
        X509Certificate[] known = ((X509TrustManager) jdk.getTrustManagers()[0]).getAcceptedIssuers();
        X509TrustManager ours = new Trust(
                        Environment.of(Map.of(
                                "AST_CA_BUNDLE",
                                write("ca.pem", AUTHORITY.pem()).toString())),
                        List.of())
                .manager();
        assertThat(ours.getAcceptedIssuers()).contains(known).contains(AUTHORITY.certificate());
        // An authority vouches for itself.
        ours.checkServerTrusted(new X509Certificate[] {known[0]}, "UNKNOWN");
        ours.checkServerTrusted(new X509Certificate[] {AUTHORITY.certificate()}, "UNKNOWN");
        X509Certificate[] unknown = {new TestAuthority().certificate()};
        assertThatThrownBy(() -> ours.checkServerTrusted(unknown, "UNKNOWN")).isInstanceOf(CertificateException.class);
    }

    @Test
    void anUnknownAuthorityIsRefusedWithAHint() {
        try (ScriptedServer server = good()) {
            FailureException failure = failureOf(server.uri("/secret?code=canary"), Optional.empty());
            assertTls(
                    failure,
                    "cannot trust " + server.origin() + ": its certificate is self-signed or of an unknown authority");
            assertThat(failure.failure().hint().orElseThrow()).contains("AST_CA_BUNDLE");
            assertThat(server.requests()).isEmpty();
        }
    }

    @Test
    @Case("C10")
    void aSelfSignedCertificateIsRefused() {
        try (ScriptedServer server = ScriptedServer.https(TestAuthority.selfSigned("127.0.0.1"))) {
            assertTls(
                    failureOf(server.uri("/"), Optional.empty()),
                    "cannot trust " + server.origin() + ": its certificate is self-signed or of an unknown authority");
            assertThat(server.requests()).isEmpty();
        }
    }

    @Test
    @Case("C10")
    void anExpiredCertificateIsRefused() throws Exception {
        Instant from = Instant.now().minus(Duration.ofDays(2));
        try (ScriptedServer server = ScriptedServer.https(AUTHORITY.serverKey(from, Duration.ofDays(1), "127.0.0.1"))) {
            assertTls(
                    failureOf(server.uri("/"), bundle()),
                    "cannot trust " + server.origin() + ": its certificate has expired");
            assertThat(server.requests()).isEmpty();
        }
    }

    @Test
    void aCertificateOfTheFutureIsRefused() throws Exception {
        Instant from = Instant.now().plus(Duration.ofDays(1));
        try (ScriptedServer server = ScriptedServer.https(AUTHORITY.serverKey(from, Duration.ofDays(1), "127.0.0.1"))) {
            FailureException failure = failureOf(server.uri("/"), bundle());
            assertTls(failure, "cannot trust " + server.origin() + ": its certificate is not valid yet");
            assertThat(failure.failure().hint()).contains("check this computer's clock");
            assertThat(server.requests()).isEmpty();
        }
    }

    @Test
    @Case("C10")
    void aCertificateForClientsIsRefusedWithThatReason() throws Exception {
        try (ScriptedServer server = ScriptedServer.https(AUTHORITY.clientKey("127.0.0.1"))) {
            assertTls(
                    failureOf(server.uri("/"), bundle()),
                    "cannot trust " + server.origin()
                            + ": its certificate is not made for servers (extended key usage)");
            assertThat(server.requests()).isEmpty();
        }
    }

    @ParameterizedTest
    @Case("C10")
    @ValueSource(strings = {"127.0.0.2", "example.com", "localhost"})
    void aCertificateOfAnotherHostIsRefused(String host) throws Exception {
        try (ScriptedServer server = ScriptedServer.https(AUTHORITY.serverKey(host))) {
            assertTls(
                    failureOf(server.uri("/"), bundle()),
                    "cannot trust " + server.origin() + ": its certificate is for another host");
            assertThat(server.requests()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "localhost.example.com", "*", "*.localhost", "xlocalhost"})
    void aCertificateThatDoesNotNameTheHostIsRefused(String name) throws Exception {
        try (ScriptedServer server = ScriptedServer.https(AUTHORITY.serverKey(name))) {
            String origin = "https://localhost:" + server.port();
            assertTls(
                    failureOf(URI.create(origin + "/"), bundle()),
                    "cannot trust " + origin + ": its certificate is for another host");
            assertThat(server.requests()).isEmpty();
        }
    }

    /** By way of a proxy, behind which every name is this machine. */
    @ParameterizedTest
    @CsvSource({
        "api.test.invalid, true",
        "API.Test.Invalid, true",
        "*.test.invalid, true",
        "*.invalid, false",
        "test.invalid, false",
        "*.api.test.invalid, false",
        "other.test.invalid, false"
    })
    void aNameIsComparedHoweverTheCertificateSaysIt(String name, boolean accepted) throws Exception {
        try (ScriptedServer server =
                        ScriptedServer.https(AUTHORITY.serverKey(name)).on("*", any -> Answer.text(200, "hello"));
                ConnectProxy proxy = ConnectProxy.to(server.port());
                Http http = new Http(
                        Environment.of(Map.of(
                                "AST_CA_BUNDLE",
                                bundle().orElseThrow().toString(),
                                "HTTPS_PROXY",
                                "http://127.0.0.1:" + proxy.port())),
                        new Interrupts(),
                        "ast/1.2")) {
            HttpCall call = HttpCall.get(URI.create("https://api.test.invalid/"));
            if (accepted) {
                assertThat(http.send(call).text()).isEqualTo("hello");
            } else {
                assertThatThrownBy(() -> http.send(call)).hasMessageEndingWith("its certificate is for another host");
                assertThat(server.requests()).isEmpty();
            }
        }
    }

    @Test
    void aPlainServerIsNotTakenForATlsServer() throws Exception {
        try (ServerSocket plain = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            CompletableFuture<Void> answered =
                    answerFirst(plain, "HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            FailureException failure =
                    failureOf(URI.create("https://127.0.0.1:" + plain.getLocalPort() + "/"), Optional.empty());
            assertTls(
                    failure, "cannot reach https://127.0.0.1:" + plain.getLocalPort() + ": this port does not use TLS");
            answered.get(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void aTlsServerIsNotTakenForAPlainServer() {
        try (ScriptedServer server = good();
                Http http = new Http(Environment.of(Map.of()), new Interrupts(), "ast/1.2")) {
            URI plain = URI.create("http://127.0.0.1:" + server.port() + "/");
            FailureException failure =
                    catchThrowableOfType(FailureException.class, () -> http.send(HttpCall.get(plain)));
            assertThat(failure).hasMessage("http://127.0.0.1:" + server.port() + " did not answer with valid HTTP");
        }
    }

    @Test
    void aServerThatRefusesTheVersionIsReported() throws Exception {
        // TLS 1.2 record: fatal alert 70, protocol_version (RFC 8446 section 6.2)
        byte[] alert = {21, 3, 3, 0, 2, 2, 70};
        try (ServerSocket old = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            CompletableFuture<Void> answered = answerFirst(old, alert);
            FailureException failure =
                    failureOf(URI.create("https://127.0.0.1:" + old.getLocalPort() + "/"), Optional.empty());
            assertTls(
                    failure,
                    "cannot reach https://127.0.0.1:" + old.getLocalPort()
                            + ": no agreement on TLS (1.2 or newer is needed)");
            answered.get(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void aHandshakeThatIsCutOffIsReported() throws Exception {
        try (ServerSocket cutting = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            CompletableFuture<Void> answered = answerFirst(cutting, new byte[0]);
            FailureException failure =
                    failureOf(URI.create("https://127.0.0.1:" + cutting.getLocalPort() + "/"), Optional.empty());
            assertThat(failure).hasMessageEndingWith("the connection was closed during the TLS handshake");
            assertThat(TransportFailure.in(failure).orElseThrow().mayHaveBeenSent())
                    .isFalse();
            answered.get(10, TimeUnit.SECONDS);
        }
    }

    @Test
    @Case("C10")
    void onlyTls12And13AreOffered() throws Exception {
        TestAuthority.ServerKey key = AUTHORITY.serverKey("127.0.0.1");
        for (String version : new String[] {"TLSv1.2", "TLSv1.3"}) {
            try (javax.net.ssl.SSLServerSocket server = (javax.net.ssl.SSLServerSocket) key.context()
                            .getServerSocketFactory()
                            .createServerSocket(0, 5, InetAddress.getLoopbackAddress());
                    Http http = http(bundle().orElseThrow())) {
                server.setEnabledProtocols(new String[] {version});
                CompletableFuture<String> spoken = CompletableFuture.supplyAsync(() -> {
                    try (SSLSocket socket = (SSLSocket) server.accept()) {
                        socket.getInputStream().read();
                        socket.getOutputStream().write("HTTP/1.1 204 No\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                        return socket.getSession().getProtocol();
                    } catch (java.io.IOException e) {
                        throw new java.io.UncheckedIOException(e);
                    }
                });
                URI uri = URI.create("https://127.0.0.1:" + server.getLocalPort() + "/");
                assertThat(http.send(HttpCall.get(uri)).status()).isEqualTo(204);
                assertThat(spoken.get(10, TimeUnit.SECONDS)).isEqualTo(version);
            }
        }
        assertThat(offeredVersions()).containsExactlyInAnyOrder(0x0304, 0x0303);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "missing.pem | is not there",
                "empty.pem   | is empty",
                "noise.pem   | holds no certificate",
                "odd.pem     | cannot be read at certificate 1",
                "key.pem     | holds a private key and no certificate",
                "noise.p12   | holds no certificate",
                "noise.der   | holds no certificate that can be read",
                "locked.p12  | has a password, which cannot be given",
                "broken.pem  | is cut off in certificate 2",
                "folder      | is not a file"
            })
    void aBundleThatCannotBeUsedIsAMistakeOfTheUser(String name, String why) throws Exception {
        write("empty.pem", "");
        write("noise.pem", "not a certificate");
        write("odd.pem", "-----BEGIN CERTIFICATE-----\nbm8=\n-----END CERTIFICATE-----\n");
        write("noise.p12", "not a store");
        write("broken.pem", AUTHORITY.pem() + AUTHORITY.pem().substring(0, 200));
        write("key.pem", "-----BEGIN PRIVATE KEY-----\nbm8=\n-----END PRIVATE KEY-----\n");
        Files.write(folder.resolve("noise.der"), new byte[] {0x30, 0x05, 0x30, 0x7f, 1, 2, 3});
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setCertificateEntry("ca", AUTHORITY.certificate());
        try (OutputStream out = Files.newOutputStream(folder.resolve("locked.p12"))) {
            store.store(out, "another".toCharArray());
        }
        Files.createDirectory(folder.resolve("folder"));
        try (ScriptedServer server = good()) {
            FailureException failure = failureOf(server.uri("/"), Optional.of(folder.resolve(name)));
            assertThat(failure.failure()).isInstanceOf(Failure.Usage.class);
            assertThat(failure).hasMessage("AST_CA_BUNDLE cannot be used: " + folder.resolve(name) + " " + why);
        }
    }

    @Test
    void plainHttpBuildsNothingOfTls() {
        try (ScriptedServer server = ScriptedServer.http().on("*", any -> Answer.status(204));
                Http http = http(folder.resolve("missing.pem"))) {
            // If the certificates were read, the missing file would be reported.
            assertThat(http.send(HttpCall.get(server.uri("/"))).status()).isEqualTo(204);
        }
    }

    private static java.util.Set<Integer> offeredVersions() throws Exception {
        try (ServerSocket listener = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                Http http = new Http(Environment.of(Map.of()), new Interrupts(), "ast/1.2")) {
            CompletableFuture<byte[]> hello = CompletableFuture.supplyAsync(() -> {
                try (Socket socket = listener.accept()) {
                    byte[] head = socket.getInputStream().readNBytes(5);
                    return socket.getInputStream().readNBytes(twoBytes(head, 3));
                } catch (java.io.IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            });
            URI uri = URI.create("https://127.0.0.1:" + listener.getLocalPort() + "/");
            assertThatThrownBy(() -> http.send(HttpCall.get(uri))).isInstanceOf(FailureException.class);
            return supportedVersions(hello.get(10, TimeUnit.SECONDS));
        }
    }

    // RFC 8446 section 4.1.2: the client hello, and in it the extension 43, supported_versions
    private static java.util.Set<Integer> supportedVersions(byte[] hello) {
        int at = 4 + 2 + 32;
        at += 1 + hello[at];
        at += 2 + twoBytes(hello, at);
        at += 1 + hello[at];
        at += 2;
        java.util.Set<Integer> versions = new java.util.HashSet<>();
        while (at + 4 <= hello.length) {
            int type = twoBytes(hello, at);
            int length = twoBytes(hello, at + 2);
            for (int i = at + 5; type == 43 && i < at + 4 + length; i += 2) {
                versions.add(twoBytes(hello, i));
            }
            at += 4 + length;
        }
        return versions;
    }

    private static int twoBytes(byte[] bytes, int at) {
        return ((bytes[at] & 0xff) << 8) | (bytes[at + 1] & 0xff);
    }

    private static CompletableFuture<Void> answerFirst(ServerSocket server, byte[] bytes) {
        return CompletableFuture.runAsync(() -> {
            try (Socket socket = server.accept()) {
                byte[] hello = new byte[2048];
                int read = socket.getInputStream().read(hello);
                socket.getOutputStream().write(Arrays.copyOf(bytes, read > 0 ? bytes.length : 0));
                socket.getOutputStream().flush();
            } catch (java.io.IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
    }

    private static ScriptedServer good() {
        return ScriptedServer.https(AUTHORITY.serverKey("127.0.0.1", "localhost"))
                .on("*", any -> Answer.text(200, "hello"));
    }

    private static Http http(Path bundle) {
        return new Http(Environment.of(Map.of("AST_CA_BUNDLE", bundle.toString())), new Interrupts(), "ast/1.2");
    }

    private Optional<Path> bundle() throws Exception {
        return Optional.of(write("ca.pem", AUTHORITY.pem()));
    }

    private Path write(String name, String text) throws Exception {
        return Files.writeString(folder.resolve(name), text);
    }

    private static FailureException failureOf(URI uri, Optional<Path> bundle) {
        Map<String, String> variables =
                bundle.map(file -> Map.of("AST_CA_BUNDLE", file.toString())).orElse(Map.of());
        try (Http http = new Http(Environment.of(variables), new Interrupts(), "ast/1.2")) {
            return catchThrowableOfType(
                    FailureException.class,
                    () -> http.send(HttpCall.post(uri)
                            .form(Map.of("refresh_token", "canary"))
                            .deadline(Duration.ofSeconds(10))));
        }
    }

    private static void assertTls(FailureException failure, String message) {
        assertThat(failure).hasMessage(message);
        assertThat(failure.failure()).isInstanceOf(Failure.Unreachable.class);
        assertThat(TransportFailure.in(failure).orElseThrow().kind()).isEqualTo(Kind.TLS);
        assertThat(TransportFailure.in(failure).orElseThrow().mayHaveBeenSent()).isFalse();
    }
}
