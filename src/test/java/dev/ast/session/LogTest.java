package dev.ast.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ast.json.Json;
import dev.ast.support.AstInside;
import dev.ast.support.AstResult;
import dev.ast.support.AuthorizationServer;
import dev.ast.support.AuthorizationServer.Decision;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ast log}: what commands leave there, and how it is shown. */
class LogTest {
    private final AuthorizationServer server = new AuthorizationServer().decide(Decision.APPROVED);

    @TempDir
    private Path home;

    private AstInside ast;

    @BeforeEach
    void start() {
        ast = AstInside.in(home);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private AstResult good(String... words) {
        AstResult result = ast.run(words);
        assertThat(result.exit()).as("%s: %s", List.of(words), result).isZero();
        return result;
    }

    private List<?> log(String... more) {
        String[] words = new String[more.length + 3];
        System.arraycopy(new String[] {"log", "-o", "json"}, 0, words, 0, 3);
        System.arraycopy(more, 0, words, 3, more.length);
        AstResult fast = ast.fast(words).orElseThrow();
        assertThat(fast.exit()).as("%s", fast).isZero();
        return (List<?>) Json.read(fast.out().getBytes(StandardCharsets.UTF_8));
    }

    private List<String> events(String... more) {
        return log(more).stream()
                .map(entry -> (String) ((Map<?, ?>) entry).get("event"))
                .toList();
    }

    @Test
    void aProfileThatIsUnknownToTheLogIsMissing() {
        AstResult unknown = ast.run("log", "--profile", "nobody");
        assertThat(unknown.exit()).as("%s", unknown).isEqualTo(4);
        assertThat(unknown.err()).startsWith("ast: there is no profile nobody");
        good(server.login().toArray(String[]::new));
        good("profile", "rename", "default", "renamed");
        assertThat(events("--profile", "default"))
                .as("of a profile that is gone")
                .containsExactly("sign_in");
    }

    @Test
    void aWholeSession() throws Exception {
        assertThat(log()).isEmpty();
        good(server.login("--scope", "openid profile").toArray(String[]::new));
        String before = ast.credentials();
        good("profile", "create", "other", "--provider", "oidc", "--issuer", server.issuer(), "--client-id", "x");
        good("profile", "use", "other");
        good("profile", "use", "-");
        good("credential", "headers", server.issuer() + "/path?token=in-the-query");
        ast.pass(Duration.ofDays(1));
        good("token");
        String stored = before + ast.credentials();
        good("logout");
        assertThat(events())
                .containsExactly("sign_in", "profile_use", "profile_use", "helper_answer", "renewal", "sign_out");
        Map<?, ?> signIn = (Map<?, ?>) log().get(0);
        assertThat(signIn.get("profile")).isEqualTo("default");
        assertThat(signIn.get("identity")).isEqualTo("ada@example.com");
        Map<?, ?> answer = (Map<?, ?>) log().get(3);
        assertThat(answer.get("server")).isEqualTo(server.issuer());
        assertThat(answer.get("protocol")).isEqualTo("headers");
        assertThat((String) answer.get("program")).isNotEmpty();
        Path file = ast.astHome().resolve("log");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        Matcher tokens =
                Pattern.compile("\"(?:access|refresh)_token\":\"([^\"]+)").matcher(stored);
        assertThat(tokens.results().map(token -> token.group(1)).toList())
                .hasSizeGreaterThan(3)
                .noneMatch(Files.readString(file)::contains);
        assertThat(file).content().doesNotContain("in-the-query");

        assertThat(events("-n", "2")).containsExactly("renewal", "sign_out");
        assertThat(events("--since", "1h")).containsExactly("renewal", "sign_out");
        assertThat(events("--since", "2999-01-01")).isEmpty();
        assertThat(events("--profile", "other")).containsExactly("profile_use");
        assertThat(good("log", "-o", "json").out())
                .isEqualTo(ast.fast("log", "-o", "json").orElseThrow().out());
        assertThat(good("log", "-o", "csv").out()).startsWith("time,event,profile,identity,server,protocol,program\n");
        assertThat(good("log", "-o", "yaml", "-n", "1").out()).contains("event: sign_out");
        assertThat(good("log").out()).contains("TIME", "helper answer", "(headers)");
    }

    @Test
    void asessionThatTheServerEnded() {
        good(server.login("--scope", "openid profile").toArray(String[]::new));
        Matcher refresh = Pattern.compile("\"refresh_token\":\"([^\"]+)").matcher(ast.credentials());
        assertThat(refresh.find()).isTrue();
        server.end(refresh.group(1));
        ast.pass(Duration.ofDays(1));
        assertThat(ast.run("token").exit()).isEqualTo(5);
        assertThat(events()).containsExactly("sign_in", "session_ended");
    }

    @Test
    void asettingEndsIt() {
        ast.config("ast:\n  log:\n    enabled: false\n");
        good(server.login().toArray(String[]::new));
        assertThat(ast.astHome().resolve("log")).doesNotExist();
        assertThat(good("log").err()).contains("ast.log.enabled is false");
        assertThat(ast.run("config", "set", "log.enabled", "perhaps").exit()).isEqualTo(2);
    }

    @Test
    void otherValuesAreUsageErrors() {
        for (String[] wrong : new String[][] {
            {"-n", "0"}, {"-n", "10001"}, {"-n", "x"}, {"--since", "yesterday"}, {"--since", "2026-13-01"}
        }) {
            assertThat(ast.run("log", wrong[0], wrong[1]).exit()).as(wrong[1]).isEqualTo(2);
        }
    }
}
