package dev.ast.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ast.support.AstInside;
import dev.ast.support.AstResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the express lane answers, the full program answers with the same bytes and the same code. */
class TwoWiringsTest {

    private static final List<List<String>> COMMANDS = List.of(
            List.of("token"),
            List.of("token", "--profile", "other"),
            List.of("token", "--profile", "nobody"),
            List.of("whoami"),
            List.of("whoami", "--profile=other"),
            List.of("status"),
            List.of("profile", "list"),
            List.of("version"),
            List.of("credential", "docker", "list"),
            List.of("credential", "docker", "erase"),
            List.of("credential", "docker", "store"),
            List.of("__complete", "--", "profile", "use", ""),
            List.of("__complete", "--", "who"),
            List.of("__complete", "--", "context", "use", ""));

    /** How things stand at home. */
    enum Home {
        SIGNED_IN,
        ONE_OF_TWO_SIGNED_IN,
        EXPIRED,
        ENDED,
        EMPTY,
        CORRUPT,
        TOKEN_IN_ENVIRONMENT
    }

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource
    void bothWiringsSayTheSame(Home home) throws IOException {
        AstInside ast = at(home);
        List<String> answered = new ArrayList<>();
        for (List<String> command : COMMANDS) {
            for (String format : new String[] {"", "json", "yaml"}) {
                List<String> line = new ArrayList<>(command);
                if (!format.isEmpty()) {
                    line.addAll(0, List.of("--output", format));
                }
                String[] words = line.toArray(String[]::new);
                Optional<AstResult> express = ast.express(words);
                if (express.isPresent()) {
                    assertThat(express.get()).as("%s: %s", home, line).isEqualTo(ast.run(words));
                    answered.add(String.join(" ", line));
                }
            }
        }
        // Where it may not answer at all, a comparison would prove nothing.
        switch (home) {
            case SIGNED_IN ->
                assertThat(answered)
                        .contains("token", "whoami", "status", "profile list", "version")
                        .contains("--output json token", "--output json whoami", "--output json status")
                        .contains("--output json profile list", "--output json version")
                        .contains("credential docker list", "credential docker erase")
                        .contains("__complete -- profile use ", "__complete -- who");
            case ONE_OF_TWO_SIGNED_IN -> assertThat(answered).contains("token", "whoami", "profile list");
            case EXPIRED -> assertThat(answered).doesNotContain("token").contains("profile list");
            case ENDED -> assertThat(answered).contains("token", "--output json token");
            case EMPTY -> assertThat(answered).contains("version", "__complete -- who");
            case CORRUPT -> assertThat(answered).contains("token", "--output json token", "version");
            case TOKEN_IN_ENVIRONMENT -> assertThat(answered).isEmpty();
        }
    }

    @Test
    void handsOverWhatItCannotAnswerWithoutAWord() throws IOException {
        AstInside ast = at(Home.SIGNED_IN);
        for (String line : new String[] {
            "help",
            "profile show",
            "whoami --verbose",
            "token --output yaml",
            "status --server https://x.example",
            "what"
        }) {
            assertThat(ast.express(line.split(" "))).as(line).isEmpty();
        }
    }

    private AstInside at(Home home) throws IOException {
        AstInside ast = AstInside.in(folder);
        if (home == Home.TOKEN_IN_ENVIRONMENT) {
            ast.env("AST_TOKEN", "from-outside");
        }
        if (home != Home.EMPTY) {
            Files.createDirectories(
                    ast.astHome(), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            Path file = ast.astHome().resolve("credentials.json");
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(file, home == Home.CORRUPT ? "{\"version\": 1, \"prof" : store(ast, home));
        }
        return ast;
    }

    private static String store(AstInside ast, Home home) {
        Duration left = home == Home.EXPIRED || home == Home.ENDED ? Duration.ofHours(-1) : Duration.ofHours(5);
        String expires = ast.now().plus(left).truncatedTo(ChronoUnit.SECONDS).toString();
        String refresh = home == Home.ENDED ? "" : "\"refresh_token\": \"not-a-refresh-token\", ";
        String other = home == Home.SIGNED_IN ? "" : """
                ,
                  "other": {"provider": "sandbox", "server": "http://127.0.0.1:9", "storage": "file"}\
                """;
        return """
                {
                "version": 1,
                "active_profile": "default",
                "profiles": {
                  "default": {"provider": "astropods", "server": "https://api.example.com", "storage": "file", \
                "identity": {"subject": "1", "name": "Ada", "email": "ada@example.com"}, \
                "tokens": {"access_token": "not-a-token", "token_type": "Bearer", %s"issued_at": "2026-01-01T00:00:00Z", \
                "expires_at": "%s", "origin": "https://api.example.com", "authority": "https://api.example.com"}}%s
                }
                }
                """.formatted(refresh, expires, other);
    }
}
