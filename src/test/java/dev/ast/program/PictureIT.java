package dev.ast.program;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ast.support.AstWorld;
import dev.ast.support.AuthorizationServer;
import dev.ast.support.Packages;
import dev.ast.support.ScreenPicture;
import dev.ast.support.Sessions;
import dev.ast.support.Tmux;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/**
 * The picture of a session in the README, drawn from the packaged program in a real terminal: {@code -Dpicture.write=true}
 * writes it anew. Otherwise the program has to show what the picture shows.
 */
class PictureIT {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Path PICTURE = Path.of("docs/session.svg");
    private static final int COLUMNS = 98;
    private static final int ROWS = 20;

    @Test
    void theProgramShowsWhatThePictureShows() throws IOException {
        Packages.require("tmux");
        try (AuthorizationServer server = new AuthorizationServer();
                AstWorld world = AstWorld.create().env("AST_STORAGE", "file")) {
            for (String profile : new String[] {"staging", "production-eu", "production-us"}) {
                Sessions.signIn(world, server, profile, Duration.ofMinutes(59));
            }
            world.run("profile", "set", "production-eu", "--protected");
            try (Tmux tmux = Tmux.startIn("xterm-256color", world, "--profile", "staging")) {
                tmux.resize(COLUMNS, ROWS);
                tmux.waitFor("staging ast>", LONG);
                tmux.waitFor("^R find", LONG);
                tmux.type("profile list").keys("Enter");
                tmux.waitFor("*  staging  ", LONG);
                tmux.waitFor("\nstaging ast>\n", LONG);
                tmux.type("profile use pro").keys("Tab");
                tmux.waitFor("ast> profile use production-", LONG);
                tmux.waitFor("production-us  ada", LONG);
                String completion = tmux.colouredScreen();
                tmux.keys("C-c");
                tmux.type("clear").keys("Enter");
                tmux.type("profile use production-eu").keys("Enter");
                tmux.waitFor("▲ production-eu ast>", LONG);
                tmux.type("logout --local").keys("Enter");
                tmux.waitFor("to go on:", LONG);
                tmux.type("no").keys("Enter");
                tmux.waitFor("[1] ast>", LONG);
                tmux.type("lgoin").keys("Enter");
                tmux.waitFor("[2] ast>", LONG);
                tmux.type("api /api");
                tmux.waitFor("ast> api /api", LONG);
                tmux.waitFor("^R find", LONG);
                String protection = tmux.colouredScreen();
                String both = (completion + "\n\u001b[0m\n" + protection.substring(protection.indexOf("staging")))
                        .replaceAll("http://127.0.0.1:[0-9]+", "https://id.example.com");
                String picture = ScreenPicture.of(both, COLUMNS, both.split("\n", -1).length);
                if (Boolean.getBoolean("picture.write")) {
                    Files.writeString(PICTURE, picture);
                }
                assertThat(texts(picture)).isEqualTo(texts(Files.readString(PICTURE)));
                assertThat(texts(picture)).contains("▲", "protected", "^Rfind", "didyoumean");
            }
        }
    }

    /** What is written in a picture, without what differs from run to run. */
    private static String texts(String picture) {
        return picture.replaceAll("<[^>]*>", "")
                .replaceAll("ast [0-9]+\\.[0-9]+\\.[0-9]+\\S*", "ast 1.2.3")
                .replaceAll("[0-9]+ min left", "59 min left")
                // A word has colours, and is a piece of its own, only once the shell knows its commands.
                .replaceAll("\\s+", "");
    }
}
