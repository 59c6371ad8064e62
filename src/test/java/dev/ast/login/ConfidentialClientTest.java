package dev.ast.login;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.SignedJWT;
import dev.ast.support.Answer;
import dev.ast.support.AstInside;
import dev.ast.support.AstResult;
import dev.ast.support.ClientServer;
import dev.ast.support.Request;
import dev.ast.support.ScriptedServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.text.ParseException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A client that shows the server who it is, by secret or key, at every endpoint that knows clients. */
class ConfidentialClientTest {
    private static final String SECRET = "s3cr:t%of+the test";
    // RFC 6749 section 2.3.1: both are form-encoded before they are joined.
    private static final String BASIC = "Basic "
            + Base64.getEncoder().encodeToString("my+cli:s3cr%3At%25of%2Bthe+test".getBytes(StandardCharsets.US_ASCII));

    @TempDir
    private Path home;

    private static boolean byHeader(Request request) {
        return request.header("Authorization").filter(BASIC::equals).isPresent()
                && !request.form().containsKey("client_secret");
    }

    private static boolean inBody(Request request) {
        return request.header("Authorization").isEmpty()
                && SECRET.equals(request.form().get("client_secret"))
                && "my cli".equals(request.form().get("client_id"));
    }

    private AstInside ast() {
        return AstInside.in(home);
    }

    private String secretFile() throws IOException {
        return "@" + Files.writeString(home.resolve("secret"), SECRET + "\n");
    }

