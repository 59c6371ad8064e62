package dev.ast.program;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ast.support.AstResult;
import dev.ast.support.AstWorld;
import dev.ast.support.Packages;
import dev.ast.support.Tmux;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a line has beside a command, in the packaged program: pasted text, programs and files, the pager, arguments. */
class LinesIT {
    private static final Duration LONG = Duration.ofSeconds(60);

    private final AstWorld world = AstWorld.create().env("AST_STORAGE", "file");

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void aSessionWithProgramsFilesAndThePager() throws IOException {
        Packages.require("tmux");
        try (Tmux tmux = Tmux.start(world)) {
            tmux.waitFor("ast>", LONG);
            tmux.type(
                    "\u001b[200~set x v.json\rversion -o json | cat > $x\r# it's a comment\rexpect 2 nonsense\u001b[201~");
            tmux.keys("Enter");
            tmux.waitFor("unknown command 'nonsense'", LONG);
            tmux.type("clear").keys("Enter");
            tmux.type("_ -o yaml | head -1").keys("Enter");
            tmux.waitFor("version: ", LONG);
            tmux.type("alias me = version -o json").keys("Enter");
            tmux.waitFor("Added alias me", LONG);

            tmux.type("help").keys("Enter");
            tmux.waitFor("Signing in", LONG);
            assertThat(tmux.screen()).doesNotContain("Added alias", "Details: ");
            tmux.resize(40, 10).keys("q");
            tmux.waitFor("Added alias me", LONG);
            tmux.type("help").keys("Enter");
            tmux.waitFor("Signing in", LONG);
            tmux.keys("C-c");
            tmux.type("clear").keys("Enter");
            tmux.type("me").keys("Enter");
            tmux.waitFor("{\"version\":", LONG);
            tmux.type("exit 3").keys("Enter");
            assertThat(tmux.awaitExit(LONG)).isEqualTo(3);
        }
        assertThat(Files.readString(world.work().resolve("v.json"))).startsWith("{\"version\":");
        assertThat(Files.readString(world.astHome().resolve("config.yml"))).contains("me: 'version -o json'");
    }

    @Test
    void aScriptHasArgumentsATraceAndASummary() throws IOException {
        Path script = Files.writeString(
                world.work().resolve("s.ast"),
                "profile create $1 --provider sandbox # a comment\nprofile use $1\nexpect 2 whoami\nexit $#\n");
        AstResult result = world.run("--script", script.toString(), "--trace", "p1", "two words");
        assertThat(result.exit()).as("%s", result).isEqualTo(2);
        assertThat(result.errLines())
                .contains("+ profile create $1 --provider sandbox # a comment", "+ exit $#")
                .last()
                .asString()
                .startsWith("4 commands, 1 failed, ");
        AstResult list = world.run("profile", "list", "--fields", "name,active", "-o", "csv");
        assertThat(list.outLines()).isEqualTo(List.of("name,active", "p1,false"));

        AstResult dry = world.run("--script", script.toString(), "--dry-run");
        assertThat(dry.exit()).isEqualTo(2);
        assertThat(dry.err()).contains("s.ast:1: the script has no argument $1");
    }
}
