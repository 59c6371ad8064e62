package dev.ast.program;

import static dev.ast.support.ManyRuns.call;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ast.json.Json;
import dev.ast.json.JsonObject;
import dev.ast.json.LocalJson;
import dev.ast.support.Answer;
import dev.ast.support.AstResult;
import dev.ast.support.AstWorld;
import dev.ast.support.AuthorizationServer;
import dev.ast.support.AuthorizationServer.Decision;
import dev.ast.support.AuthorizationServer.Tokens;
import dev.ast.support.Case;
import dev.ast.support.EvilServer;
import dev.ast.support.ManyRuns;
import dev.ast.support.Request;
import dev.ast.support.RunningAst;
import dev.ast.support.Sessions;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** A session from the sign-in to the sign-out, and what may never happen to its tokens. */
class SessionIT {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Duration OVER = Duration.ofSeconds(-1);
    private static final Duration LONG = Duration.ofHours(1);

    private final AstWorld world = AstWorld.create().env("AST_STORAGE", "file").env("TZ", "Europe/Berlin");
    private final AuthorizationServer server = new AuthorizationServer();
    private final EvilServer evil = new EvilServer();

    @AfterEach
    void close() {
        world.close();
        server.close();
        evil.close();
    }

    @Test
    @Case({"A01", "I01"})
    void signsInByCodeUsesTheSessionAndSignsOut() {
        try (RunningAst login = world.start(words(server.login("--scope", "openid profile")))) {
            String printed = login.awaitErr("waiting for approval", SOON);
            assertThat(printed.lines())
                    .contains("  Code: ABCD-EFGH", "  Open: " + server.uri("/activate?user_code=ABCD-EFGH"));
            assertThat(printed)
                    .contains("Signing in to OpenID server at " + server.issuer() + " (profile default)")
                    .contains("Approve only if you started this sign-in yourself; never enter a code that someone"
                            + " sent you.")
                    .doesNotContain("Opening browser");
            assertThat(Sessions.file(world)).doesNotExist();
            server.decide(Decision.APPROVED);
            AstResult result = login.await(SOON);
            assertThat(result.exit()).as("%s", result).isZero();
            assertThat(result.out())
                    .isEqualTo("Successfully authenticated as ada@example.com (account ada), tokens in the"
                            + " credentials file, readable by this user only\n");
        }
        Request asked = server.requests("POST /device").get(0);
        assertThat(asked.form())
                .containsExactlyInAnyOrderEntriesOf(Map.of("client_id", "ast-test", "scope", "openid profile"));
        assertThat(server.tokenRequests("device_code"))
                .allSatisfy(poll -> assertThat(poll.form())
                        .containsEntry("grant_type", "urn:ietf:params:oauth:grant-type:device_code")
                        .containsEntry("client_id", "ast-test")
                        .containsKey("device_code"));

        String access = Sessions.token(world, "default", "access_token");
        Tokens tokens = server.newest(Sessions.token(world, "default", "refresh_token"));
        assertThat(access).isEqualTo(tokens.access());

        List<AstResult> texts = ManyRuns.of(
                world, List.of(call("whoami"), call("status"), call("token"), call("api", "GET", "/api/one?x=1")));
        assertThat(texts).allSatisfy(result -> {
            assertThat(result.exit()).as("%s", result).isZero();
            assertThat(result.err()).isEmpty();
        });
        // The name is the one of the id_token, whose signature was checked; userinfo has another.
        assertThat(texts.get(0).out())
                .containsPattern("(?m)^  Name: +Ada of the id_token$")
                .containsPattern("(?m)^  Email: +ada@example.com$")
                .containsPattern("(?m)^  Account: +ada$")
                .containsPattern("(?m)^  ID: +ada-1$")
                .containsPattern("(?m)^  Server: +" + server.issuer() + "$")
                .containsPattern("(?m)^  Expires: +in 5[0-9] min, renewed automatically$")
                .containsPattern("(?m)^  Credential used: +stored login$");
        assertThat(texts.get(1).out())
                .startsWith("default *  oidc  " + server.issuer() + "\n")
                .containsPattern("(?m)^  Logged in as: +Ada of the id_token <ada@example.com>$")
                .containsPattern("(?m)^  Session expires: .*renewed automatically")
                .containsPattern("(?m)^  Stored in: +credentials file");
        assertThat(texts.get(2).out()).isEqualTo(access + "\n");
        assertThat(texts.get(3).out()).isEqualTo("{\"method\":\"GET\",\"target\":\"/api/one?x=1\",\"body\":\"\"}");

        assertDocuments(access);

        AstResult logout = world.run("logout");
        assertThat(logout.exit()).as("%s", logout).isZero();
        assertThat(logout.out()).isEqualTo("Signed out of default\n");
        assertThat(server.requests("POST /revoke"))
                .extracting(request -> request.form().get("token"))
                .containsExactly(tokens.refresh(), tokens.access());
        assertThat(server.requests("POST /revoke"))
                .extracting(request -> request.form().get("token_type_hint"))
                .containsExactly("refresh_token", "access_token");
        assertThat(server.lives(tokens.refresh())).isFalse();
        assertThat(Sessions.profile(world, "default").has("tokens")).isFalse();
        assertThat(world.run("token"))
                .isEqualTo(new AstResult(4, "", "ast: not signed in to default\nhint: ast login\n"));
        assertThat(world.run("logout")).isEqualTo(new AstResult(0, "Not signed in to default\n", ""));
    }