    private AstResult login(AstInside ast, ClientServer server, String... more) {
        String[] words = {
            "login", "--no-browser", "--provider", "oidc", "--issuer", server.issuer(), "--client-id", "my cli"
        };
        String[] all = Arrays.copyOf(words, words.length + more.length);
        System.arraycopy(more, 0, all, words.length, more.length);
        return ast.run(all);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theSecretGoesToEveryEndpointOfClientsAndNowhereElse(boolean header) throws IOException {
        try (ClientServer server = new ClientServer(request -> header ? byHeader(request) : inBody(request))) {
            server.metadata(
                    "token_endpoint_auth_methods_supported",
                    header ? List.of("client_secret_post", "client_secret_basic") : List.of("client_secret_post"));
            AstInside ast = ast();

            AstResult login = login(ast, server, "--client-secret", secretFile());
            ast.pass(Duration.ofHours(2));
            AstResult token = ast.run("token");
            String stored = ast.credentials();
            AstResult logout = ast.run("logout");

            assertThat(login.exit()).as(login.err()).isZero();
            assertThat(token.out()).isEqualTo("access-2\n");
            assertThat(logout.exit()).as(logout.err()).isZero();
            assertThat(server.requests("POST /revoke")).hasSize(2);
            assertThat(server.requests("GET /userinfo"))
                    .allSatisfy(request -> assertThat(request.header("Authorization"))
                            .hasValueSatisfying(value -> assertThat(value).startsWith("Bearer ")));
            assertThat(login.out() + login.err() + logout.out() + logout.err()).doesNotContain(SECRET);
            assertThat(stored).contains("\"client_secret\"");
            assertThat(ast.credentials()).doesNotContain("client_secret").doesNotContain(SECRET);
            assertThat(ast.astHome().resolve("config.yml")).doesNotExist();
        }
    }

    @Test
    void aServerThatRevokesNoAccessTokensIsNoFailure() throws IOException {
        try (ClientServer server = new ClientServer(ConfidentialClientTest::byHeader)) {
            AstInside ast = ast();
            login(ast, server, "--client-secret", secretFile());
            server.server()
                    .on(
                            "POST /revoke",
                            request -> "refresh_token".equals(request.form().get("token_type_hint"))
                                    ? Answer.status(200)
                                    : Answer.json(400, "{\"error\":\"unsupported_token_type\"}"));

            AstResult logout = ast.run("logout");

            assertThat(logout.exit()).as(logout.err()).isZero();
            assertThat(logout.out()).contains("does not revoke access tokens; the access token stays valid until");
        }
    }

    @Test
    void aSecretOnTheCommandLineIsRefusedAndNotRepeated() {
        try (ClientServer server = new ClientServer(ConfidentialClientTest::byHeader)) {
            AstResult refused = login(ast(), server, "--client-secret", "hunter-2-of-the-test");

            assertThat(refused.exit()).isEqualTo(2);
            assertThat(refused.err())
                    .contains("a client secret on the command line can be seen by other users", "--client-secret @FILE")
                    .doesNotContain("hunter-2");
            assertThat(server.server().requests()).isEmpty();
        }
    }

    @Test
    void aSecretOfTheSettingsIsNotCopied() {
        try (ClientServer server = new ClientServer(ConfidentialClientTest::byHeader)) {
            AstInside ast = ast().config("""
                    ast:
                      providers:
                        work:
                          issuer-uri: %s
                          client-id: my cli
                          client-secret: '%s'
                          scope: openid
                    """.formatted(server.issuer(), SECRET));

            AstResult login = ast.run("login", "--no-browser", "--provider", "work");
            ast.pass(Duration.ofHours(2));

            assertThat(login.exit()).as(login.err()).isZero();
            assertThat(ast.run("token").out()).isEqualTo("access-2\n");
            assertThat(ast.credentials()).doesNotContain(SECRET);
            assertThat(ast.run("profile", "list", "-o", "json").out()).doesNotContain("s3cr");
            // It belongs to the server and client that stand there beside it.
            AstResult elsewhere =
                    ast.run("login", "--no-browser", "--provider", "work", "--issuer", server.issuer() + "/other");
            assertThat(elsewhere.exit()).isNotZero();
            AstResult other = ast.run("login", "--no-browser", "--provider", "work", "--client-id", "another");
            assertThat(other.exit()).isNotZero();
            assertThat(server.requests("POST /device"))
                    .last()
                    .satisfies(request ->
                            assertThat(request.header("Authorization")).isEmpty());
        }
    }

    @Test
    void theSecretComesFromTheEnvironmentTooAndIsMissedWithoutIt() {
        try (ClientServer server = new ClientServer(ConfidentialClientTest::inBody)) {
            AstInside ast = ast().config("""
                    ast:
                      providers:
                        work:
                          issuer-uri: %s
                          client-id: my cli
                          client-authentication-method: client_secret_post
                    """.formatted(server.issuer()));

            AstResult without = ast.run("login", "--no-browser", "--provider", "work");
            AstResult with = ast.env("AST_CLIENT_SECRET", SECRET).run("login", "--no-browser", "--provider", "work");
            ast.withoutEnv("AST_CLIENT_SECRET");
            AstResult again = ast.run("login", "--no-browser");

            assertThat(without.exit()).isEqualTo(2);
            assertThat(without.err()).contains("needs its secret").contains("hint: ast login --client-secret @FILE");
            assertThat(with.exit()).as(with.err()).isZero();
            // The session before has it.
            assertThat(again.exit()).as(again.err()).isZero();
        }
    }

    private Path pem(PrivateKey key) throws IOException {
        return Files.writeString(
                home.resolve("key.pem"),
                "-----BEGIN PRIVATE KEY-----\n"
                        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key.getEncoded())
                        + "\n-----END PRIVATE KEY-----\n");
    }

    private static boolean isSigned(Request request, Predicate<SignedJWT> check) {
        Map<String, String> form = request.form();
        try {
            SignedJWT assertion = SignedJWT.parse(form.getOrDefault("client_assertion", ""));
            return "urn:ietf:params:oauth:client-assertion-type:jwt-bearer".equals(form.get("client_assertion_type"))
                    && assertion.getJWTClaimsSet().getSubject().equals("my cli")
                    && assertion.getJWTClaimsSet().getIssuer().equals("my cli")
                    && assertion.getJWTClaimsSet().getAudience().size() == 1
                    && assertion.getJWTClaimsSet().getAudience().get(0).endsWith("/token")
                    && check.test(assertion);
        } catch (ParseException e) {
            return false;
        }
    }

