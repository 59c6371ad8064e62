package dev.ast.sandbox.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ast.sandbox.server.SandboxClient.Answer;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The authorization code grant with PKCE (RFC 7636) and a loopback redirect (RFC 8252), as a browser goes it. */
class CodeGrantTest {

    // The pair of RFC 7636, appendix B.
    private static final String VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    private static final String CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
    private static final String REDIRECT = "http://127.0.0.1:54321/callback";

    private static final SandboxServer SERVER = new SandboxServer();

    @BeforeAll
    static void start() throws IOException {
        SERVER.start(SandboxOptions.DEFAULTS);
    }

    @AfterAll
    static void stop() {
        SERVER.close();
    }

    @Test
    void allowingGivesACodeThatTheVerifierTurnsIntoTokens() {
        SandboxClient browser = new SandboxClient(SERVER);
        Answer consent = signInAndAskForConsent(browser);
        assertThat(consent.body()).contains("Ada Lovelace").doesNotContain("Code in your terminal");

        Answer allowed = browser.post("/oauth2/authorize", consentForm(consent, true));

        assertThat(allowed.status()).isEqualTo(302);
        assertThat(allowed.header("Location")).startsWith(REDIRECT + "?code=").endsWith("&state=xyz");
        Answer tokens = exchange(code(allowed), VERIFIER);
        assertThat(tokens.status()).isEqualTo(200);
        assertThat(tokens.string("refresh_token")).isNotEmpty();
        assertThat(tokens.string("id_token")).isNotEmpty();
        SandboxClient program = new SandboxClient(SERVER);
        assertThat(program.get("/userinfo", tokens.string("access_token")).string("email"))
                .isEqualTo("ada@example.com");
        assertThat(program.refresh(tokens.string("refresh_token")).status()).isEqualTo(200);
    }

    @Test
    void aCodeIsWorthNothingWithoutItsVerifier() {
        SandboxClient browser = new SandboxClient(SERVER);
        Answer allowed = browser.post("/oauth2/authorize", consentForm(signInAndAskForConsent(browser), true));

        assertThat(exchange(code(allowed), "wrong-verifier-wrong-verifier-wrong-verifier-12")
                        .status())
                .isEqualTo(400);
        Answer without = new SandboxClient(SERVER)
                .post(
                        "/oauth2/token",
                        Map.of(
                                "client_id",
                                SandboxServer.CLIENT_ID,
                                "grant_type",
                                "authorization_code",
                                "code",
                                code(allowed),
                                "redirect_uri",
                                REDIRECT));
        assertThat(without.status()).isEqualTo(401);
    }

    @Test
    void denyingTellsTheProgram() {
        SandboxClient browser = new SandboxClient(SERVER);

        Answer denied = browser.post("/oauth2/authorize", consentForm(signInAndAskForConsent(browser), false));

        assertThat(denied.header("Location"))
                .startsWith(REDIRECT + "?error=access_denied")
                .endsWith("&state=xyz");
    }

    @Test
    void denyingAfterAnEarlierPermissionStillDenies() {
        SandboxClient browser = new SandboxClient(SERVER);
        browser.post("/oauth2/authorize", consentForm(signInAndAskForConsent(browser), true));

        Answer again = browser.get(browser.get(authorizeAddress(REDIRECT)).header("Location"));
        Answer denied = browser.post("/oauth2/authorize", consentForm(again, false));

        assertThat(denied.header("Location")).startsWith(REDIRECT + "?error=access_denied");
    }

    @Test
    void aWrongPasswordStaysOnTheSignInPage() {
        SandboxClient browser = new SandboxClient(SERVER);

        assertThat(signIn(browser, "ada", "wrong").header("Location")).endsWith("/login?failed");
        assertThat(browser.get("/login?failed").body()).contains("User name or password is wrong.");
        assertThat(signIn(browser, "grace", "sandbox").header("Location")).endsWith("/");
        assertThat(browser.get("/").body()).contains("Grace Hopper");
    }

    @Test
    void otherRedirectsThanLoopbackAreNeverFollowed() {
        SandboxClient browser = new SandboxClient(SERVER);
        signIn(browser, "ada", "sandbox");

        Answer refused = browser.get(authorizeAddress("https://example.com/callback"));

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.header("Location")).isEmpty();
        assertThat(refused.body()).contains("That did not work");
    }

    private static Answer signInAndAskForConsent(SandboxClient browser) {
        Answer toLogin = browser.get(authorizeAddress(REDIRECT));
        assertThat(toLogin.status()).isEqualTo(302);
        assertThat(toLogin.header("Location")).endsWith("/login");
        Answer back = signIn(browser, "ada", "sandbox");
        Answer toConsent = browser.get(back.header("Location"));
        assertThat(toConsent.status()).isEqualTo(302);
        return browser.get(toConsent.header("Location"));
    }

    private static Answer signIn(SandboxClient browser, String user, String password) {
        String csrf = field(browser.get("/login").body(), "_csrf");
        return browser.post("/login", Map.of("_csrf", csrf, "username", user, "password", password));
    }

    private static String authorizeAddress(String redirect) {
        Map<String, String> query = new LinkedHashMap<>();
        query.put("response_type", "code");
        query.put("client_id", SandboxServer.CLIENT_ID);
        query.put("redirect_uri", redirect);
        query.put("scope", "openid email");
        query.put("state", "xyz");
        query.put("code_challenge", CHALLENGE);
        query.put("code_challenge_method", "S256");
        return "/oauth2/authorize?" + SandboxClient.encoded(query);
    }

    private static Map<String, String> consentForm(Answer consent, boolean allow) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("client_id", field(consent.body(), "client_id"));
        form.put("state", field(consent.body(), "state"));
        if (allow) {
            form.put("scope", "email");
        }
        return form;
    }

    private static Answer exchange(String code, String verifier) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("client_id", SandboxServer.CLIENT_ID);
        form.put("grant_type", "authorization_code");
        form.put("code", code);
        form.put("redirect_uri", REDIRECT);
        form.put("code_verifier", verifier);
        return new SandboxClient(SERVER).post("/oauth2/token", form);
    }

    private static String code(Answer redirect) {
        return first(Pattern.compile("[?&]code=([^&]+)"), redirect.header("Location"));
    }

    private static String field(String page, String name) {
        return first(Pattern.compile("name=\"" + name + "\" value=\"([^\"]+)\""), page);
    }

    private static String first(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        assertThat(matcher.find()).as(pattern + " in " + text).isTrue();
        return matcher.group(1);
    }
}
