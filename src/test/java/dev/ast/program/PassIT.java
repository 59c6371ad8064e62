package dev.ast.program;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ast.support.AstResult;
import dev.ast.support.AstWorld;
import dev.ast.support.AuthorizationServer;
import dev.ast.support.AuthorizationServer.Tokens;
import dev.ast.support.Packages;
import dev.ast.support.Sessions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The program with its tokens in pass, encrypted by GnuPG, through the real docker-credential-pass. */
@Timeout(120)
class PassIT {
    private final AstWorld world = AstWorld.create();
    private final AuthorizationServer server = new AuthorizationServer();

    @AfterEach
    void close() throws Exception {
        if (world.environment().containsKey("GNUPGHOME")) {
            run("gpgconf", "--kill", "all");
        }
        world.close();
        server.close();
    }

    private void run(String... command) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().putAll(world.environment());
        Process process = builder.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as("%s: %s", List.of(command), output).isZero();
    }

    private AstResult good(String... words) {
        AstResult result = world.run(words);
        assertThat(result.exit()).as("%s: %s", List.of(words), result).isZero();
        return result;
    }

    private List<String> items(Path store) throws IOException {
        try (Stream<Path> files = Files.walk(store)) {
            return files.map(Path::toString)
                    .filter(name -> name.endsWith(".gpg"))
                    .toList();
        }
    }

    private void assertInNoFile(List<String> secrets) throws IOException {
        for (String name : world.files()) {
            Path file = world.home().getParent().resolve(name);
            // gpg-agent has sockets there.
            if (Files.isRegularFile(file)) {
                assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                        .as(name)
                        .doesNotContain(secrets);
            }
        }
    }

    @Test
    void aWholeSessionOfTwoProfiles() throws Exception {
        Packages.require("docker-credential-pass", "pass", "gpg");
        Path keys = Files.createDirectory(
                world.home().resolve("keys"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Path store = world.home().resolve("store");
        world.env("GNUPGHOME", keys.toString()).env("PASSWORD_STORE_DIR", store.toString());
        run("gpg", "--batch", "--passphrase", "", "--quick-generate-key", "ast-test", "future-default");
        run("pass", "init", "ast-test");
        Tokens first = Sessions.signIn(world, server, "default", Duration.ofSeconds(-1));
        Tokens other = Sessions.signIn(world, server, "other", Duration.ofHours(1));

        AstResult moved = good("auth", "migrate", "--to", "helper:pass");
        assertThat(moved.out()).contains("Moved the tokens of default to the docker-credential-pass");
        assertThat(Sessions.profile(world, "default").text("storage")).contains("helper:pass");
        assertThat(items(store)).hasSize(2);
        String renewed = good("token").out().strip();
        assertThat(renewed).isNotEqualTo(first.access());
        assertThat(server.tokenRequests("refresh_token")).hasSize(1);
        assertThat(good("token").out().strip()).isEqualTo(renewed);
        assertThat(good("token", "--profile", "other").out().strip()).isEqualTo(other.access());
        assertThat(good("whoami").out()).contains("ada@example.com");
        assertThat(good("status").out()).containsPattern("Stored in: +docker-credential-pass");
        assertInNoFile(List.of(first.refresh(), renewed, other.access(), other.refresh()));

        assertThat(good("logout", "--all").out()).contains("Signed out of default");
        assertThat(items(store)).isEmpty();
        assertThat(world.run("token").exit()).isEqualTo(4);
        assertThat(server.lives(other.refresh())).isFalse();
    }
}
