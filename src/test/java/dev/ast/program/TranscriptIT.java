package dev.ast.program;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ast.support.Answer;
import dev.ast.support.AstWorld;
import dev.ast.support.AuthorizationServer;
import dev.ast.support.Packages;
import dev.ast.support.Sessions;
import dev.ast.support.Tmux;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The screens of the shell without colours and redrawing, compared with the files in {@code
 * src/test/resources/transcripts}. {@code -Dtranscripts.write=true} writes those files anew from what the program shows.
 */
class TranscriptIT {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Path GOLDEN = Path.of("src/test/resources/transcripts");

    private static final Pattern QUESTION = Pattern.compile("ast>|]:|\\[y/N]|to go on:");

    private final AstWorld world = AstWorld.create().env("AST_STORAGE", "file").env("BROWSER", "/bin/false");
    private final AuthorizationServer server = new AuthorizationServer();

    @BeforeEach
    void signIn() {
        Packages.require("tmux");
        Sessions.signIn(world, server, "staging", Duration.ofMinutes(59));
        Sessions.signIn(world, server, "production-eu", Duration.ofMinutes(59));
        world.run("profile", "set", "production-eu", "--protected");
        server.serve("GET /api/me", Answer.json("{\"id\":1,\"teams\":[\"a\",\"b\"]}"));
    }

    @AfterEach
    void close() {
        server.close();
        world.close();
    }

    /** Lines typed one after the other; what is asked is answered by the line after it. */
    private static List<String> lines(String transcript) {
        return switch (transcript) {
            case "first-sight" -> List.of("?", "help topics", "help exit-codes", "help profile use", "version");
            case "session" ->
                List.of(
                        "whoami",
                        "status",
                        "why",
                        "profile list",
                        "context list",
                        "api /api/me",
                        "api /api/me --jq .teams[]",
                        "status --fields name,signed_in -o csv",
                        "token --jq .token | wc -c",
                        "set who ada",
                        "alias me = whoami -o json",
                        "alias",
                        "expect 2 whoami surplus");
            case "mistakes" ->
                List.of(
                        "lgoin",
                        "whoami surplus",
                        "whoami --profile prodction-eu",
                        "login --profile new-one",
                        "n",
                        "api nopath",
                        "profile use",
                        "1",
                        "logout --local",
                        "staging",
                        "exit 3");
            case "sign-in" -> List.of("logout --local", "whoami", "login --no-browser", "whoami", "logout");
            default -> throw new IllegalArgumentException(transcript);
        };
    }

    @ParameterizedTest
    @ValueSource(strings = {"first-sight", "session", "mistakes", "sign-in"})
    void screensArePlainLines(String transcript) throws IOException {
        server.decide(AuthorizationServer.Decision.APPROVED);
        String shown;
        try (Tmux tmux = Tmux.startIn("dumb", world, "--profile", "staging")) {
            tmux.waitFor("staging ast>", LONG);
            int answered = 1;
            for (String line : lines(transcript)) {
                tmux.type(line).keys("Enter");
                answered++;
                awaitQuestion(tmux, answered);
            }
            shown = stable(tmux.everything());
        }
        Path golden = GOLDEN.resolve(transcript + ".txt");
        if (Boolean.getBoolean("transcripts.write")) {
            Files.createDirectories(GOLDEN);
            Files.writeString(golden, shown);
        }
        assertThat(shown).isEqualTo(Files.readString(golden));
        assertThat(shown).as("no escape sequence").doesNotContain("\u001b");
    }

    /** Waits for as many prompts and questions, the last one of which waits for an answer. */
    private static void awaitQuestion(Tmux tmux, int count) {
        long end = System.nanoTime() + LONG.toNanos();
        String all = tmux.everything();
        while (!isAsking(all, count)) {
            if (System.nanoTime() > end) {
                throw new AssertionError("no question number " + count + " in:\n" + all);
            }
            LockSupport.parkNanos(20_000_000);
            all = tmux.everything();
        }
    }

    private static boolean isAsking(String all, int count) {
        long asked = all.lines().filter(line -> QUESTION.matcher(line).find()).count();
        String last = all.substring(all.lastIndexOf('\n') + 1);
        return (asked >= count && QUESTION.matcher(last).find()) || all.endsWith("exit 3");
    }

    /** Without what differs from run to run: the address of the server, codes, times and sizes. */
    private String stable(String screen) {
        return screen.replace(server.issuer(), "https://server.example")
                        .replaceAll("Code: [A-Z0-9-]+", "Code: ABCD-EFGH")
                        .replaceAll("user_code=[A-Z0-9-]+", "user_code=ABCD-EFGH")
                        .replaceAll("[0-9]{4}-[0-9]{2}-[0-9]{2}[ T][0-9:]{5,8}( UTC|Z)?", "2026-01-02 03:04 UTC")
                        .replaceAll("in [0-9]+ min(utes?)?", "in 59 min")
                        .replaceAll("code valid for [0-9:]+", "code valid for 5:00")
                        .replaceAll("ast [0-9]+\\.[0-9]+\\.[0-9]+\\S*", "ast 1.2.3")
                        .replaceAll("[0-9]+ min left", "59 min left")
                        .replaceAll("Java [0-9].*", "Java 25 (somebody)")
                        .replace(world.astHome().toString(), "/home/ada/.ast")
                        .replace(world.program().toString(), "/opt/ast/bin/ast")
                        .replaceAll("access token [0-9]+ min", "access token 59 min")
                        .replaceAll("(?m)^[0-9]+(\\.[0-9])? s\n", "")
                        // A command of over a second says how long it took, at the end of its own last line.
                        .replaceAll("(?m) · [0-9]+(\\.[0-9])? s$", "")
                        .replaceAll("\\([0-9a-f]{7,40}\\)", "(1234567)")
                        .replaceAll(" +\n", "\n")
                + "\n";
    }
}