    private void assertDocuments(String access) {
        List<AstResult> json = ManyRuns.of(
                world,
                List.of(
                        call("whoami", "-o", "json"),
                        call("status", "-o", "json"),
                        call("token", "-o", "json"),
                        call("profile", "list", "-o", "json")));
        List<AstResult> yaml = ManyRuns.of(
                world,
                List.of(
                        call("whoami", "-o", "yaml"),
                        call("token", "-o", "yaml"),
                        call("profile", "list", "-o", "yaml")));
        assertThat(yaml.stream()
                        .map(result -> withoutDates(new Yaml().load(result.out())))
                        .toList())
                .isEqualTo(List.of(
                        withoutDates(value(json.get(0))),
                        withoutDates(value(json.get(2))),
                        withoutDates(value(json.get(3)))));

        JsonObject whoami = JsonObject.of(value(json.get(0))).orElseThrow();
        assertThat(whoami.members())
                .containsEntry("profile", "default")
                .containsEntry("provider", "oidc")
                .containsEntry("server", server.issuer())
                .containsEntry("subject", "ada-1")
                .containsEntry("name", "Ada of the id_token")
                .containsEntry("email", "ada@example.com")
                .containsEntry("account", "ada")
                .containsEntry("organizations", List.of())
                .containsEntry("credential_source", "stored login")
                .containsKey("expires_at");
        assertInAnHour(whoami.text("expires_at").orElseThrow());

        JsonObject status = JsonObject.of(value(json.get(1))).orElseThrow();
        assertThat(status.text("active_profile")).contains("default");
        assertThat(status.objects("environment"))
                .extracting(JsonObject::members)
                .containsExactly(members("name", "AST_TOKEN", "set", false, "used", false));
        JsonObject profile = status.objects("profiles").get(0);
        assertThat(profile.members())
                .containsEntry("name", "default")
                .containsEntry("provider", "oidc")
                .containsEntry("server", server.issuer())
                .containsEntry("signed_in", true)
                .containsEntry("storage", "file")
                .containsEntry("credential_source", "stored login");
        assertThat(profile.object("identity").orElseThrow().members())
                .containsExactlyInAnyOrderEntriesOf(
                        members("subject", "ada-1", "name", "Ada of the id_token", "email", "ada@example.com"));
        JsonObject accessToken = profile.object("access_token").orElseThrow();
        assertInAnHour(accessToken.text("expires_at").orElseThrow());
        assertThat(accessToken.number("expires_in").orElseThrow()).isBetween(3500L, 3600L);
        assertThat(profile.object("refresh_token").orElseThrow().members())
                .containsEntry("present", true)
                .containsEntry("expires_at", null);
        assertThat(profile.get("context")).isInstanceOf(Map.class);

        JsonObject token = JsonObject.of(value(json.get(2))).orElseThrow();
        assertThat(token.members())
                .containsOnlyKeys("access_token", "token_type", "expires_at")
                .containsEntry("access_token", access)
                .containsEntry("token_type", "Bearer");
        assertThat(value(json.get(3)))
                .isEqualTo(List.of(members(
                        "name",
                        "default",
                        "provider",
                        "oidc",
                        "server",
                        server.issuer(),
                        "active",
                        true,
                        "signed_in",
                        true,
                        "email",
                        "ada@example.com")));
        // Neither of the two others ever shows a token.
        assertThat(json.get(0).out() + json.get(1).out() + json.get(3).out()).doesNotContain("secret-of-the-test");
    }

