package dev.ast.app;

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

/** What the fast start answers, the full program answers with the same bytes and the same code. */
class TwoWiringsTest {

    private static final List<String> COMMANDS = List.of(
            "token",
            "token --profile other",
            "token --profile nobody",
            "token --server https://x.example",
            "token --token not-from-outside",
            "whoami",
            "whoami --profile=other",
            "whoami --token not-from-outside",
            "status",
            "status --server https://x.example",
            "why",
            "why --context nothing",
            "why api.example.com",
            "profile list",
            "profile show",
            "profile show nobody",
            "profile use nobody",
            "context list",
            "help",
            "help token",
            "token --help",
            "version",
            "completion bash",
            "credential docker list",
            "credential docker erase",
            "credential docker store",
            "credential terraform get api.example.com",
            "credential terraform forget api.example.com",
            "credential kubectl --access-token",
            "__complete -- profile use ",
            "__complete -- who",
            "__complete -- context use ",
            "token --nonsense",
            "status surplus");

    /** What is there at home. */
    enum Home {
        SIGNED_IN,
        ONE_OF_TWO_SIGNED_IN,
        EXPIRED,
        ENDED,
        EMPTY,
        CORRUPT,
        SETTINGS,
        TOKEN_IN_ENVIRONMENT,
        SETTINGS_AND_TOKEN,
        PLATFORM_TOKEN,
        KEY_PAIR
    }

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource
    void bothSayTheSame(Home home) throws IOException {
        AstInside ast = at(home);
        List<String> answered = new ArrayList<>();
        for (String command : COMMANDS) {
            for (String format : new String[] {"", "-o json ", "-o yaml "}) {
                String line = format + command;
                String[] words = line.split(" ", -1);
                Optional<AstResult> fast = ast.fast(words);
                if (fast.isPresent()) {
                    assertThat(fast.get()).as("%s: %s", home, line).isEqualTo(ast.run(words));
                    answered.add(line);
                }
            }
        }
        // Where it may not answer at all, a comparison would prove nothing.
        List<String> missing = new ArrayList<>();
        for (String command : COMMANDS) {
            if (!answered.contains(command)) {
                missing.add(command);
            }
        }
        assertThat(missing).as("%s: left to the full program", home).containsExactlyElementsOf(needServer(home));
    }

    private static List<String> needServer(Home home) {
        // Only a server knows who a token from outside belongs to.
        List<String> asks = new ArrayList<>(List.of("whoami --token not-from-outside"));
        switch (home) {
            case EXPIRED ->
                asks.addAll(List.of(
                        "token", "credential terraform get api.example.com", "credential kubectl --access-token"));
            case PLATFORM_TOKEN -> asks.addAll(List.of("whoami", "context list"));
            case TOKEN_IN_ENVIRONMENT, SETTINGS_AND_TOKEN ->
                asks.addAll(List.of("whoami", "whoami --profile=other", "context list"));
            // But a line that is wrong is wrong without a server.
            case KEY_PAIR -> asks.addAll(COMMANDS.subList(0, COMMANDS.size() - 2));
            default -> {}
        }
        return COMMANDS.stream().filter(asks::contains).toList();
    }

    @Test
    void handsOverWhatItCannotAnswerWithoutPrinting() throws IOException {
        AstInside ast = at(Home.SIGNED_IN);
        for (String line : new String[] {
            "login", "api /", "status --check", "context list --refresh", "whoami --token -", "sandbox --tour"
        }) {
            assertThat(ast.fast(line.split(" "))).as(line).isEmpty();
        }
    }

    private AstInside at(Home home) throws IOException {
        AstInside ast = AstInside.in(folder);
        if (home == Home.TOKEN_IN_ENVIRONMENT || home == Home.SETTINGS_AND_TOKEN) {
            ast.env("AST_TOKEN", "not-from-outside");
        }
        if (home == Home.PLATFORM_TOKEN) {
            ast.env("ASTRO_ACCESS_TOKEN", "not-from-outside").env("ASTRO_SERVER_URL", "https://other.example.com");
        }
        if (home == Home.KEY_PAIR) {
            ast.env("ASTRONOMER_KEY_ID", "not-an-id").env("ASTRONOMER_KEY_SECRET", "not-a-secret");
        }
        if (home == Home.SETTINGS || home == Home.SETTINGS_AND_TOKEN) {
            ast.config("""
                    ast:
                      storage: file
                      nonsense: 1
                      providers:
                        mine:
                          issuer-uri: https://login.example.com
                          client-id: x
                          assumed-lifetime: 5m
                    """);
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
                  "default": {"contexts": [{"id": "1", "name": "acme"}], "contexts_read_at": "%s", \
                "provider": "astropods", "server": "https://api.example.com", "storage": "file", \
                "identity": {"subject": "1", "name": "Ada", "email": "ada@example.com"}, \
                "tokens": {"access_token": "not-a-token", "token_type": "Bearer", %s"issued_at": "2026-01-01T00:00:00Z", \
                "expires_at": "%s", "origin": "https://api.example.com", "authority": "https://api.example.com"}}%s
                }
                }
                """.formatted(ast.now().truncatedTo(ChronoUnit.SECONDS), refresh, expires, other);
    }
}
