package dev.ast.servers;

import static dev.ast.servers.Checks.claims;
import static dev.ast.servers.Checks.good;
import static dev.ast.servers.Checks.require;
import static dev.ast.servers.Checks.use;
import static dev.ast.servers.Checks.with;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.ast.json.Json;
import dev.ast.json.JsonObject;
import dev.ast.json.LocalJson;
import dev.ast.support.AstResult;
import dev.ast.support.AstWorld;
import dev.ast.support.TestAuthority;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Keycloak as it is distributed, in its development mode with TLS, with a realm of clients of each kind that is made
 * for this.
 */
final class KeycloakChecks {
    private static final String SECRET = "secret-of-the-client";
    private static final String PASSWORD = "password-of-the-store";

    private final Path home;
    private final Path files;
    private final ServerTls tls;
    private final TestAuthority.ServerKey client;
    private final RSAKey key;
    private final Pattern names;

    /**
     * Checks of an unpacked distribution.
     *
     * @param files a folder for the files of the check
     * @param names which checks are carried out
     */
    KeycloakChecks(Path home, Path files, Pattern names) throws Exception {
        this.names = names;
        this.home = home;
        this.files = Files.createDirectories(files);
        this.tls = new ServerTls(files);
        this.client = tls.authority().clientKey("client.example.com");
        this.key = new RSAKeyGenerator(2048)
                .keyID("key-of-the-client")
                .algorithm(JWSAlgorithm.RS256)
                // Keycloak passes over a key of an unknown use.
                .keyUse(KeyUse.SIGNATURE)
                .generate();
    }

    void run() throws Exception {
        int port = ServerProcess.freePort();
        String origin = "https://localhost:" + port;
        prepare();
        TestAuthority.ServerKey own = tls.authority().serverKey("localhost");
        List<String> command = List.of(
                home.resolve("bin/kc.sh").toString(),
                "start-dev",
                "--import-realm",
                "--http-port=" + ServerProcess.freePort(),
                "--https-port=" + port,
                "--hostname=" + origin,
                "--https-certificate-file=" + tls.certificate("server-cert.pem", own),
                "--https-certificate-key-file=" + tls.key("server-key.pem", own),
                "--https-client-auth=request",
                "--https-trust-store-file=" + tls.trustStore(PASSWORD),
                "--https-trust-store-password=" + PASSWORD);
        try (ServerProcess keycloak = ServerProcess.start(
                command,
                home,
                Map.of("JAVA_HOME", System.getProperty("java.home")),
                files.resolve("keycloak.log"),
                "Listening on:")) {
            keycloak.during(() -> checks(origin + "/realms/ast", new Checks("keycloak", tls, names)));
        }
    }

    private void checks(String issuer, Checks checks) throws Exception {
        String[] realm = {"--provider", "keycloak", "--issuer", issuer};
        Path secret = Files.writeString(files.resolve("secret.txt"), SECRET + "\n");
        checks.warmUp(ast -> {
            checks.signIn(ast, with(realm, "--client-id", "public"));
            use(ast, "ada@example.com");
        });
        checks.ofUsers(realm, secret);
        checks.ofBound(realm, "/realms/ast/protocol/openid-connect/userinfo");
        checks.check("dpop required", ast -> {
            AstResult refused = checks.attempt(ast, with(realm, "--client-id", "bound")).result();
            require(refused.exit() != 0 && refused.err().contains("--dpop"), refused.toString());
        });
        checks.ofUser("client_secret_basic", realm, "--client-id", "confidential", "--client-secret", "@" + secret);
        checks.check("client_secret_post", ast -> {
            config(ast, "client-authentication-method: client_secret_post");
            checks.signIn(ast, with(realm, "--client-id", "confidential", "--client-secret", "@" + secret));
            use(ast, "ada@example.com");
        });
        checks.check("client_credentials", ast -> {
            good(
                    ast,
                    with(
                            new String[] {"login"},
                            with(
                                    realm,
                                    "--client-id",
                                    "robot",
                                    "--client-credentials",
                                    "--client-secret",
                                    "@" + secret)));
            use(ast, "robot");
        });
        checks.check("private_key_jwt", ast -> {
            Path jwk = Files.writeString(files.resolve("key.json"), key.toJSONString());
            checks.signIn(ast, with(realm, "--client-id", "signed", "--client-key", jwk.toString()));
            use(ast, "ada@example.com");
        });
        checks.check("mutual-tls", ast -> {
            Path file = files.resolve("client.pem");
            Files.writeString(
                    file,
                    Files.readString(tls.key("client-key.pem", client))
                            + Files.readString(tls.certificate("client-cert.pem", client)));
            checks.signIn(ast, with(realm, "--client-id", "certified", "--client-cert", file.toString()));
            use(ast, "ada@example.com");
        });
        checks.check("token-exchange", ast -> exchange(ast, realm, secret));
        checks.check("workload client-assertion", ast -> assertion(ast, realm, issuer));
        checks.end();
    }

