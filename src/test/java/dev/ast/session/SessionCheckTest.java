package dev.ast.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ast.support.AstInside;
import dev.ast.support.AstResult;
import dev.ast.support.AuthorizationServer;
import dev.ast.support.AuthorizationServer.Decision;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code status --check --min-ttl}: whether the session will do for what a script is about to begin. */
class SessionCheckTest {
    private final AuthorizationServer server = new AuthorizationServer();

    private AstInside ast;

    @BeforeEach
    void signIn(@TempDir Path home) {
        ast = AstInside.in(home);
        server.life(Duration.ofHours(1)).decide(Decision.APPROVED);
        AstResult login = ast.run(server.login().toArray(String[]::new));
        assertThat(login.exit()).as("%s", login).isZero();
    }

    @AfterEach
    void close() {
        server.close();
    }

    private int check() {
        return ast.run("status", "--check", "--min-ttl", "30m").exit();
    }

    @Test
    void whatLastsLongEnoughIsLeftAndWhatLastsLessIsRenewed() {
        assertThat(check()).isZero();
        assertThat(server.tokenRequests("refresh_token")).isEmpty();

        ast.pass(Duration.ofMinutes(40));
        assertThat(check()).isZero();
        assertThat(server.tokenRequests("refresh_token")).hasSize(1);
        assertThat(check()).isZero();
        assertThat(server.tokenRequests("refresh_token")).hasSize(1);
    }

    @Test
    void aSessionThatCannotBeRenewedForSoLongIsNotGood() {
        String access = ast.run("token").out().strip();
        AstResult given = ast.run("status", "--check", "--token", access);
        assertThat(given.exit()).as("%s", given).isZero();

        ast.pass(Duration.ofMinutes(40));
        server.say("POST /token", AuthorizationServer.error(400, "invalid_grant", "the session was ended"));
        assertThat(check()).isEqualTo(5);
    }

    @Test
    void theTimeGoesWithTheCheck() {
        AstResult alone = ast.run("status", "--min-ttl", "30m");
        assertThat(alone.exit()).isEqualTo(2);
        assertThat(alone.err()).contains("--min-ttl goes with --check", "ast status --check --min-ttl 30m");
        assertThat(ast.run("status", "--check", "--min-ttl", "soon").exit()).isEqualTo(2);
    }
}
