package dev.ast.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ast.json.Json;
import dev.ast.json.JsonObject;
import dev.ast.support.AstInside;
import dev.ast.support.AstResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code profile set --also-for}, and what {@code profile show} and {@code why HOST} say about it. */
class AlsoForTest {
    @TempDir
    private Path folder;

    private AstInside ast;

    @BeforeEach
    void create() {
        ast = AstInside.in(folder);
        assertThat(ast.run("profile", "create", "work", "--server", "https://api.example.com", "--provider", "oidc")
                        .exit())
                .isZero();
    }

    @Test
    void originsAreNormalizedKeptOnceAndTakenAway() {
        AstResult set = ast.run(
                "profile",
                "set",
                "work",
                "--also-for",
                "https://GIT.example.com:443/",
                "--also-for",
                "https://bücher.example",
                "--also-for",
                "https://git.example.com",
                "--also-for",
                "http://127.0.0.1:3000",
                "--git-user",
                "x-token");

        assertThat(set.exit()).as(set.err()).isZero();
        JsonObject shown = shown();
        assertThat(shown.texts("also_for").orElseThrow())
                .containsExactly("https://git.example.com", "https://xn--bcher-kva.example", "http://127.0.0.1:3000");
        assertThat(shown.text("git_user")).contains("x-token");
        assertThat(ast.run("profile", "show", "work").out())
                .contains("Also for:", "https://git.example.com", "User for git:", "x-token");
        assertThat(ast.run("profile", "set", "work", "--not-for", "https://git.example.com:443")
                        .exit())
                .isZero();
        assertThat(shown().texts("also_for").orElseThrow())
                .containsExactly("https://xn--bcher-kva.example", "http://127.0.0.1:3000");
        AstResult again = ast.run("profile", "set", "work", "--not-for", "https://git.example.com");
        assertThat(again.exit()).isEqualTo(2);
        assertThat(again.err()).contains("not given to https://git.example.com");
    }

    private JsonObject shown() {
        return Json.readObject(
                ast.run("profile", "show", "work", "-o", "json").out().getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "git.example.com",
                "http://git.example.com",
                "https://user@git.example.com",
                "https://user:pw@git.example.com",
                "https://git.example.com/path",
                "https://git.example.com?q",
                "https://git.example.com#f",
                "https://*.example.com",
                "https://git.example.com:0",
                "https://git.example.com:99999",
                "https://fa\u00df.example",
                "https://",
                "ssh://git.example.com",
                "https://git.exam ple.com",
                "https://git.example.com\\@evil.example",
            })
    void whatIsNoOriginIsRefused(String text) {
        AstResult set = ast.run("profile", "set", "work", "--also-for", text);

        assertThat(set.exit()).isEqualTo(2);
        assertThat(set.err())
                .contains("not an origin")
                .contains("https://host:port")
                .doesNotContain("pw");
        assertThat(ast.credentials()).doesNotContain("also_for");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "two words", "a:b", "line\nbreak"})
    void aUserForGitIsOneWord(String name) {
        assertThat(ast.run("profile", "set", "work", "--git-user", name).exit()).isEqualTo(2);
    }

    @Test
    void whyNamesTheProfileThatAnswersForAHostAndTheRule() {
        ast.env("AST_TOKEN", "not-a-token").env("AST_PROFILE", "work");
        ast.run("profile", "set", "work", "--also-for", "https://git.example.com");

        assertThat(ast.run("why", "git.example.com").out())
                .contains("https://git.example.com (added by --also-for)")
                .contains("work (environment AST_PROFILE)");
        assertThat(ast.run("why", "https://api.example.com", "-o", "json").out())
                .isEqualTo("{\"origin\":\"https://api.example.com\",\"profile\":\"work\","
                        + "\"profile_rule\":\"environment AST_PROFILE\",\"origin_rule\":\"its server\"}\n");
        assertThat(ast.run("why", "git.example.com:8443").out()).contains("none answers for it");
        assertThat(ast.run("why", "evil.example", "-o", "json").out())
                .isEqualTo("{\"origin\":\"https://evil.example\",\"profile\":null,\"profile_rule\":null,"
                        + "\"origin_rule\":null}\n");
        for (String wrong : List.of("git.example.com/path", "user@git.example.com", "http://git.example.com")) {
            assertThat(ast.run("why", wrong).exit()).as(wrong).isEqualTo(2);
        }
        assertThat(ast.run("why", "git.example.com").out() + ast.run("why").out())
                .doesNotContain("not-a-token");
    }
}