    @Test
    @Case("H07")
    void renewsOnceBeforeTheTokenEnds() {
        Tokens old = Sessions.signIn(world, server, "default", Duration.ofSeconds(200));
        AstResult script = world.runWithInput("token\ntoken\napi /api/one\ntoken --min-ttl 30m\n");
        assertThat(script.exit()).as("%s", script).isZero();
        Tokens fresh = server.newest(old.refresh());
        assertThat(script.outLines().subList(0, 2)).containsOnly(fresh.access());
        assertThat(server.tokenRequests("refresh_token")).hasSize(1);
        assertThat(server.tokenRequests("refresh_token").get(0).form())
                .containsEntry("grant_type", "refresh_token")
                .containsEntry("refresh_token", old.refresh())
                .containsEntry("client_id", "ast-test");
        assertThat(Sessions.token(world, "default", "refresh_token")).isEqualTo(fresh.refresh());
        assertThat(world.run("token", "--min-ttl", "2h").err()).contains("live shorter than the wanted time");
    }

    @Test
    @Case("H11")
    void renewsOnceAndTriesOnceMoreAfterA401() {
        Tokens old = Sessions.signIn(world, server, "default", LONG);
        server.forget(old.access());
        AstResult result = world.run("api", "POST", "/api/one", "-f", "a=b");
        assertThat(result.exit()).as("%s", result).isZero();
        assertThat(result.out()).contains("{\\\"a\\\":\\\"b\\\"}");
        assertThat(server.requests("POST /api/one"))
                .extracting(request -> request.header("Authorization").orElse(""))
                .containsExactly(
                        "Bearer " + old.access(),
                        "Bearer " + server.newest(old.refresh()).access());
        assertThat(server.tokenRequests("refresh_token")).hasSize(1);

        // A server that refuses whatever it is shown is asked twice, not for ever.
        server.say("GET /api/never", Answer.status(401), Answer.text(401, "no"), Answer.text(401, "no"));
        AstResult refused = world.run("api", "/api/never");
        assertThat(refused.exit()).isEqualTo(1);
        assertThat(refused.out()).isEqualTo("no");
        assertThat(server.requests("GET /api/never")).hasSize(2);
        assertThat(server.tokenRequests("refresh_token")).hasSize(2);
    }

    @Test
    @Case("H04")
    void endsTheSessionOnInvalidGrantAndAsksNoMore() {
        Tokens prod = Sessions.signIn(world, server, "prod", LONG);
        Tokens old = Sessions.signIn(world, server, "default", OVER);
        server.end(old.refresh());
        AstResult first = world.run("token");
        assertThat(first.exit()).as("%s", first).isEqualTo(5);
        assertThat(first.out()).isEmpty();
        assertThat(first.errLines())
                .containsExactly(
                        "ast: the session of default has ended: the server does not renew it any more"
                                + " (Session not active)",
                        "hint: ast login");
        List<AstResult> later = ManyRuns.of(
                world, List.of(call("token"), call("api", "/api/one"), call("whoami"), call("status", "--check")));
        assertThat(later).extracting(AstResult::exit).containsOnly(5);
        assertThat(server.tokenRequests("refresh_token")).hasSize(1);
        assertThat(Sessions.text(world)).doesNotContain(old.refresh());
        assertThat(world.run("token", "--profile", "prod").out()).isEqualTo(prod.access() + "\n");
        assertThat(world.run("status").exit()).isZero();
    }

