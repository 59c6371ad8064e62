package dev.ast.login;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ast.domain.ProfileName;
import dev.ast.domain.Secret;
import dev.ast.domain.ServerOrigin;
import dev.ast.domain.TokenSet;
import dev.ast.host.Browser;
import dev.ast.host.Environment;
import dev.ast.host.Interrupts;
import dev.ast.http.Http;
import dev.ast.oauth.DpopProofs;
import dev.ast.oauth.TokenRequests;
import dev.ast.provider.AccountNames;
import dev.ast.support.Answer;
import dev.ast.support.ScriptedServer;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The choice of a user name at a first sign-in. */
class AccountClaimTest {
    private final ScriptedServer server = ScriptedServer.http();
    private final Http http = new Http(Environment.of(Map.of()), new Interrupts(), "ast/test");
    private final AccountClaim claim = new AccountClaim(new AccountNames(new TokenRequests(http, new DpopProofs(InstantSource.system()))));

    @AfterEach
    void stop() {
        http.close();
        server.close();
    }

    private boolean run(Answers screen) {
        TokenSet tokens = TokenSet.given(server.origin(), Secret.of("at"), Instant.EPOCH, Optional.empty());
        return claim.run(server.origin(), tokens, screen);
    }

    @Test
    void aNameIsCheckedAndThenMade() {
        server.on("GET /api/v1/accounts/check/taken", Answer.json("{\"available\":false,\"reason\":\"in use\"}"));
        server.on("GET /api/v1/accounts/check/ada-l", Answer.json("{\"available\":true}"));
        server.on("POST /api/v1/accounts", Answer.json(201, "{\"id\":\"a1\",\"name\":\"ada-l\"}"));
        Answers screen = new Answers("taken", "ada-l");

        assertThat(run(screen)).isTrue();

        assertThat(screen.printed).containsExactly("This name cannot be used: in use");
        assertThat(server.requests("POST /api/v1/accounts")).hasSize(1);
        assertThat(server.requests("POST /api/v1/accounts").get(0).text())
                .isEqualTo("{\"name\":\"ada-l\",\"type\":\"personal\"}");
        assertThat(server.requests("POST /api/v1/accounts").get(0).header("Authorization"))
                .contains("Bearer at");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "Ada", "1ada", "ada-", "ada--l", "-ada", "ada l", "../me", "ada.l"})
    void aNameThatCannotBeIsNotSent(String name) {
        Answers screen = new Answers(name);

        assertThat(run(screen)).isFalse();

        assertThat(screen.printed).hasSize(1).first().asString().startsWith("This name cannot be used: use 2 to 39");
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void theLongestNameHas39Characters() {
        server.on("*", Answer.json("{\"available\":true}"));

        assertThat(run(new Answers("a".repeat(39)))).isTrue();
        assertThat(run(new Answers("a".repeat(40)))).isFalse();
    }

    @Test
    void noAnswerSkipsIt() {
        assertThat(run(new Answers())).isFalse();
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void aServerThatFailsDoesNotFailTheSignIn() {
        server.on("*", Answer.json(500, "{\"error\":\"broken\"}"));
        Answers screen = new Answers("ada");

        assertThat(run(screen)).isFalse();
        assertThat(screen.printed).hasSize(1).first().asString().startsWith("No name was chosen:");
    }

    /** A user with prepared answers. */
    private static final class Answers implements SignInScreen {
        private final Deque<String> answers;
        private final List<String> printed = new ArrayList<>();

        private Answers(String... answers) {
            this.answers = new ArrayDeque<>(Arrays.asList(answers));
        }

        @Override
        public boolean canAsk() {
            return true;
        }

        @Override
        public boolean attended() {
            return true;
        }

        @Override
        public Question pasting(String question) {
            throw new AssertionError(question);
        }

        @Override
        public void elsewhere(URI redirect, int port, Browser.Place place, boolean paste) {
            throw new AssertionError(redirect);
        }

        @Override
        public void requireUser(String question) {}

        @Override
        public Optional<String> ask(String question) {
            return Optional.ofNullable(answers.poll());
        }

        @Override
        public boolean offer(String why, String way) {
            throw new AssertionError(way);
        }

        @Override
        public Secret askSecret(String question, String instead) {
            throw new AssertionError(question);
        }

        @Override
        public void say(String line) {
            printed.add(line);
        }

        @Override
        public void asking(String platform, ServerOrigin place, ProfileName profile) {
            throw new AssertionError(platform);
        }

        @Override
        public void code(String userCode, String address, boolean picture) {
            throw new AssertionError(userCode);
        }

        @Override
        public void address(String address, boolean picture) {
            throw new AssertionError(address);
        }

        @Override
        public void warn(String why) {
            throw new AssertionError(why);
        }

        @Override
        public void opening() {
            throw new AssertionError("nothing is opened here");
        }

        @Override
        public void warnOfStrangers() {
            throw new AssertionError("there is no code here");
        }

        @Override
        public <T> T waiting(Instant until, Supplier<T> work) {
            return work.get();
        }

        @Override
        public <T> T waitingForBrowser(Instant until, Supplier<T> work) {
            return work.get();
        }
    }
}
