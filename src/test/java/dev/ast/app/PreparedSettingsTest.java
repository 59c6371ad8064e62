package dev.ast.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The settings as the fast start reads them are those of the files. */
class PreparedSettingsTest {
    private static final String CONFIG = """
            ast:
              storage: file
              providers:
                work:
                  title: Work
                  server: https://api.work.example
                  issuer-uri: https://login.work.example
                  client-id: my-cli
                  token-variables: [WORK_TOKEN]
                  key-id-variable: WORK_KEY
                  key-secret-variable: WORK_KEY_SECRET
                  key-audience: work
            """;

    @TempDir
    private Path folder;

    @Test
    void theyAreThoseOfTheFiles() throws IOException {
        AstProperties properties = SettingsReader.properties(SealedEnvironment.ofText(CONFIG));
        Settings written = Settings.of(properties, List.of("a warning"));
        Path file = folder.resolve("config.cache");
        Files.write(file, Settings.text(properties, written.warnings(), "stamp"));

        Settings read = Settings.read(file, "stamp").orElseThrow();

        assertThat(read.platforms().all()).isEqualTo(written.platforms().all());
        assertThat(read).usingRecursiveComparison().ignoringFields("platforms").isEqualTo(written);
        assertThat(Settings.read(file, "another stamp")).isEmpty();
    }

    @Test
    void theyNameTheVariablesThatOtherProgramsDoNotGet() throws IOException {
        AstProperties properties = SettingsReader.properties(SealedEnvironment.ofText(CONFIG));
        Path file = folder.resolve("config.cache");
        Files.write(file, Settings.text(properties, List.of(), "stamp"));

        Settings read = Settings.read(file, "stamp").orElseThrow();

        assertThat(read.platforms().secretVariables())
                .contains("WORK_TOKEN", "WORK_KEY_SECRET", "ASTRO_API_TOKEN")
                .doesNotContain("WORK_KEY")
                .isEqualTo(properties.platforms().secretVariables());
    }
}
