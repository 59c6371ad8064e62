package dev.ast.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ast.support.AstResult;
import dev.ast.support.HelperDesk;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which origin gets which profile's token, by whatever protocol it is asked for. */
class WhichOriginTest {
    @TempDir
    private Path folder;

    private HelperDesk desk;

    @BeforeEach
    void signIn() {
        desk = new HelperDesk(folder)
                .profile(
                        "work",
                        "https://api.example.com",
                        "https://git.example.com",
                        "https://git.example.com:8443",
                        "https://xn--bcher-kva.example",
                        "http://127.0.0.1:3000")
                .active("work");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://api.example.com",
                "https://api.example.com:443/",
                "https://GIT.example.com/org/repo.git?x=1#y",
                "https://git.example.com:8443/a",
                "https://b\u00fccher.example/",
                "http://127.0.0.1:3000/v1",
            })
    void theProfileAnswersForItsServerAndItsList(String address) {
        everyProtocol(address)
                .forEach((protocol, answer) -> assertThat(answer.out())
                        .as("%s: %s%s", protocol, address, answer.err())
                        .contains("at-work"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://git.example.com/",
                "http://api.example.com/",
                "https://git.example.com:444/",
                "https://git.example.com:80/",
                "https://git.example.com.evil.example/",
                "https://evil.example/git.example.com",
                "https://evil.example?git.example.com",
                "https://evil.example#git.example.com",
                "https://evilgit.example.com/",
                "https://x.git.example.com/",
                "https://example.com/",
                "https://git.example.com./",
                "https://git.example.co/",
                "https://git.example.com@evil.example/",
                "https://evil.example@git.example.com/",
                "https://user:password@git.example.com/",
                "https://git.example.com\\@evil.example/",
                "https://git.example.com%2eevil.example/",
                "https://git.example.com%00.evil.example/",
                "https://git.ex\u0430mple.com/",
                "https://git\u3002example\u3002com.evil.example/",
                "https://*.example.com/",
                "https://127.0.0.1:3000/",
                "http://127.0.0.1:3001/",
                "http://localhost:3000/",
                "http://127.0.0.2:3000/",
                "http://127.1:3000/",
                "http://2130706433:3000/",
                "http://[::ffff:127.0.0.1]:3000/",
                "https://b\u00fc\u200dcher.example/",
                "ftp://git.example.com/",
                "file:///git.example.com",
                "ssh://git.example.com/",
                "//git.example.com/",
                "https:git.example.com",
                "https:///git.example.com",
                "https://",
                "\t",
                "git.example.com:8443:443",
                "https://git.example.com:65536/",
                "https://git.example.com:0443x/",
            })
    void nobodyElseIsAnswered(String address) {
        everyProtocol(address)
                .forEach((protocol, answer) -> assertThat(answer.out() + answer.err())
                        .as("%s: %s", protocol, address)
                        .doesNotContain("at-work"));
    }

    private Map<String, AstResult> everyProtocol(String address) {
        String rest = address.replaceFirst("^[a-z]+://", "");
        String host = rest.replaceFirst("[/?#].*", "");
        String scheme = address.contains(":") ? address.replaceFirst(":.*", "") : "https";
        String json = address.replace("\\", "\\\\").replace("\t", "\\t");
        desk.env("KUBERNETES_EXEC_INFO", """
                {"apiVersion":"client.authentication.k8s.io/v1","spec":{"cluster":{"server":"%s"},"interactive":false}}\
                """.formatted(json));
        return Map.of(
                "git", desk.ask("protocol=" + scheme + "\nhost=" + host + "\n\n", "git", "get"),
                "bazel", desk.ask("{\"uri\":\"" + json + "\"}", "bazel", "get"),
                "kubectl", desk.ask("", "kubectl", "--access-token"),
                "terraform", desk.ask("", "terraform", "get", address),
                "cargo",
                        desk.ask(
                                "{\"v\":1,\"kind\":\"get\",\"registry\":{\"index-url\":\"sparse+" + json + "\"}}\n",
                                "cargo",
                                "--cargo-plugin"),
                "headers", desk.ask("", "headers", address));
    }

    @Test
    void theOneThatListsAnOriginAnswersBeforeTheActiveOne() {
        desk.profile("home", "https://git.example.com");
        desk.active("home");

        assertThat(git("git.example.com")).contains("at-work");
        desk.profile("other", "https://other.example.com");
        assertThat(git("other.example.com")).contains("at-other");
        desk.env("AST_PROFILE", "home");
        assertThat(git("git.example.com")).contains("at-home");
        assertThat(git("other.example.com")).isEmpty();
        assertThat(desk.ask("protocol=https\nhost=git.example.com\n", "git", "get", "--profile", "work")
                        .out())
                .contains("at-work");
        desk.env("AST_PROFILE", "wrk");
        AstResult unknown = desk.ask("protocol=https\nhost=git.example.com\n", "git", "get");
        assertThat(unknown.exit()).isEqualTo(4);
        assertThat(unknown.out()).isEmpty();
        assertThat(unknown.err()).contains("there is no profile wrk; did you mean work?");
    }

    @Test
    void ofTwoThatFitByTheirServerTheActiveOneAnswers() {
        desk.profile("home", "https://shared.example.com").profile("second", "https://shared.example.com");

        AstResult both = desk.ask("protocol=https\nhost=shared.example.com\n", "git", "get");
        assertThat(both.exit()).isEqualTo(2);
        assertThat(both.out()).isEmpty();
        assertThat(both.err())
                .contains("the profiles home and second both answer for https://shared.example.com")
                .contains("AST_PROFILE");
        desk.active("second");
        assertThat(git("shared.example.com")).contains("at-second");
    }

    @Test
    void twoThatListTheSameOriginAreAnError() {
        desk.profile("home", "https://home.example.com", "https://git.example.com");

        assertThat(desk.ask("protocol=https\nhost=git.example.com\n", "git", "get")
                        .err())
                .contains("the profiles work and home both answer for https://git.example.com");
        AstResult cargo = desk.ask(
                "{\"v\":1,\"kind\":\"get\",\"registry\":{\"index-url\":\"https://git.example.com\"}}", "cargo");
        assertThat(cargo.exit()).isZero();
        assertThat(cargo.out()).contains("\"kind\":\"other\"").contains("work and home both answer");
    }

    @Test
    void aSessionThatHasEndedIsSaidUnlessAnotherProfileAnswers() {
        Map<String, Object> ended = Map.of("session_ended_at", Instant.parse("2026-01-01T00:00:00Z"));
        desk.profile("old", "https://old.example.com", ended, Map.of());

        AstResult old = desk.ask("protocol=https\nhost=old.example.com\n", "git", "get");
        assertThat(old.exit()).isEqualTo(5);
        assertThat(old.err()).contains("the session of old has ended").contains("ast login --profile old");
        desk.profile("new", "https://old.example.com");
        assertThat(git("old.example.com")).contains("at-new");
    }

    @Test
    void aTokenOfTheEnvironmentIsForTheActiveProfileOnly() {
        desk.profile("other", "https://other.example.com", "https://also.example.com")
                .env("AST_TOKEN", "from-outside");

        assertThat(git("api.example.com")).contains("from-outside");
        assertThat(git("git.example.com")).contains("from-outside");
        assertThat(git("other.example.com")).isEmpty();
        assertThat(git("also.example.com")).isEmpty();
        assertThat(desk.ask("", "headers", "https://other.example.com").out()).isEmpty();
    }

    private String git(String host) {
        AstResult answer = desk.ask("protocol=https\nhost=" + host + "\n\n", "git", "get");
        assertThat(answer.exit()).as(answer.err()).isZero();
        return answer.out();
    }

    @Test
    void whoeverIsOnNoListIsToldHowToGetThere() {
        AstResult headers = desk.ask("", "headers", "https://new.example.com/path");
        assertThat(headers.exit()).isEqualTo(4);
        assertThat(headers.err()).isEqualTo("""
                        ast: no profile that is signed in answers for https://new.example.com
                        hint: ast profile set NAME --also-for https://new.example.com
                        """);
        assertThat(List.of(desk.ask("", "headers").out())).containsExactly("Authorization: Bearer at-work\n");
    }
}
