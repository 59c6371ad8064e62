package dev.ast.shell.completion;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ast.credential.file.PrivateFiles;
import dev.ast.shell.completion.Usage.Kind;
import dev.ast.shell.grammar.Commands;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UsageTest {
    @TempDir
    private Path folder;

    private Instant now = Instant.parse("2026-11-26T10:00:00Z");

    private Usage usage() {
        Path home = folder.resolve("home");
        Usage usage = new Usage(home.resolve("usage"), new PrivateFiles(home), () -> now, Runnable::run);
        usage.load();
        return usage;
    }

    private String file() throws IOException {
        return Files.readString(folder.resolve("home/usage"));
    }

    @Test
    void whatIsUsedOftenAndRecentlyRanksHigher() {
        Usage usage = usage();
        usage.used(Kind.PROFILE, "often");
        usage.used(Kind.PROFILE, "often");
        usage.used(Kind.PROFILE, "once");

        assertThat(usage.rank(Kind.PROFILE, "often")).isGreaterThan(usage.rank(Kind.PROFILE, "once"));
        assertThat(usage.rank(Kind.PROFILE, "never")).isZero();
        assertThat(usage.rank(Kind.CONTEXT, "often")).isZero();
        now = now.plus(Duration.ofDays(3));
        usage.used(Kind.PROFILE, "once");
        assertThat(usage.rank(Kind.PROFILE, "once")).isGreaterThan(usage.rank(Kind.PROFILE, "often"));
    }

    @Test
    void anotherShellKnowsIt() throws IOException {
        Usage one = usage();
        Usage two = usage();
        one.used(Kind.PROFILE, "production-eu");
        two.used(Kind.CONTEXT, "My Organization");
        two.used(Kind.PROFILE, "production-eu");

        assertThat(usage().names(Kind.CONTEXT)).containsExactly("My Organization");
        assertThat(file().lines())
                .containsExactlyInAnyOrder(
                        "profile 2 1795687200 production-eu", "context 1 1795687200 My Organization");
        assertThat(Files.getPosixFilePermissions(folder.resolve("home/usage")))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void aDamagedFileIsIgnored() throws IOException {
        usage().used(Kind.PROFILE, "good");
        Files.writeString(folder.resolve("home/usage"), "\0\u001b\nprofile x y z\nprofile 1 1795687200 good\npath 1\n");

        Usage usage = usage();

        assertThat(usage.names(Kind.PROFILE)).containsExactly("good");
        usage.used(Kind.COMMAND, "whoami");
        assertThat(file()).contains("profile 1 1795687200 good", "command 1 ").doesNotContain("x y z");
    }

    @Test
    void aFileThatCannotBeUsedIsNoTrouble() throws IOException {
        Files.createDirectories(folder.resolve("home/usage"));

        Usage usage = usage();
        usage.used(Kind.PROFILE, "good");

        assertThat(usage.rank(Kind.PROFILE, "good")).isPositive();
    }

    @Test
    void itStaysSmall() throws IOException {
        Usage usage = usage();
        for (int i = 0; i < Usage.MOST + 20; i++) {
            now = now.plusSeconds(1);
            usage.used(Kind.PROFILE, "name-" + i);
        }

        assertThat(file().lines()).hasSize(Usage.MOST);
        assertThat(file()).contains("name-" + (Usage.MOST + 19)).doesNotContain("name-0\n");
    }

    @Test
    void noSecretAndNoQueryIsKept() throws IOException {
        Usage usage = usage();
        usage.used(Kind.PATH, "/things?key=CANARY");
        usage.used(Kind.PATH, "/things/eyJhbGciOiJub25lIn0.eyJzdWIiOiJhIn0.");
        usage.used(Kind.PATH, "/a/0123456789abcdefghijABCDEFGHIJ/b");
        usage.used(Kind.CONTEXT, "two\nlines");

        assertThat(file()).isEqualTo("path 1 1795687200 /things\n");
    }

    @Test
    void aLineUsesWhatItNames() {
        Usage usage = usage();
        UsedInLine lines = new UsedInLine(Commands.catalog(), usage);

        lines.succeeded("profile rename production-eu other");
        lines.succeeded("context use --profile staging acme");
        lines.succeeded("profile use -");
        lines.succeeded("whoami surplus");

        assertThat(usage.names(Kind.PROFILE)).containsExactlyInAnyOrder("production-eu", "staging");
        assertThat(usage.names(Kind.CONTEXT)).containsExactly("acme");
        assertThat(usage.names(Kind.COMMAND)).containsExactlyInAnyOrder("profile rename", "profile use", "context use");
    }
}
