package dev.ast.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ast.host.AstHome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SandboxNewsTest {
    @TempDir
    Path home;

    @Test
    void theEndOfTheServerIsToldOnce() throws IOException {
        SandboxNews news = new SandboxNews(new AstHome(home, false));
        Files.createFile(home.resolve("is-sandbox"));
        Path note = Files.createFile(home.resolve("sandbox.json"));
        assertThat(news.next()).isEmpty();
        Files.delete(note);
        assertThat(news.next()).hasValueSatisfying(line -> assertThat(line).contains("has ended"));
        assertThat(news.next()).isEmpty();
    }

    @Test
    void anOrdinaryHomeHasNoServer() {
        assertThat(new SandboxNews(new AstHome(home, false)).next()).isEmpty();
    }
}
