package dev.ast.program;

import static dev.ast.support.AuthorizationServer.error;
import static dev.ast.support.ManyRuns.call;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ast.json.JsonObject;
import dev.ast.support.Answer;
import dev.ast.support.AstResult;
import dev.ast.support.AstWorld;
import dev.ast.support.AuthorizationServer;
import dev.ast.support.AuthorizationServer.Decision;
import dev.ast.support.AuthorizationServer.Tokens;
import dev.ast.support.EvilServer;
import dev.ast.support.ManyRuns;
import dev.ast.support.Request;
import dev.ast.support.Sessions;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/**
 * What Keycloak, node oidc-provider and Spring Authorization Server do differently from each other and from the
 * standards, each as a server that does just that. Each case runs in its own world.
 */
class ServerQuirksIT {

    /** How a sign-in ended, with everything that can be looked at afterwards. */
    private record Login(AstResult result, AuthorizationServer server, AstWorld world) {
        String token(String member) {
            return Sessions.token(world, "default", member);
        }

        void close() {
            world.close();
            server.close();
        }
    }

    private static Login login(Consumer<AuthorizationServer> quirk, String... more) {
        AuthorizationServer server = new AuthorizationServer();
        server.decide(Decision.APPROVED);
        quirk.accept(server);
        AstWorld world = AstWorld.create().env("AST_STORAGE", "file");
        List<String> words = new ArrayList<>(server.login("--scope", "openid profile"));
        words.addAll(Arrays.asList(more));
        return new Login(world.run(words.toArray(String[]::new)), server, world);
    }

    private record Case(String name, Consumer<AuthorizationServer> quirk, Consumer<Login> check) {}

    private static void each(Case... cases) {
        List<Callable<Login>> logins = Arrays.stream(cases)
                .map(one -> (Callable<Login>) () -> login(one.quirk()))
                .toList();
        List<Login> done = ManyRuns.all(logins);
        try {
            for (int i = 0; i < cases.length; i++) {
                Login login = done.get(i);
                try {
                    cases[i].check().accept(login);
                } catch (AssertionError e) {
                    throw new AssertionError(cases[i].name() + ": " + login.result() + ": " + e.getMessage(), e);
                }
                if (login.result().exit() != 0) {
                    assertThat(login.result().out()).as(cases[i].name()).isEmpty();
                    assertThat(Sessions.file(login.world())).as(cases[i].name()).doesNotExist();
                }
            }
        } finally {
            done.forEach(Login::close);
        }
    }

    private static Consumer<Login> ends(int exit, String... texts) {
        return login -> {
            assertThat(login.result().exit()).isEqualTo(exit);
            assertThat(login.result().err()).contains(texts).doesNotContain("\tat ", "device-1-secret");
        };
    }

