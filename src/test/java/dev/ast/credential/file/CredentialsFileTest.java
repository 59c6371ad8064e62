package dev.ast.credential.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ast.domain.Exit;
import dev.ast.domain.FailureException;
import dev.ast.domain.Profile;
import dev.ast.domain.ProfileName;
import dev.ast.domain.Secret;
import dev.ast.domain.ServerOrigin;
import dev.ast.domain.TokenSet;
import dev.ast.host.AstHome;
import dev.ast.host.Environment;
import dev.ast.host.Interrupts;
import dev.ast.host.Sleeper;
import dev.ast.profile.Profiles;
import dev.ast.support.Case;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is kept in memory of the file must never hide what another process has made of it. */
class CredentialsFileTest {
    private static final ProfileName NAME = new ProfileName("work");

    @TempDir
    Path folder;

    @Test
    void everyChangeOfAnotherProcessIsSeenThoughTheFileStaysAsLong() {
        CredentialsFile ours = file();
        CredentialsFile theirs = file();
        Profiles profiles = new Profiles(ours);
        FileTokenRepository tokens = new FileTokenRepository(ours);
        new Profiles(theirs).save(Profile.fresh(NAME, "oidc"));
        for (int i = 0; i < 50; i++) {
            String secret = "token-" + (char) ('a' + i % 20);
            new FileTokenRepository(theirs).save(NAME, tokens(secret));
            new Profiles(theirs).activate(i % 2 == 0 ? NAME : ProfileName.DEFAULT);
            assertThat(tokens.load(NAME).orElseThrow().access().reveal()).isEqualTo(secret);
            assertThat(tokens.load(NAME).orElseThrow().access().reveal()).isEqualTo(secret);
            assertThat(profiles.active()).isEqualTo(i % 2 == 0 ? NAME : ProfileName.DEFAULT);
        }
        new Profiles(theirs).remove(NAME);
        assertThat(profiles.find(NAME)).isEmpty();
        assertThat(tokens.load(NAME)).isEmpty();
    }

    @Test
    void aFileThatOthersMayReadFromNowOnIsRefusedThoughItIsKnown() throws Exception {
        assumeTrue(FileSystems.getDefault().supportedFileAttributeViews().contains("posix"), "no file modes here");
        CredentialsFile file = file();
        new Profiles(file).save(Profile.fresh(NAME, "oidc"));
        assertThat(file.profile(NAME)).isPresent();
        Files.setPosixFilePermissions(file.path(), PosixFilePermissions.fromString("rw-rw-rw-"));
        assertThatThrownBy(() -> file.profile(NAME)).isInstanceOf(FailureException.class);
    }

    @ParameterizedTest
    @Case("E07")
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "{\"version\":1,\"profiles\":[]}",
                "{\"version\":1,\"profiles\":7}",
                "{\"version\":1,\"profiles\":null}",
                "{\"version\":1,\"profiles\":{\"work\":[]}}",
                "{\"version\":1,\"version\":1}",
                "{\"version\":1.5,\"profiles\":{}}",
                "{\"version\":\"1\",\"profiles\":{}}",
                "{\"version\":null,\"profiles\":{}}",
                "{\"version\":2,\"profiles\":{}}",
                "{\"version\":1,\"profiles\":{}} {}",
                "{\"version\":1,\"note\":\"\u00ff\",\"profiles\":{}}"
            })
    void aFileThatIsNotUnderstoodIsRefusedAndLeftAsItIs(String text) throws Exception {
        CredentialsFile file = file();
        // One byte a character, so that the last text is not UTF-8.
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        write(file, bytes);
        for (ThrowingCallable use : List.<ThrowingCallable>of(
                file::read,
                () -> file.update(document -> document.put("active", "work")),
                () -> new Profiles(file).save(Profile.fresh(NAME, "oidc")))) {
            assertThatExceptionOfType(FailureException.class)
                    .isThrownBy(use)
                    .satisfies(e -> assertThat(e.failure().exit()).isEqualTo(Exit.STORAGE))
                    .withMessageContaining(file.path().toString());
        }
        assertThat(Files.readAllBytes(file.path())).isEqualTo(bytes);
    }

    @Test
    @Case({"E07", "E08"})
    void membersThatAreNotKnownStay() throws Exception {
        CredentialsFile file = file();
        String text = "{\"version\":1,\"new\":{\"a\":[1.5,null]},\"profiles\":{\"work\":{\"new\":\"b\"}}}";
        write(file, text.getBytes(StandardCharsets.UTF_8));
        new Profiles(file).activate(NAME);
        assertThat(file.read().object("new").orElseThrow().members()).hasToString("{a=[1.5, null]}");
        assertThat(file.profile(NAME).orElseThrow().text("new")).contains("b");
    }

    @Test
    @Case("E07")
    void aFileOverItsLimitIsRefusedAndOneBelowItIsNot() throws Exception {
        CredentialsFile file = file();
        String padding = "{\"version\":1,\"new\":\"" + "x".repeat(16 * 1024 * 1024 - 100) + "\",\"profiles\":{}}";
        write(file, padding.getBytes(StandardCharsets.UTF_8));
        assertThat(file.names()).isEmpty();
        write(file, (padding + " ".repeat(200)).getBytes(StandardCharsets.UTF_8));
        assertThatExceptionOfType(FailureException.class)
                .isThrownBy(file::read)
                .satisfies(e -> assertThat(e.failure().exit()).isEqualTo(Exit.STORAGE))
                .withMessageContaining(file.path().toString());
    }

    private static void write(CredentialsFile file, byte[] bytes) throws IOException {
        Path path = file.path();
        Files.createDirectories(path.getParent());
        Files.write(path, bytes);
        if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
        }
    }

    private CredentialsFile file() {
        AstHome home = AstHome.of(Environment.of(Map.of("AST_HOME", folder.toString())));
        InstantSource clock = InstantSource.system();
        PrivateFiles files = new PrivateFiles(home.directory());
        return new CredentialsFile(home, files, new LockFiles(home, files, clock, Sleeper.real(new Interrupts())));
    }

    private static TokenSet tokens(String access) {
        ServerOrigin origin = ServerOrigin.parse("https://api.example.com");
        return new TokenSet(
                origin,
                origin,
                Secret.of(access),
                "Bearer",
                Optional.empty(),
                Instant.EPOCH,
                Optional.empty(),
                Optional.empty(),
                List.of());
    }
}
