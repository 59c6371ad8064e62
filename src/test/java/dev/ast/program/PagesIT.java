package dev.ast.program;

import static dev.ast.support.PlatformReplicas.ASTRO_ACCESS_TOKEN;
import static dev.ast.support.PlatformReplicas.ASTRO_API_TOKEN;
import static dev.ast.support.PlatformReplicas.ASTRO_USER_TOKEN;
import static dev.ast.support.PlatformReplicas.KEY_ID;
import static dev.ast.support.PlatformReplicas.KEY_SECRET;
import static dev.ast.support.PlatformReplicas.SEQERA_PAT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ast.support.AstResult;
import dev.ast.support.AstWorld;
import dev.ast.support.Case;
import dev.ast.support.PlatformReplicas;
import dev.ast.support.Request;
import dev.ast.support.RunningAst;
import dev.ast.support.ScriptedServer;
import dev.ast.support.Sessions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Every command line and variable of the platforms' five pages, as printed there with {@code ast} for {@code astro} and
 * {@code seqera}, once on a machine where nobody has signed in or made a profile. The platforms are replicas; only
 * their addresses are configured.
 */
class PagesIT {
    private static final Duration LONG = Duration.ofMinutes(3);
    private static final Pattern OPEN = Pattern.compile("(?m)^  Open: (\\S+)$");
    private static final String TAKEN = "another program has that port";

    private final PlatformReplicas platforms = new PlatformReplicas();
    private final AstWorld world = AstWorld.create().env("AST_STORAGE", "file");

    @BeforeEach
    void prepare() throws IOException {
        Files.writeString(world.astHome().resolve("config.yml"), platforms.addresses());
    }

    @AfterEach
    void stop() {
        world.close();
        platforms.close();
    }

    private AstResult good(String... words) {
        AstResult result = world.run(words);
        assertThat(result.exit()).as("%s: %s", List.of(words), result).isZero();
        return result;
    }

    /** A sign-in whose printed address is opened in a browser; it is begun again while another build has the port. */
    private AstResult inBrowser(int port, String... words) {
        AstResult[] last = new AstResult[1];
        Awaitility.await()
                .atMost(LONG)
                .pollInterval(Duration.ofMillis(200))
                .ignoreExceptionsInstanceOf(IOException.class)
                .until(() -> {
                    new ServerSocket(port, 1, InetAddress.getLoopbackAddress()).close();
                    last[0] = opened(words);
                    return !last[0].err().contains(TAKEN);
                });
        assertThat(last[0].exit()).as("%s", last[0]).isZero();
        return last[0];
    }

    private AstResult opened(String... words) throws Exception {
        try (RunningAst ast = world.start(words)) {
            ast.endInput();
            String printed;
            try {
                printed = ast.awaitErr("Ctrl-C cancels", LONG);
            } catch (AssertionError e) {
                AstResult ended = ast.await(LONG);
                if (ended.err().contains(TAKEN)) {
                    return ended;
                }
                throw e;
            }
            Matcher address = OPEN.matcher(printed);
            assertThat(address.find()).as(printed).isTrue();
            HttpResponse<String> page = HttpClient.newBuilder()
                    .followRedirects(HttpClient.Redirect.ALWAYS)
                    .build()
                    .send(
                            HttpRequest.newBuilder(URI.create(address.group(1))).build(),
                            HttpResponse.BodyHandlers.ofString());
            assertThat(page.statusCode()).as(page.body()).isEqualTo(200);
            return ast.await(LONG);
        }
    }

    private void nothingIsKept(String... secrets) {
        if (Files.exists(Sessions.file(world))) {
            assertThat(Sessions.text(world)).doesNotContain(secrets);
        }
    }

    private static List<String> tokensOf(List<Request> revocations) {
        return revocations.stream().map(request -> request.form().get("token")).toList();
    }

    @Test
    @Case("P01")
    void theAuthenticationPageOfAstropods() {
        AstResult login = good("login");
        assertThat(login.err())
                .contains(
                        "Signing in to Astro AI",
                        "  Code: ABCD-EFGH\n",
                        "  Open: " + platforms.workOs().uri(""));
        assertThat(login.out()).contains("Successfully authenticated as ada@example.com");
        assertThat(good("whoami").out()).contains("Ada Lovelace", "ada@example.com", "ada");
        assertThat(good("token").out()).isEqualTo(ASTRO_ACCESS_TOKEN + "\n");
        assertThat(good("api", "/api/v1/me").out()).contains("ada@example.com");
        AstResult elsewhere = world.run("whoami", "--server", "http://127.0.0.1:1");
        assertThat(elsewhere.exit()).as("%s", elsewhere).isEqualTo(4);
        assertThat(good("logout").out()).contains("Signed out of default");
        nothingIsKept(ASTRO_ACCESS_TOKEN, "canary-refresh-1");

        assertThat(good("login", "--no-browser").err())
                .contains("  Code: ABCD-EFGH\n")
                .doesNotContain("Opening browser");
        assertThat(good("logout", "--all").out()).contains("Signed out of default");
        nothingIsKept(ASTRO_ACCESS_TOKEN, "canary-refresh-1");
        assertThat(world.run("whoami").exit()).isEqualTo(4);
    }