    private static String base64(String text) {
        return Base64.getEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Consumer<AuthorizationServer> polls(Answer... answers) {
        return server -> server.say("POST /token", answers);
    }

    @Test
    @dev.ast.support.Case({"A06", "B06"})
    void endsOfADeviceGrant() {
        each(
                new Case(
                        "denied, then invalid_grant (oidc-provider)",
                        polls(error(400, "access_denied", "the user refused"), error(400, "invalid_grant", "")),
                        ends(3, "ast: the sign-in was refused in the browser", "hint: ast login")
                                .andThen(login -> assertThat(login.server().tokenRequests("device_code"))
                                        .hasSize(1))),
                new Case("denied with 403", polls(error(403, "access_denied", "")), ends(3, "refused in the browser")),
                new Case(
                        "authorization_declined (Entra, ForgeRock)",
                        polls(error(400, "authorization_declined", "")),
                        ends(3, "ast: the sign-in was refused in the browser", "hint: ast login")),
                new Case(
                        "code_expired (Entra v1)",
                        polls(error(400, "code_expired", "")),
                        ends(8, "ast: the code has expired")),
                new Case(
                        "the device code in the text",
                        polls(error(400, "odd", "no such code: device-1-secret, " + base64("device-1-secret"))),
                        ends(1, "refused: odd: no such code: [secret], [secret]")),
                new Case(
                        "an access token of spaces",
                        polls(Answer.json("{\"access_token\":\"  \",\"refresh_token\":\"refresh-secret\"}")),
                        ends(6, "an unusable access_token")),
                new Case(
                        "a refresh token of spaces",
                        polls(Answer.json("{\"access_token\":\"a\",\"refresh_token\":\"  \"}")),
                        ends(6, "an unusable refresh_token")),
                new Case(
                        "an answer in UTF-16",
                        polls(Answer.status(200).body("{\"access_token\":\"a\"}".getBytes(StandardCharsets.UTF_16))),
                        ends(6, "answered with something that is not JSON")),
                new Case("expired", polls(error(400, "expired_token", "")), ends(8, "ast: the code has expired")),
                new Case(
                        "not_allowed (Keycloak)",
                        polls(error(400, "not_allowed", "Offline tokens not allowed")),
                        ends(1, "refused: not_allowed: Offline tokens not allowed")
                                .andThen(login -> assertThat(login.server().tokenRequests("device_code"))
                                        .hasSize(1))),
                new Case(
                        "spent code (Spring)",
                        polls(error(400, "invalid_grant", "")),
                        ends(1, "refused: invalid_grant")),
                new Case(
                        "401 invalid_client",
                        polls(error(401, "invalid_client", "")),
                        ends(1, "refused: invalid_client")),
                new Case(
                        "302 to a login page (Spring)",
                        polls(Answer.redirect(302, "/login")),
                        ends(6, "answered with a redirect to http://127.0.0.1:", ", which is not followed")
                                .andThen(login -> assertThat(login.server().requests())
                                        .noneMatch(request -> request.path().equals("/login")))),
                new Case(
                        "an HTML page with 200",
                        polls(Answer.text(200, "<html>\u001b[2J")),
                        ends(6, "answered with something that is not JSON")),
                new Case(
                        "control characters in the text",
                        polls(error(400, "odd", "\u001b]0;title\u0007 \u202eevil\r\n")),
                        ends(1, "refused: odd: ")
                                .andThen(login -> assertThat(login.result().err())
                                        .doesNotContain("\u001b", "\u0007", "\u202e", "\r"))),
                new Case(
                        "the code runs out",
                        server -> server.decide(Decision.PENDING).member("POST /device", "expires_in", 3),
                        ends(8, "the code was not approved in time")
                                .andThen(login -> assertThat(login.server()
                                                .tokenRequests("device_code")
                                                .size())
                                        .isBetween(1, 2))));
    }

    @Test
    @dev.ast.support.Case({"A03", "A05"})
    void troubleOnTheWayIsSurvived() {
        each(
                new Case(
                        "502, 429 with Retry-After, a cut answer, then approval",
                        polls(
                                Answer.status(502),
                                Answer.json(429, "{\"error\":\"too_many\"}").header("Retry-After", "3")),
                        login -> {
                            assertThat(login.result().exit()).isZero();
                            List<Instant> times = login.server().polls();
                            // One interval before the first poll, twice that after the first trouble, then what
                            // the server asked for or more.
                            assertThat(Duration.between(times.get(0), times.get(1)))
                                    .isGreaterThan(Duration.ofMillis(990));
                            assertThat(Duration.between(times.get(1), times.get(2)))
                                    .isGreaterThan(Duration.ofMillis(1990));
                            assertThat(Duration.between(times.get(2), times.get(3)))
                                    .isGreaterThan(Duration.ofMillis(2990));
                        }),
                new Case(
                        "a connection that breaks",
                        polls(Answer.status(200).cutAfter(0)),
                        login -> assertThat(login.result().exit()).isZero()),
                new Case(
                        "slow_down, for good",
                        polls(error(400, "slow_down", ""), error(400, "authorization_pending", "")),
                        login -> {
                            assertThat(login.result().exit()).isZero();
                            List<Instant> times = login.server().polls();
                            assertThat(times).hasSize(4);
                            assertThat(Duration.between(times.get(1), times.get(2)))
                                    .isGreaterThan(Duration.ofMillis(5990));
                            assertThat(Duration.between(times.get(2), times.get(3)))
                                    .isGreaterThan(Duration.ofMillis(5990));
                        }),
                new Case(
                        "no interval (oidc-provider, Spring)",
                        server -> server.member("POST /device", "interval", null),
                        login -> {
                            assertThat(login.result().exit()).isZero();
                            List<Instant> times = login.server().polls();
                            assertThat(Duration.between(times.get(0), times.get(1)))
                                    .isGreaterThan(Duration.ofMillis(4990));
                        }));
    }

    @Test
    @dev.ast.support.Case({"A04", "A08", "A12"})
    void answersOfTheDeviceEndpoint() {
        each(
                new Case(
                        "client without the grant",
                        server -> server.say("POST /device", error(400, "unauthorized_client", "no device grant")),
                        ends(1, "refused: unauthorized_client: no device grant")),
                new Case(
                        "the same at oidc-provider",
                        server -> server.say("POST /device", error(400, "invalid_request", "")),
                        ends(1, "refused: invalid_request")),
                new Case(
                        "openid refused (Spring)",
                        server -> server.say("POST /device", error(400, "invalid_scope", "")),
                        ends(1, "refused: invalid_scope")),
                new Case(
                        "no user code",
                        server -> server.member("POST /device", "user_code", null),
                        ends(6, "without a usable user_code")),
                new Case(
                        "a code of no end",
                        server -> server.member("POST /device", "user_code", "A".repeat(4000)),
                        ends(6, "without a usable user_code")),
                new Case(
                        "negative life",
                        server -> server.member("POST /device", "expires_in", -1),
                        ends(6, "without a usable expires_in")),
                new Case(
                        "another shape of code, no complete address",
                        server -> server.change("POST /device", members -> {
                            members.put("user_code", "123456789");
                            members.remove("verification_uri_complete");
                            return members;
                        }),
                        login -> {
                            assertThat(login.result().exit()).isZero();
                            assertThat(login.result().errLines())
                                    .contains(
                                            "  Code: 123456789",
                                            "  Open: " + login.server().uri("/activate"));
                        }),
                new Case(
                        "an address that is none",
                        server -> server.change("POST /device", members -> {
                            members.put("verification_uri", "javascript:alert(1)");
                            members.put("verification_uri_complete", "file:///etc/passwd");
                            members.put("user_code", "AB\u001b[2J\u202e");
                            return members;
                        }),
                        login -> {
                            assertThat(login.result().exit()).isZero();
                            assertThat(login.result().err())
                                    .contains("not an https address")
                                    .doesNotContain("\u001b", "\u202e");
                        }));
    }

    @Test
    @dev.ast.support.Case("B01")
    void whatATokenAnswerMayLack() {
        each(
                new Case(
                        "only an access token, opaque",
                        server -> server.change("POST /token", members -> {
                            for (String name : List.of("refresh_token", "expires_in", "scope", "id_token")) {
                                members.remove(name);
                            }
                            return members;
                        }),
                        login -> {
                            assertThat(login.result().exit()).isZero();
                            assertThat(login.result().err()).contains("The server gave no refresh token");
                            assertThat(login.world().run("token").out()).isEqualTo(login.token("access_token") + "\n");
                            JsonObject status = JsonObject.of(dev.ast.json.Json.read(login.world()
                                            .run("status", "-o", "json")
                                            .out()
                                            .getBytes(StandardCharsets.UTF_8)))
                                    .orElseThrow()
                                    .objects("profiles")
                                    .get(0);
                            assertThat(status.object("access_token")
                                            .orElseThrow()
                                            .get("expires_at"))
                                    .isNull();
                            assertThat(status.object("refresh_token")
                                            .orElseThrow()
                                            .get("present"))
                                    .isEqualTo(false);
                            // A missing scope is not taken for all that was asked.
                            assertThat(status.get("scope")).isEqualTo(List.of());
                        }),
                new Case(
                        "refresh_expires_in 0 and more scopes than asked (Keycloak)",
                        server -> server.change("POST /token", members -> {
                            members.put("refresh_expires_in", 0);
                            members.put("scope", "openid profile email");
                            members.put("session_state", "x");
                            members.put("not-before-policy", 0);
                            return members;
                        }),
                        login -> {
                            assertThat(login.result().exit()).isZero();
                            assertThat(login.token("refresh_expires_at")).isEmpty();
                            assertThat(login.world().run("status").out())
                                    .contains("Scopes:", "openid profile email")
                                    .contains("when the server ends it");
                        }),
                new Case(
                        "refresh_expires_in 1800, times as text",
                        server -> server.change("POST /token", members -> {
                            members.put("refresh_expires_in", "1800");
                            members.put("expires_in", "59");
                            members.put("token_type", "bearer");
                            return members;
                        }),
                        login -> {
                            assertThat(login.result().exit()).isZero();
                            assertThat(Instant.parse(login.token("refresh_expires_at")))
                                    .isBetween(
                                            Instant.now().plusSeconds(1700),
                                            Instant.now().plusSeconds(1800));
                        }),
                new Case(
                        "no id_token (Spring): identity from userinfo",
                        server -> server.openId(false),
                        login -> assertThat(login.world().run("whoami").out()).contains("Ada Lovelace")),
                new Case(
                        "userinfo 401 with an empty body (Keycloak)",
                        server -> server.openId(false)
                                .say("GET /userinfo", Answer.status(401).header("WWW-Authenticate", "Bearer")),
                        login -> {
                            assertThat(login.result().exit()).isZero();
                            assertThat(login.result().err()).contains("Who is signed in could not be read");
                        }),
                new Case(
                        "an id_token for somebody else",
                        server -> server.member("POST /token", "id_token", server.signedFor("somebody-else")),
                        login -> {
                            assertThat(login.result().exit()).isZero();
                            assertThat(login.result().err())
                                    .contains("The id_token is not used, since it is for another client");
                            assertThat(login.world().run("whoami", "-o", "json").out())
                                    .contains("Ada Lovelace")
                                    .doesNotContain("id_token");
                        }),
                new Case(
                        "type mac",
                        server -> server.member("POST /token", "token_type", "mac"),
                        ends(6, "a token of type 'mac'")),
                new Case(
                        "line ends in the token",
                        server -> server.member("POST /token", "access_token", "a\r\nX-Evil: 1"),
                        ends(6, "unusable access_token")),
                new Case(
                        "a number as token",
                        server -> server.member("POST /token", "access_token", 7),
                        ends(6, "unusable access_token")));
    }

    @Test
    @dev.ast.support.Case("B07")
    void placesOfDiscoveryAndIssuers() {
        AuthorizationServer server = new AuthorizationServer();
        EvilServer evil = new EvilServer();
        try (evil;
                AstWorld world = AstWorld.create().env("AST_STORAGE", "file")) {
            server.decide(Decision.APPROVED);
            String issuer = server.issuer();
            Map<String, String> documents = Map.of(
                    "/one/.well-known/openid-configuration", issuer + "/one",
                    "/.well-known/openid-configuration/two", issuer + "/two",
                    "/.well-known/oauth-authorization-server/three", issuer + "/three",
                    "/four/.well-known/openid-configuration", issuer + "/four/",
                    "/localhost/.well-known/openid-configuration",
                            issuer.replace("127.0.0.1", "localhost") + "/localhost",
                    "/evil/.well-known/openid-configuration", issuer + "/evil");
            documents.forEach((path, name) -> server.serve(
                    "GET " + path,
                    Answer.json(
                            ("{'issuer':'%1$s','device_authorization_endpoint':'%2$s/device','token_endpoint':'%3$s/token',"
                                            + "'userinfo_endpoint':'%2$s/userinfo'}")
                                    .formatted(
                                            name,
                                            issuer,
                                            path.startsWith("/evil")
                                                    ? evil.uri("").toString()
                                                    : issuer)
                                    .replace('\'', '"'))));
            server.serve("GET /five/.well-known/openid-configuration", Answer.status(500));
            List<AstResult> results = ManyRuns.of(
                    world,
                    List.of(
                            login(issuer + "/one", "one"),
                            login(issuer + "/two", "two"),
                            login(issuer + "/three", "three"),
                            login(issuer + "/four/", "four"),
                            login(issuer + "/four", "four-b"),
                            login(issuer + "/localhost", "localhost"),
                            login(issuer + "/evil", "evil"),
                            login(issuer + "/five", "five"),
                            login(issuer + "/six", "six")));
            assertThat(results).extracting(AstResult::exit).containsExactly(0, 0, 0, 0, 6, 6, 6, 6, 6);
            assertThat(results.subList(4, 9))
                    .extracting(result -> result.errLines().stream()
                            .filter(line -> line.startsWith("ast: "))
                            .findFirst()
                            .orElse(""))
                    .containsExactly(
                            "ast: the discovery document names the issuer '" + issuer + "/four/' instead of '" + issuer
                                    + "/four'",
                            "ast: the discovery document names the issuer '"
                                    + issuer.replace("127.0.0.1", "localhost") + "/localhost' instead of '" + issuer
                                    + "/localhost'",
                            "ast: " + issuer + " names an address of another server, " + evil.uri("")
                                    + ", for token_endpoint",
                            "ast: " + issuer + " answered the discovery request with HTTP 500",
                            "ast: " + issuer + " has no discovery document (asked for"
                                    + " /six/.well-known/openid-configuration,"
                                    + " /.well-known/openid-configuration/six,"
                                    + " /.well-known/oauth-authorization-server/six)");
            evil.assertUntouched();
        } finally {
            server.close();
        }
    }

    private static List<String> login(String issuer, String profile) {
        return call(
                "login",
                "--provider",
                "oidc",
                "--issuer",
                issuer,
                "--client-id",
                "ast-test",
                "--no-browser",
                "--profile",
                profile);
    }

    @Test
    @dev.ast.support.Case("B09")
    void refreshesOfDifferentServers() {
        try (AuthorizationServer server = new AuthorizationServer();
                AstWorld world = AstWorld.create()) {
            // A server that does not rotate sends no new refresh token: the old one stays.
            server.rotating(false).member("POST /token", "refresh_token", null);
            Tokens old = Sessions.signIn(world, server, "default", Duration.ofSeconds(-1));
            assertThat(world.run("token").out())
                    .isEqualTo(server.newest(old.refresh()).access() + "\n");
            assertThat(Sessions.token(world, "default", "refresh_token")).isEqualTo(old.refresh());

            // A narrower scope is kept and shown.
            server.rotating(true).change("POST /token", members -> {
                members.put("scope", "openid");
                return members;
            });
            Sessions.signIn(world, server, "default", Duration.ofSeconds(-1));
            assertThat(world.run("token").exit()).isZero();
            assertThat(world.run("status").out()).containsPattern("Scopes: +openid\n");

            // An answer that is lost on its way is not asked for again: the next one fails with a hint.
            int before = server.tokenRequests("refresh_token").size();
            old = Sessions.signIn(world, server, "default", Duration.ofSeconds(-1));
            server.losing("POST /token");
            AstResult lost = world.run("token");
            assertThat(lost.exit()).as("%s", lost).isEqualTo(6);
            AstResult next = world.run("token");
            assertThat(next.exit()).as("%s", next).isEqualTo(5);
            assertThat(next.err()).contains("hint: ast login");
            assertThat(world.run("token").exit()).isEqualTo(5);
            assertThat(server.tokenRequests("refresh_token").subList(before, before + 2))
                    .extracting(request -> request.form().get("refresh_token"))
                    .containsExactly(old.refresh(), old.refresh());
            assertThat(server.tokenRequests("refresh_token")).hasSize(before + 2);
        }
    }

    /** The code was spent by an answer that never arrived. */
    @Test
    @dev.ast.support.Case("A14")
    void anApprovalThatIsLostOnItsWay() {
        each(new Case(
                "lost",
                server -> server.losing("POST /token"),
                ends(6, "the approval is used up")
                        .andThen(login -> assertThat(login.server().tokenRequests("device_code"))
                                .extracting(Request::path)
                                .hasSize(2))));
    }
}
