package dev.ast.login.importing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ast.support.AstInside;
import dev.ast.support.AstResult;
import dev.ast.support.PrivateSession;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code auth import} of the two keyring items of the Go program, from a real gnome-keyring on a private bus. */
class ImportKeyringIT {
    @TempDir
    private Path home;

    private static void store(PrivateSession session, String user, String secret) throws Exception {
        // As zalando/go-keyring writes it.
        String[] command = {
            "secret-tool",
            "store",
            "--label",
            "Password for '" + user + "' on 'astro-cli'",
            "username",
            user,
            "service",
            "astro-cli"
        };
        assertThat(session.run(secret, command).exit()).isZero();
    }

    private static String lookup(PrivateSession session, String user) throws Exception {
        return session.run("secret-tool", "lookup", "service", "astro-cli", "username", user)
                .output();
    }

    @Test
    void theTokensComeFromTheKeyringAndStayThere() throws Exception {
        Path file = Files.createDirectories(home.resolve(".astro")).resolve("credentials.json");
        String text =
                "{\"profiles\":{\"work\":{\"expires_at\":\"2999-01-01T00:00:00Z\",\"server_url\":\"http://127.0.0.1:1\","
                        + "\"user\":{\"id\":\"u1\",\"email\":\"ada@example.com\"}},\"gone\":{\"user\":{\"id\":\"u2\"}}}}";
        Files.writeString(file, text);
        try (PrivateSession session = PrivateSession.gnomeKeyring()) {
            store(session, "work_access_token", "go-access-token");
            store(session, "work_refresh_token", "go-refresh-token");
            AstInside ast = AstInside.in(home)
                    .config("ast:\n  providers:\n    astropods:\n      token-uri: http://127.0.0.1:1/token\n")
                    .env("DBUS_SESSION_BUS_ADDRESS", session.environment().get("DBUS_SESSION_BUS_ADDRESS"));

            AstResult asked = ast.run("auth", "import");
            assertThat(asked.exit()).isEqualTo(2);
            assertThat(asked.err())
                    .contains(file + " and the system keyring: astropods", "ada@example.com, as profile work", "--yes")
                    .doesNotContain("not renewable", "profile gone", "go-access", "go-refresh");
            assertThat(ast.astHome().resolve("credentials.json")).doesNotExist();

            session.control("lock");
            AstResult locked = ast.run("auth", "import", "--yes");
            assertThat(locked.exit()).isZero();
            assertThat(locked.err()).contains("could not be read: the system keyring is locked", "Nothing was found");
            session.control("unlock");

            AstResult taken = ast.run("auth", "import", "--yes");
            assertThat(taken.exit()).as(taken.err()).isZero();
            assertThat(taken.out()).contains("Took over profile work");
            assertThat(ast.run("token", "--profile", "work").out()).isEqualTo("go-access-token\n");
            assertThat(ast.credentials()).contains("go-refresh-token");

            assertThat(lookup(session, "work_access_token")).isEqualTo("go-access-token");
            assertThat(lookup(session, "work_refresh_token")).isEqualTo("go-refresh-token");
            assertThat(file).hasContent(text);
            assertThat(ast.run("auth", "import", "--yes").err()).contains("Nothing was found");
        }
    }
}