    @Test
    @Case("H03")
    void keepsTheSessionThroughAllOtherTrouble() {
        Tokens old = Sessions.signIn(world, server, "default", OVER);
        List<Answer> troubles = List.of(
                Answer.text(400, "no error member"),
                AuthorizationServer.error(401, "invalid_client", ""),
                Answer.status(403),
                Answer.status(408),
                Answer.status(429).header("Retry-After", "1"),
                AuthorizationServer.error(503, "invalid_grant", "behind a proxy"),
                Answer.text(200, "<html>captive portal</html>"),
                Answer.redirect(302, evil.uri("/token")),
                Answer.redirect(307, evil.uri("/token")),
                Answer.json("{\"access_token\":\" \"}"),
                Answer.json("{\"access_token\":\"x\",\"token_type\":\"mac\"}"),
                Answer.json("{\"access_token\":\"x\",\"token_type\":\"Bearer\",\"expires_in\":-1}"),
                Answer.json("{\"access_token\":\"a\\r\\nX: y\",\"token_type\":\"Bearer\"}"),
                Answer.status(200).cutAfter(20),
                Answer.raw("garbage"),
                AuthorizationServer.error(400, "unsupported_grant_type", "\u001b[31mred"));
        for (Answer trouble : troubles) {
            server.say("POST /token", trouble);
        }
        AstResult result = world.runWithInput("token\n".repeat(troubles.size()) + "token\n", "--keep-going");
        assertThat(server.tokenRequests("refresh_token")).hasSize(troubles.size() + 1);
        assertThat(server.tokenRequests("refresh_token"))
                .extracting(request -> request.form().get("refresh_token"))
                .containsOnly(old.refresh());
        assertThat(result.out()).isEqualTo(server.newest(old.refresh()).access() + "\n");
        assertThat(result.err()).doesNotContain("has ended", "\u001b", "captive");
        assertThat(result.errLines().stream().filter(line -> line.startsWith("ast: -:")))
                .hasSize(troubles.size());
        assertThat(result.exit()).isEqualTo(6);
    }

    @Test
    void aTokenThatIsStillGoodServesWhileItCannotBeRenewed() {
        Tokens old = Sessions.signIn(world, server, "default", Duration.ofSeconds(100));
        server.say("POST /token", Answer.status(503), AuthorizationServer.error(401, "invalid_client", ""));
        AstResult result = world.runWithInput("token\ntoken\n");
        assertThat(result).isEqualTo(new AstResult(0, (old.access() + "\n").repeat(2), ""));
        assertThat(server.tokenRequests("refresh_token")).hasSize(2);
    }

    @Test
    @Case({"C01", "C02"})
    void sendsNoTokenToAnotherServer() {
        Tokens tokens = Sessions.signIn(world, server, "default", OVER);
        String elsewhere = evil.uri("").toString();
        List<AstResult> results = ManyRuns.of(
                world,
                List.of(
                        call("api", "/api/one", "--server", elsewhere),
                        call("token", "--server", elsewhere),
                        call("whoami", "--server", elsewhere, "-o", "json"),
                        call("status", "--check", "--server", elsewhere),
                        call("api", elsewhere + "/api/one"),
                        call("api", "//" + elsewhere.substring("http://".length()) + "/api/one"),
                        call("api", "/api/one", "--server", server.issuer().replace("127.0.0.1", "localhost"))));
        assertThat(results).extracting(AstResult::exit).startsWith(4, 4).doesNotContain(0);
        assertThat(results.get(0).errLines())
                .containsExactly(
                        "ast: not signed in to " + elsewhere + ": the credential of profile default belongs to "
                                + server.issuer() + " and is not sent elsewhere",
                        "hint: ast login --profile NAME --server " + elsewhere);
        assertThat(results)
                .extracting(AstResult::out)
                .allSatisfy(out -> assertThat(out).doesNotContain(tokens.access()));
        AstResult variable = withVariable("AST_TOKEN", "variable-secret", "api", "/api/one", "--server", elsewhere);
        assertThat(variable.exit()).isEqualTo(4);
        assertThat(server.requests()).isEmpty();
        evil.assertUntouched();
    }