    @Test
    @Case({"P02", "P04"})
    void thePagesOfAstronomerAboutAutomation() {
        world.env("ASTRONOMER_KEY_ID", KEY_ID).env("ASTRONOMER_KEY_SECRET", KEY_SECRET);
        assertThat(good("token").out()).isEqualTo("canary-key-token\n");
        assertThat(good("whoami").out())
                .contains("The server knows no user for this token", "environment ASTRONOMER_KEY_ID");
        assertThat(good("context", "list").out()).contains("Acme", "Research");
        good("status", "--check");

        world.withoutEnv("ASTRONOMER_KEY_ID")
                .withoutEnv("ASTRONOMER_KEY_SECRET")
                .env("ASTRO_API_TOKEN", ASTRO_API_TOKEN);
        assertThat(good("token").out()).isEqualTo(ASTRO_API_TOKEN + "\n");
        assertThat(good("status").out()).contains("default *  astronomer", "ASTRO_API_TOKEN (used)");
        assertThat(good("why").out()).contains("ASTRO_API_TOKEN names the platform astronomer");
        assertThat(good("api", "/v1/organizations").out()).contains("clorg");
        good("status", "--check");
        nothingIsKept(ASTRO_API_TOKEN, KEY_SECRET, "canary-key-token");

        world.env("ASTRO_API_TOKEN", "canary-unknown");
        AstResult refused = world.run("whoami");
        assertThat(refused.exit()).as("%s", refused).isEqualTo(4);
        assertThat(refused.err())
                .contains("the token in ASTRO_API_TOKEN is not accepted")
                .doesNotContain("canary");
        world.env("TOWER_ACCESS_TOKEN", SEQERA_PAT);
        AstResult both = world.run("token");
        assertThat(both.exit()).as("%s", both).isEqualTo(2);
        assertThat(both.err()).contains("ASTRO_API_TOKEN", "TOWER_ACCESS_TOKEN").doesNotContain("canary");
    }

    @Test
    @Case({"P03", "P10"})
    void thePageOfAstronomersLogin() throws IOException {
        String domain = "127.0.0.1:" + platforms.astronomerApi().port();
        for (String option : List.of("--login-link", "-l", "--no-browser")) {
            AstResult login = inBrowser(12345, "auth", "login", domain, option);
            assertThat(login.err()).contains("Signing in to Astro").doesNotContain("Opening browser");
            assertThat(login.out()).contains("Successfully authenticated as ada@example.com");
            assertThat(good("auth", "token").out()).isEqualTo(ASTRO_USER_TOKEN + "\n");
            ScriptedServer auth0 = platforms.auth0();
            int before = auth0.requests("POST /oauth/revoke").size();
            good("auth", "logout");
            assertThat(tokensOf(auth0.requests("POST /oauth/revoke")).subList(before, before + 2))
                    .containsExactly("canary-refresh-1", ASTRO_USER_TOKEN);
            nothingIsKept(ASTRO_USER_TOKEN, "canary-refresh-1");
        }
        // Nobody has a browser here; the address is printed all the same.
        assertThat(inBrowser(12345, "login", domain).out()).contains("Successfully authenticated as ada@example.com");
        good("logout");

        assertThat(good("auth", "login", domain, "--token-login", ASTRO_USER_TOKEN)
                        .out())
                .contains("Successfully authenticated as ada@example.com");
        good("auth", "login", domain, "-t", ASTRO_USER_TOKEN);
        assertThat(good("auth", "token", "-d", domain).out()).isEqualTo(ASTRO_USER_TOKEN + "\n");
        good("auth", "logout", domain);
        nothingIsKept(ASTRO_USER_TOKEN);

        try (ServerSocket taken = take(12345)) {
            AstResult login = world.run("auth", "login", domain, "-l");
            assertThat(login.exit()).as("%s", login).isEqualTo(1);
            assertThat(login.err()).contains(TAKEN, "https://cloud.astronomer.io/token", "--token-login\n");
            assertThat(taken.isBound()).isTrue();
        }
    }

    /** Takes a port; another build that has it just now gives it back. */
    private static ServerSocket take(int port) {
        ServerSocket[] taken = new ServerSocket[1];
        Awaitility.await()
                .atMost(LONG)
                .ignoreExceptionsInstanceOf(IOException.class)
                .until(() -> {
                    taken[0] = new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
                    return true;
                });
        return taken[0];
    }

    @Test
    @Case("P05")
    void theAuthenticationPageOfSeqera() {
        assertThat(good("ai", "--token", SEQERA_PAT).out()).contains("ada@example.com", "option --token");
        world.env("TOWER_ACCESS_TOKEN", SEQERA_PAT);
        assertThat(good("ai").out()).contains("ada@example.com", "environment TOWER_ACCESS_TOKEN");
        assertThat(good("status").out()).contains("default *  seqera", "TOWER_ACCESS_TOKEN (used)");
        world.withoutEnv("TOWER_ACCESS_TOKEN").env("SEQERA_ACCESS_TOKEN", SEQERA_PAT);
        assertThat(good("whoami").out()).contains("ada@example.com", "environment SEQERA_ACCESS_TOKEN");
        world.withoutEnv("SEQERA_ACCESS_TOKEN");
        nothingIsKept(SEQERA_PAT);

        AstResult login = inBrowser(53682, "login", "--provider", "seqera");
        assertThat(login.out()).contains("Successfully authenticated as ada@example.com");
        assertThat(good("status").out()).containsPattern("Logged in as: +ada").contains("Session expires:");
        good("logout");
        assertThat(tokensOf(platforms.seqeraApi().requests("POST /revoke")))
                .containsExactly("canary-refresh-1", SEQERA_PAT);
        nothingIsKept(SEQERA_PAT, "canary-refresh-1");
        inBrowser(53682, "login");
        good("logout", "--all");
        nothingIsKept(SEQERA_PAT, "canary-refresh-1");
    }
}