    private void signsInAndRenews(Path key, Predicate<SignedJWT> check, String... signing) {
        try (ClientServer server = new ClientServer(request -> isSigned(request, check))) {
            server.metadata("token_endpoint_auth_signing_alg_values_supported", List.of(signing));
            AstInside ast = ast();

            AstResult login = login(ast, server, "--client-key", key.toString());
            ast.pass(Duration.ofHours(2));

            assertThat(login.exit()).as(login.err()).isZero();
            assertThat(ast.run("token").out()).isEqualTo("access-2\n");
            assertThat(ast.run("logout").exit()).isZero();
            assertThat(server.requests("POST /revoke")).hasSize(2);
            assertThat(ast.credentials())
                    .contains("\"client_key\":\"" + key + "\"")
                    .doesNotContain("PRIVATE");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"RS256", "PS256"})
    void aPemKeyOfRsaSigns(String algorithm) throws Exception {
        RSAKey key = new RSAKeyGenerator(2048).generate();
        RSASSAVerifier verifier = new RSASSAVerifier(key);

        signsInAndRenews(
                pem(key.toPrivateKey()),
                assertion -> assertion.getHeader().getAlgorithm().getName().equals(algorithm)
                        && verified(assertion, verifier),
                algorithm);
    }

    @ParameterizedTest
    @ValueSource(strings = {"P-256", "P-384", "P-521"})
    void aPemKeyOfACurveSigns(String curve) throws Exception {
        ECKey key = new ECKeyGenerator(Curve.parse(curve)).generate();
        ECDSAVerifier verifier = new ECDSAVerifier(key);

        signsInAndRenews(pem(key.toPrivateKey()), assertion -> verified(assertion, verifier), "ES256");
    }

    @Test
    void aJwkSignsUnderItsOwnName() throws Exception {
        RSAKey key = new RSAKeyGenerator(2048)
                .keyID("my-key")
                .algorithm(JWSAlgorithm.PS256)
                .generate();
        RSASSAVerifier verifier = new RSASSAVerifier(key);

        signsInAndRenews(
                Files.writeString(home.resolve("key.json"), key.toJSONString()),
                assertion -> "my-key".equals(assertion.getHeader().getKeyID())
                        && assertion.getHeader().getAlgorithm().equals(JWSAlgorithm.PS256)
                        && verified(assertion, verifier),
                "RS256");
    }

    private static boolean verified(SignedJWT assertion, JWSVerifier verifier) {
        try {
            return assertion.verify(verifier);
        } catch (JOSEException e) {
            return false;
        }
    }

    @Test
    void aFileWithoutAKeyIsNamed() throws IOException {
        Path file = Files.writeString(home.resolve("key.pem"), "no key");
        try (ClientServer server = new ClientServer(request -> true)) {
            AstResult refused = login(ast(), server, "--client-key", file.toString());

            assertThat(refused.exit()).isEqualTo(2);
            assertThat(refused.err()).contains("the file " + file + " has no private key");
        }
    }

    @Test
    void aClientSignsInByItselfAndAgainWhenItsTokenEnds() throws IOException {
        try (ClientServer server = new ClientServer(ConfidentialClientTest::byHeader)) {
            AstInside ast = ast();

            AstResult login = login(
                    ast, server, "--client-credentials", "--client-secret", secretFile(), "--audience", "the api");
            ast.pass(Duration.ofHours(2));
            AstResult token = ast.run("token");

            assertThat(login.exit()).as(login.err()).isZero();
            assertThat(login.err()).doesNotContain("cannot be renewed");
            assertThat(token.out()).isEqualTo("access-2\n");
            assertThat(ast.run("whoami", "-o", "json").out()).contains("\"subject\":\"my cli\"");
            assertThat(server.requests("POST /token"))
                    .hasSize(2)
                    .allSatisfy(request -> assertThat(request.form())
                            .containsEntry("grant_type", "client_credentials")
                            .containsEntry("audience", "the api")
                            .doesNotContainKey("scope"));
            assertThat(server.requests("POST /device")).isEmpty();
        }
    }