    @Test
    @Case("C03")
    void followsNoRedirectWithACredential() {
        Tokens tokens = Sessions.signIn(world, server, "default", LONG);
        for (int status : List.of(301, 302, 303, 307, 308)) {
            server.say("GET /api/one", Answer.redirect(status, evil.uri("/api/one")));
            server.say("POST /revoke", Answer.redirect(status, evil.uri("/revoke")));
            server.say("POST /device", Answer.redirect(status, evil.uri("/device")));
        }
        AstResult api = world.runWithInput("api /api/one\n".repeat(5), "--keep-going");
        assertThat(api.exit()).as("%s", api).isEqualTo(6);
        assertThat(api.errLines().stream().filter(line -> line.contains("answered with a redirect")))
                .hasSize(5);
        String login = String.join(" ", server.login("--profile", "other")) + "\n";
        AstResult device = world.runWithInput(login.repeat(5), "--keep-going");
        assertThat(device.exit()).as("%s", device).isEqualTo(6);
        assertThat(server.requests("POST /device")).hasSize(5);
        AstResult logout = world.run("logout");
        assertThat(logout.exit()).as("%s", logout).isEqualTo(6);
        assertThat(logout.out()).contains("Signed out of default").contains("did not revoke");
        assertThat(Sessions.text(world)).doesNotContain(tokens.refresh());
        evil.assertUntouched();
    }

    /** RLIMIT_FSIZE takes part for a disk that is full: it stops root, too. */
    @Test
    @Case("E06")
    void aTokenThatCannotBeSavedServesItsCommand() {
        Tokens old = Sessions.signIn(world, server, "default", OVER);
        JsonObject document = Sessions.read(world);
        document.put("of_a_later_version", "x".repeat(8000));
        Sessions.write(world, LocalJson.write(document.members()));
        for (String blocks : List.of("0", "2")) {
            String before = Sessions.text(world);
            AstResult result =
                    world.runBehind(List.of("sh", "-c", "ulimit -f " + blocks + "; exec \"$@\"", "sh"), "token");
            assertThat(result.exit()).as("%s", result).isEqualTo(7);
            assertThat(result.out()).isEqualTo(server.newest(old.refresh()).access() + "\n");
            assertThat(result.err()).contains("cannot write").contains("hint: ");
            assertThat(Sessions.text(world)).isEqualTo(before);
            assertThat(world.files()).noneMatch(name -> name.endsWith(".tmp"));
            old = Sessions.signIn(world, server, "default", OVER);
        }
    }

