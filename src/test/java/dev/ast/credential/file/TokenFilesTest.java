package dev.ast.credential.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ast.domain.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Token files of programs, and what killed owners leave of them. */
class TokenFilesTest {
    @TempDir
    private Path home;

    private TokenFiles files() {
        return new TokenFiles(home, home.resolve("exec"));
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    @Test
    void aFileIsPrivateHoldsTheTokenAloneAndIsGoneAfterwards() throws IOException {
        Path path;
        try (TokenFiles.Kept file = files().create();
                TokenFiles.Kept other = files().create()) {
            path = file.path();
            file.write(Secret.of("first"));
            file.write(Secret.of("second"));
            other.write(Secret.of("other"));
            assertThat(path).hasContent("second").isAbsolute();
            assertThat(Files.size(path)).isEqualTo(6);
            assertThat(mode(path)).isEqualTo("rw-------");
            assertThat(mode(path.getParent())).isEqualTo("rwx------");
            assertThat(mode(home.resolve("exec"))).isEqualTo("rwx------");
            assertThat(other.path().getParent()).isNotEqualTo(path.getParent());
            assertThat(path.getParent().toFile().list()).hasSize(1);
        }
        assertThat(home.resolve("exec")).doesNotExist();
    }

    @Test
    void whatIsInUseIsNotSwept() {
        try (TokenFiles.Kept file = files().create()) {
            file.write(Secret.of("token"));
            files().sweep();
            assertThat(file.path()).hasContent("token");
        }
    }

    @Test
    void whatAKilledOwnerLeftIsSweptInEveryState() throws IOException {
        Path exec = Files.createDirectories(home.resolve("exec"));
        Path whole = Files.createDirectory(exec.resolve("0123456789abcdef"));
        Files.writeString(whole.resolve("token"), "left");
        Files.writeString(whole.resolve("token.1.2.tmp"), "left");
        Files.createFile(exec.resolve("0123456789abcdef.lock"));
        Files.createFile(exec.resolve("1123456789abcdef.lock"));
        Files.createDirectory(exec.resolve("2123456789abcdef"));

        files().sweep();

        assertThat(exec).doesNotExist();
    }

    @Test
    void whatIsNotOursStays() throws IOException {
        Path exec = Files.createDirectories(home.resolve("exec"));
        Path kept = Files.createDirectory(exec.resolve("notes"));
        Path outside = Files.writeString(home.resolve("outside"), "kept");
        Path link = Files.createDirectory(exec.resolve("3123456789abcdef"));
        Files.createSymbolicLink(link.resolve("token"), outside);

        files().sweep();

        assertThat(kept).exists();
        assertThat(link).doesNotExist();
        assertThat(outside).hasContent("kept");
    }
}
