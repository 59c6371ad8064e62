package dev.ast.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ast.support.AstInside;
import dev.ast.support.AstResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A session whose tokens have all expired is called ended, before a server is asked. */
class EndedSessionTest {
    private static final String ENDED =
            "the session of default has ended: the access token and the refresh token have expired";

    @TempDir
    Path home;

    private AstInside ast;

    @BeforeEach
    void signIn() throws IOException {
        ast = AstInside.in(home);
        Instant now = ast.now();
        Files.createDirectories(ast.astHome());
        Files.setPosixFilePermissions(ast.astHome(), PosixFilePermissions.fromString("rwx------"));
        Path file = ast.astHome().resolve("credentials.json");
        String server = "http://127.0.0.1:9";
        Files.writeString(
                file,
                "{\"version\":1,\"profiles\":{\"default\":{\"provider\":\"astropods\",\"server\":\"" + server
                        + "\",\"storage\":\"file\",\"identity\":{\"subject\":\"u1\",\"name\":\"Ada\"},"
                        + "\"tokens\":{\"access_token\":\"at\",\"refresh_token\":\"rt\",\"token_type\":\"Bearer\","
                        + "\"issued_at\":\"" + now + "\",\"expires_at\":\"" + now.plus(Duration.ofMinutes(10))
                        + "\",\"refresh_expires_at\":\"" + now.plus(Duration.ofHours(1)) + "\",\"origin\":\"" + server
                        + "\",\"authority\":\"" + server + "\"}}}}");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void anExpiredAccessTokenIsNoEnd() {
        ast.pass(Duration.ofMinutes(20));
        AstResult who = ast.run("whoami");
        assertThat(who.exit()).as("%s", who).isZero();
        assertThat(who.out()).contains("access token expired, the next command renews it");
        assertThat(ast.run("why").out()).contains("access token expired, the next command renews it");
        assertThat(ast.run("status").out()).contains("access token expired, the next command renews it");
    }

    @Test
    void anExpiredRefreshTokenIs() {
        ast.pass(Duration.ofHours(2));
        AstResult who = ast.run("whoami");
        assertThat(who.exit()).isEqualTo(5);
        assertThat(who.err()).isEqualTo("ast: " + ENDED + "\nhint: ast login\n");
        assertThat(ast.run("status").out()).contains("State:", ENDED, "Next:", "ast login");
        assertThat(ast.run("why").out()).contains("Problem:", ENDED).doesNotContain("renewed");
    }
}