    @Test
    void aClientWithoutASecretCannotSignInByItself() {
        try (ClientServer server = new ClientServer(request -> true)) {
            AstResult refused = login(ast(), server, "--client-credentials");

            assertThat(refused.exit()).isEqualTo(2);
            assertThat(refused.err()).contains("needs a secret, a key or a certificate");
        }
    }

    @Test
    void variablesAreEnoughForOneCommandOnACleanMachine() {
        try (ClientServer server = new ClientServer(ConfidentialClientTest::byHeader)) {
            AstInside ast = ast().env("AST_ISSUER", server.issuer())
                    .env("AST_CLIENT_ID", "my cli")
                    .env("AST_CLIENT_SECRET", SECRET)
                    .env("AST_SCOPE", "read write")
                    .env("AST_AUDIENCE", "the api");

            AstResult token = ast.run("token");

            assertThat(token.out()).as(token.err()).isEqualTo("access-1\n");
            assertThat(server.requests("POST /token").get(0).form())
                    .containsEntry("grant_type", "client_credentials")
                    .containsEntry("scope", "read write")
                    .containsEntry("audience", "the api");
            assertThat(ast.run("why").out())
                    .contains("not set up; described by AST_ISSUER", "AST_CLIENT_ID", "AST_CLIENT_SECRET");
            assertThat(ast.astHome().resolve("credentials.json")).doesNotExist();
        }
    }

    @Test
    void theSecretOfTheEnvironmentIsNotForTheClientThatAPlatformNamesForEverybody() {
        try (ClientServer server = new ClientServer(request -> true)) {
            AstInside ast = ast().env("AST_CLIENT_SECRET", SECRET).config("""
                    ast:
                      providers:
                        astropods:
                          server: %1$s
                          device-authorization-uri: %1$s/device
                          token-uri: %1$s/token
                    """.formatted(server.issuer()));

            AstResult login = ast.run("login", "--no-browser");

            assertThat(login.exit()).as(login.err()).isZero();
            assertThat(server.server().requests()).allSatisfy(request -> {
                assertThat(request.header("Authorization").orElse("")).doesNotStartWith("Basic");
                assertThat(request.text()).doesNotContain("client_secret");
            });
        }
    }

    @Test
    void variablesDescribeTheProfileOfALogin() {
        try (ClientServer server = new ClientServer(ConfidentialClientTest::byHeader)) {
            AstInside ast = ast().env("AST_PROVIDER", "keycloak")
                    .env("AST_ISSUER", server.issuer())
                    .env("AST_CLIENT_ID", "my cli")
                    .env("AST_CLIENT_SECRET", SECRET);

            AstResult login = ast.run("login", "--no-browser");

            assertThat(login.exit()).as(login.err()).isZero();
            assertThat(login.err()).contains("Signing in to Keycloak at " + server.issuer());
            assertThat(ast.run("whoami").out()).contains("ada@example.com");
        }
    }

    @Test
    void thePresetOfGoogleSendsItsSecretToTheHostsThatTheMetadataNames() throws IOException {
        try (ScriptedServer api = ScriptedServer.http();
                ClientServer server = new ClientServer(ConfidentialClientTest::inBody)) {
            server.tokensAlsoAt(api)
                    .metadata("token_endpoint", api.uri("/token").toString())
                    .metadata(
                            "token_endpoint_auth_methods_supported",
                            List.of("client_secret_post", "client_secret_basic"));
            AstInside ast = ast().config("""
                    ast:
                      providers:
                        google:
                          issuer-uri: %s
                          trusted-hosts: ["127.0.0.1:%d"]
                    """.formatted(server.issuer(), api.port()));

            AstResult login = ast.run(
                    "login",
                    "--no-browser",
                    "--provider",
                    "google",
                    "--client-id",
                    "my cli",
                    "--client-secret",
                    secretFile());

            assertThat(login.exit()).as(login.err()).isZero();
            assertThat(login.err()).contains("Signing in to Google at " + server.issuer());
            assertThat(api.requests("POST /token")).hasSize(1);
        }
    }
}