    // Standard token exchange of Keycloak takes access tokens of its own that are for the client.
    private void exchange(AstWorld ast, String[] realm, Path secret) throws IOException {
        good(
                ast,
                with(
                        new String[] {"login", "--profile", "subject"},
                        with(realm, "--client-id", "robot", "--client-credentials", "--client-secret", "@" + secret)));
        Path token = Files.writeString(
                files.resolve("subject-token"),
                good(ast, "token", "--profile", "subject").out());
        ast.env("AST_CLIENT_SECRET", SECRET);
        AstResult login = good(
                ast,
                with(
                        new String[] {"login", "--profile", "ci"},
                        with(
                                realm,
                                "--client-id",
                                "exchange",
                                "--workload",
                                "@" + token,
                                "--workload-token-type",
                                "access_token")));
        require(login.out().contains("no token is stored"), login.toString());
        String one = good(ast, "token", "--profile", "ci").out();
        String two = good(ast, "token", "--profile", "ci").out();
        require(!one.equals(two) && !one.equals(Files.readString(token)), "the token was not exchanged");
        require(claims(one).contains("\"azp\":\"exchange\""), claims(one));
        ast.withoutEnv("AST_CLIENT_SECRET");
    }

    private void assertion(AstWorld ast, String[] realm, String issuer) throws Exception {
        Instant now = Instant.now();
        Path token = files.resolve("assertion");
        for (int round = 0; round < 2; round++) {
            // Keycloak takes each assertion once.
            SignedJWT jwt = new SignedJWT(
                    new JWSHeader.Builder(JWSAlgorithm.RS256)
                            .keyID(key.getKeyID())
                            .build(),
                    new JWTClaimsSet.Builder()
                            .issuer("signed")
                            .subject("signed")
                            .audience(issuer)
                            .jwtID(UUID.randomUUID().toString())
                            .issueTime(Date.from(now))
                            .expirationTime(Date.from(now.plusSeconds(50)))
                            .build());
            jwt.sign(new RSASSASigner(key));
            Files.writeString(token, jwt.serialize());
            if (round == 0) {
                good(
                        ast,
                        with(
                                new String[] {"login"},
                                with(
                                        realm,
                                        "--client-id",
                                        "signed",
                                        "--workload",
                                        "@" + token,
                                        "--workload-grant",
                                        "client-assertion")));
            }
        }
        require(claims(good(ast, "token").out()).contains("\"azp\":\"signed\""), "not the token of the client");
    }

    private static void config(AstWorld ast, String line) throws IOException {
        Files.writeString(ast.astHome().resolve("config.yml"), """
                ast:
                  providers:
                    keycloak:
                      %s
                """.formatted(line));
    }

    /** An empty database, and the realm that is imported into it. */
    private void prepare() throws IOException {
        Path data = home.resolve("data");
        if (Files.exists(data)) {
            try (Stream<Path> all = Files.walk(data)) {
                for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
        Files.createDirectories(data.resolve("import"));
        JsonObject user = Json.tryObject("""
                {"username": "ada", "enabled": true, "email": "ada@example.com", "emailVerified": true,
                 "firstName": "Ada", "lastName": "Lovelace", "realmRoles": ["default-roles-ast"],
                 "credentials": [{"type": "password", "value": "password-of-ada"}]}
                """.getBytes(StandardCharsets.UTF_8)).orElseThrow();
        Map<String, Object> forExchange = Map.of(
                "name", "for the exchange",
                "protocol", "openid-connect",
                "protocolMapper", "oidc-audience-mapper",
                "config", Map.of("included.client.audience", "exchange", "access.token.claim", "true"));
        List<Object> clients = List.of(
                client("public", true, Map.of(), Map.of()),
                client("confidential", false, Map.of(), Map.of()),
                client("par", false, Map.of("require.pushed.authorization.requests", "true"), Map.of()),
                client("bound", true, Map.of("dpop.bound.access.tokens", "true"), Map.of()),
                client("robot", false, Map.of(), Map.of("protocolMappers", List.of(forExchange))),
                client("exchange", false, Map.of("standard.token.exchange.enabled", "true"), Map.of()),
                client(
                        "signed",
                        false,
                        Map.of("use.jwks.string", "true", "jwks.string", new JWKSet(key.toPublicJWK()).toString()),
                        Map.of("clientAuthenticatorType", "client-jwt")),
                client(
                        "certified",
                        false,
                        Map.of(
                                "x509.subjectdn",
                                client.certificate().getSubjectX500Principal().getName()),
                        Map.of("clientAuthenticatorType", "client-x509")));
        Files.writeString(
                data.resolve("import/ast.json"),
                LocalJson.write(Map.of(
                        "realm",
                        "ast",
                        "enabled",
                        true,
                        "accessTokenLifespan",
                        600,
                        "users",
                        List.of(user.members()),
                        "clients",
                        clients)));
    }

    private static Map<String, Object> client(
            String id, boolean open, Map<String, String> attributes, Map<String, Object> more) {
        Map<String, String> all = new TreeMap<>(attributes);
        all.put("oauth2.device.authorization.grant.enabled", "true");
        Map<String, Object> client = new TreeMap<>(Map.of(
                "clientId", id,
                "publicClient", open,
                "standardFlowEnabled", true,
                "redirectUris", List.of("http://127.0.0.1/*"),
                "attributes", all));
        if (!open) {
            client.put("secret", SECRET);
            client.put("serviceAccountsEnabled", true);
        }
        client.putAll(more);
        return client;
    }
}
