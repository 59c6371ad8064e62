package dev.ast.login;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import dev.ast.support.AstInside;
import dev.ast.support.AstResult;
import dev.ast.support.TestAuthority;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Mutual TLS (RFC 8705): the certificate is shown to the endpoints of clients, at the addresses that are for it. */
class ClientCertificateTest {
    private static final TestAuthority AUTHORITY = new TestAuthority();
    private static final TestAuthority.ServerKey CLIENT = AUTHORITY.clientKey("client.example.com");

    private final List<String> seen = new CopyOnWriteArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @TempDir
    private Path home;

    private HttpsServer server;
    private AstInside ast;

    @BeforeEach
    void start() throws IOException, GeneralSecurityException {
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0), 0);
        SSLContext tls = context();
        server.setHttpsConfigurator(new HttpsConfigurator(tls) {
            @Override
            public void configure(HttpsParameters parameters) {
                SSLParameters wanted = tls.getDefaultSSLParameters();
                wanted.setWantClientAuth(true);
                parameters.setSSLParameters(wanted);
            }
        });
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
        ast = AstInside.in(home)
                .env(
                        "AST_CA_BUNDLE",
                        Files.writeString(home.resolve("ca.pem"), AUTHORITY.pem())
                                .toString());
    }

    @AfterEach
    void stop() {
        server.stop(0);
        threads.shutdownNow();
    }

    private static SSLContext context() throws GeneralSecurityException, IOException {
        TestAuthority.ServerKey key = AUTHORITY.serverKey("127.0.0.1");
        KeyStore keys = KeyStore.getInstance("PKCS12");
        keys.load(null, null);
        keys.setKeyEntry("server", key.key(), new char[0], new X509Certificate[] {key.certificate()});
        KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        own.init(keys, new char[0]);
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("authority", AUTHORITY.certificate());
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(own.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }

    private String issuer() {
        return "https://127.0.0.1:" + server.getAddress().getPort();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        boolean shown = isShown(exchange);
        seen.add(exchange.getRequestMethod() + " " + path + (shown ? " with a certificate" : ""));
        exchange.getRequestBody().readAllBytes();
        String body = switch (path) {
            case "/.well-known/openid-configuration" -> """
                            {"issuer":"%1$s","device_authorization_endpoint":"%1$s/device","token_endpoint":"%1$s/token",
                             "userinfo_endpoint":"%1$s/userinfo","revocation_endpoint":"%1$s/revoke",
                             "token_endpoint_auth_methods_supported":["tls_client_auth"],
                             "mtls_endpoint_aliases":{"token_endpoint":"%1$s/mtls/token"}}""".formatted(issuer());
            case "/device" -> """
                            {"device_code":"d","user_code":"ABCD","verification_uri":"%s/go","interval":1}""".formatted(issuer());
            case "/mtls/token" -> """
                            {"access_token":"a","refresh_token":"r","expires_in":3600}""";
            case "/userinfo" -> """
                            {"sub":"ada-1","email":"ada@example.com"}""";
            default -> "{}";
        };
        boolean refused = path.equals("/mtls/token") && !shown;
        byte[] bytes = (refused ? "{\"error\":\"invalid_client\"}" : body).getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(refused ? 401 : 200, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private static boolean isShown(HttpExchange exchange) {
        try {
            return ((HttpsExchange) exchange)
                    .getSSLSession()
                    .getPeerCertificates()[0]
                    .equals(CLIENT.certificate());
        } catch (SSLPeerUnverifiedException e) {
            return false;
        }
    }

    private AstResult login(Path certificate) {
        return ast.run(
                "login",
                "--no-browser",
                "--provider",
                "oidc",
                "--issuer",
                issuer(),
                "--client-id",
                "cli",
                "--client-cert",
                certificate.toString());
    }

    private void signsInRenewsAndRevokes(Path certificate) {
        AstResult login = login(certificate);
        ast.pass(Duration.ofHours(2));
        AstResult token = ast.run("token");
        AstResult logout = ast.run("logout");

        assertThat(login.exit()).as(login.err()).isZero();
        assertThat(token.exit()).as(token.err()).isZero();
        assertThat(logout.exit()).as(logout.err()).isZero();
        assertThat(seen)
                .contains(
                        "GET /.well-known/openid-configuration",
                        "GET /userinfo",
                        "POST /device with a certificate",
                        "POST /revoke with a certificate")
                .doesNotContain("POST /token", "POST /mtls/token");
        assertThat(seen.stream().filter("POST /mtls/token with a certificate"::equals))
                .hasSize(2);
    }

    @Test
    void aPemFileHoldsCertificateAndKey() throws Exception {
        signsInRenewsAndRevokes(Files.writeString(
                home.resolve("client.pem"),
                block("CERTIFICATE", CLIENT.certificate().getEncoded())
                        + block("PRIVATE KEY", CLIENT.key().getEncoded())));
    }

    private static String block(String type, byte[] bytes) {
        return "-----BEGIN " + type + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes)
                + "\n-----END " + type + "-----\n";
    }

    private Path pkcs12(String password) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("client", CLIENT.key(), password.toCharArray(), new X509Certificate[] {CLIENT.certificate()});
        Path file = home.resolve("client.p12");
        try (var out = Files.newOutputStream(file)) {
            store.store(out, password.toCharArray());
        }
        return file;
    }

    @Test
    void soDoesAFileOfPkcs12WithItsPassword() throws Exception {
        ast.env("AST_CLIENT_KEY_PASSWORD", "open sesame");

        signsInRenewsAndRevokes(pkcs12("open sesame"));
    }

    @Test
    void aWrongPasswordIsReportedWithTheVariable() throws Exception {
        Path file = pkcs12("open sesame");

        AstResult refused = login(file);

        assertThat(refused.exit()).isEqualTo(2);
        assertThat(refused.err()).contains("the file " + file, "AST_CLIENT_KEY_PASSWORD");
    }
}