    @Test
    @Case("I02")
    void signsOutHereWhateverTheServerDoes() {
        Tokens one = Sessions.signIn(world, server, "one", LONG);
        Tokens two = Sessions.signIn(world, server, "two", LONG);
        Sessions.signIn(world, server, "three", LONG);
        server.say("POST /revoke", Answer.status(503), Answer.status(503));
        AstResult failed = world.run("logout", "--profile", "one");
        assertThat(failed.exit()).as("%s", failed).isEqualTo(6);
        assertThat(failed.out()).contains("Signed out of one", "did not revoke", "stays valid until");
        assertThat(failed.out() + failed.err()).doesNotContain(one.access(), one.refresh());
        // An answer of 200 is success whatever its body (Keycloak); the access token is tried in every case.
        server.say("POST /revoke", AuthorizationServer.error(200, "invalid_token", ""));
        AstResult local = world.run("logout", "--profile", "two", "-o", "json");
        assertThat(local.exit()).as("%s", local).isZero();
        assertThat(((List<?>) value(local)).get(0))
                .isEqualTo(members(
                        "profile",
                        "two",
                        "was_signed_in",
                        true,
                        "removed",
                        true,
                        "revoked",
                        true,
                        "not_revoked_because",
                        null,
                        "valid_until",
                        null,
                        "problem",
                        null));
        assertThat(server.requests("POST /revoke"))
                .extracting(request -> request.form().get("token"))
                .containsExactly(one.refresh(), one.access(), two.refresh(), two.access());
        Sessions.signIn(world, server, "two", LONG);
        AstResult all = world.run("logout", "--all", "--local");
        assertThat(all.exit()).as("%s", all).isZero();
        assertThat(all.out())
                .contains("Signed out of three", "Signed out of two")
                .doesNotContain("one");
        assertThat(server.requests("POST /revoke")).hasSize(4);
        assertThat(Sessions.text(world)).doesNotContain("secret-of-the-test");

        // A server that is not there costs the tokens here nothing either.
        Sessions.signIn(world, server, "one", LONG);
        server.close();
        AstResult gone = world.run("logout", "--profile", "one");
        assertThat(gone.exit()).as("%s", gone).isEqualTo(6);
        assertThat(Sessions.profile(world, "one").has("tokens")).isFalse();
    }

    @Test
    void signsInOnlyIfNeeded() {
        Tokens tokens = Sessions.signIn(world, server, "default", LONG);
        List<String> login = server.login("--scope", "openid profile", "--if-needed");
        AstResult good = world.run(words(login));
        assertThat(good.exit()).as("%s", good).isZero();
        assertThat(good.out()).isEqualTo("Already signed in as ada@example.com\n");
        assertThat(world.run("login", "--if-needed").exit()).isZero();
        assertThat(server.requests("POST /device")).isEmpty();
        server.end(tokens.refresh());
        server.decide(Decision.APPROVED);
        JsonObject document = Sessions.read(world);
        document.object("profiles")
                .orElseThrow()
                .object("default")
                .orElseThrow()
                .object("tokens")
                .orElseThrow()
                .put("expires_at", Instant.now().minusSeconds(1));
        Sessions.write(world, LocalJson.write(document.members()));
        AstResult needed = world.run(words(login));
        assertThat(needed.exit()).as("%s", needed).isZero();
        assertThat(needed.out()).contains("Successfully authenticated as ada@example.com");
        assertThat(Sessions.token(world, "default", "refresh_token")).isNotEqualTo(tokens.refresh());
    }

    @Test
    @Case("B02")
    void takesATokenThatTheUserHas() {
        String access = server.signIn("openid").access();
        String[] words = words(server.login("--with-token"));
        AstResult wrong = world.runWithInput("canary-not-issued\n", words);
        assertThat(wrong.exit()).as("%s", wrong).isEqualTo(4);
        AstResult broken = world.runWithInput("canary\ntwo lines\n", words);
        assertThat(broken.exit()).isEqualTo(2);
        AstResult none = world.runWithInput("", words);
        assertThat(none.exit()).isEqualTo(2);
        assertThat(wrong.err() + broken.err() + none.err()).doesNotContain("canary");
        assertThat(Sessions.file(world)).doesNotExist();
        AstResult taken = world.runWithInput(access + "\r\n", words);
        assertThat(taken.exit()).as("%s", taken).isZero();
        assertThat(taken.err()).contains("A token that was given cannot be renewed.");
        assertThat(world.run("token").out()).isEqualTo(access + "\n");
        server.forget(access);
        assertThat(world.run("api", "/api/one").exit()).isEqualTo(1);
        assertThat(world.run("status", "--check").exit()).isEqualTo(5);
        assertThat(server.requests("POST /token")).isEmpty();
    }

    @Test
    @Case({"C07", "D01", "D06"})
    void takesTokensFromOptionAndEnvironmentForOneCommand() {
        Tokens stored = Sessions.signIn(world, server, "default", LONG);
        String other = server.signIn("openid").access();
        String before = Sessions.text(world);

        assertThat(withVariable("AST_TOKEN", other, "token").out()).isEqualTo(other + "\n");
        AstResult whoami = withVariable("AST_TOKEN", other, "whoami", "-o", "json");
        assertThat(JsonObject.of(value(whoami)).orElseThrow().text("credential_source"))
                .contains("environment AST_TOKEN");
        AstResult shown = withVariable("AST_TOKEN", other, "status", "-o", "json");
        JsonObject status = JsonObject.of(value(shown)).orElseThrow();
        assertThat(status.objects("environment").get(0).members())
                .isEqualTo(members("name", "AST_TOKEN", "set", true, "used", true));
        assertThat(shown.out()).doesNotContain(other);

        AstResult option = world.runWithInput(stored.access(), "token", "--token", "-");
        assertThat(option).isEqualTo(new AstResult(0, stored.access() + "\n", ""));
        AstResult literal = world.run("api", "/api/one", "--token", other);
        assertThat(literal.exit()).isZero();
        assertThat(literal.err()).contains("can be seen by other users").doesNotContain(other);

        AstResult logout = withVariable("AST_TOKEN", other, "logout", "--local");
        assertThat(logout.exit()).isEqualTo(1);
        assertThat(logout.err()).contains("(AST_TOKEN), which ast cannot remove", "hint: unset AST_TOKEN");
        assertThat(Sessions.text(world)).isNotEqualTo(before).doesNotContain(stored.refresh());
        AstResult again = withVariable("AST_TOKEN", other, "logout");
        assertThat(again.exit()).isEqualTo(1);
        assertThat(again.err()).contains("which ast cannot remove", "hint: unset AST_TOKEN");
        assertThat(server.requests("POST /token")).isEmpty();
    }

    @Test
    @Case("G08")
    void tellsFiveWaysInWhichASessionIsOrIsNotGood() {
        Sessions.signIn(world, server, "good", LONG);
        Tokens ended = Sessions.signIn(world, server, "ended", OVER);
        server.end(ended.refresh());
        AuthorizationServer away = new AuthorizationServer();
        Sessions.signIn(world, away, "away", LONG);
        away.close();
        List<AstResult> results = ManyRuns.of(
                world,
                List.of(
                        call("status", "--check", "--profile", "good"),
                        call("status", "--check", "--profile", "ended"),
                        call("status", "--check", "--profile", "nobody"),
                        call("status", "--check", "--profile", "away")));
        assertThat(results).extracting(AstResult::exit).containsExactly(0, 5, 4, 6);
        Sessions.write(world, "{");
        assertThat(world.run("status", "--check").exit()).isEqualTo(7);
    }

    private AstResult withVariable(String name, String value, String... arguments) {
        return world.runBehind(List.of("env", name + "=" + value), arguments);
    }

    private static void assertInAnHour(String time) {
        assertThat(time).matches("20[0-9-]{8}T[0-9:]{8}(\\.[0-9]+)?Z");
        assertThat(Instant.parse(time))
                .isBetween(Instant.now().plusSeconds(3400), Instant.now().plusSeconds(3600));
    }

    private static Object value(AstResult result) {
        assertThat(result.outLines()).as("%s", result).hasSize(1);
        Object value = Json.read(result.out().getBytes(StandardCharsets.UTF_8));
        assertThat(value).isNotNull();
        return value;
    }

    private static Map<String, Object> members(Object... namesAndValues) {
        Map<String, Object> members = new java.util.LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            members.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return members;
    }

    // A reader of YAML may take a time for a date.
    private static String withoutDates(Object document) {
        return String.valueOf(document).replaceAll("(expires_at=)[^,}]*", "$1");
    }

    private static String[] words(List<String> words) {
        return new ArrayList<>(words).toArray(String[]::new);
    }
}
