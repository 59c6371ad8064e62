package dev.ast.program;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ast.support.AstResult;
import dev.ast.support.AstWorld;
import dev.ast.support.AuthorizationServer;
import dev.ast.support.AuthorizationServer.Decision;
import dev.ast.support.Case;
import dev.ast.support.Script;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Programs that a sign-in starts, which is the browser alone: what they are given, and what they cannot do to it. */
class StartedProgramsIT {
    private final AstWorld world = AstWorld.create().env("AST_STORAGE", "file");
    private final AuthorizationServer server = new AuthorizationServer().decide(Decision.APPROVED);

    @AfterEach
    void close() {
        world.close();
        server.close();
    }

    /** Signs in with a browser that is this script. */
    private AstResult login(String script) throws IOException {
        Path browser = Script.write(world.home().resolve("browser"), "#!/bin/sh\n" + script + "\n");
        world.env("BROWSER", browser.toString());
        List<String> words = new ArrayList<>(server.login());
        words.remove("--no-browser");
        return world.run(words.toArray(String[]::new));
    }

    @ParameterizedTest
    @ValueSource(strings = {"exit 1", "echo noise; echo noise >&2", "kill -9 $$", "exec tail -f /dev/null"})
    @Case("A10")
    void aBadBrowserNeitherEndsNorDisturbsTheSignIn(String script) throws IOException {
        Instant begin = Instant.now();
        AstResult result = login("echo $$ >\"$HOME/pid\"; " + script);
        Duration taken = Duration.between(begin, Instant.now());
        if (script.contains("tail")) {
            String pid = Files.readString(world.home().resolve("pid")).strip();
            ProcessHandle.of(Long.parseLong(pid)).ifPresent(ProcessHandle::destroyForcibly);
        }
        assertThat(result.exit()).as("%s", result).isZero();
        assertThat(result.err()).contains("Code: ABCD-EFGH", "Open: " + server.uri("/activate"));
        assertThat(result.out() + result.err()).doesNotContain("noise");
        assertThat(taken).isLessThan(Duration.ofSeconds(20));
    }

    @Test
    @Case("A10")
    void withoutABrowserTheAddressIsEnough() throws IOException {
        world.env("BROWSER", world.home().resolve("missing").toString());
        List<String> words = new ArrayList<>(server.login());
        words.remove("--no-browser");
        AstResult result = world.run(words.toArray(String[]::new));
        assertThat(result.exit()).as("%s", result).isZero();
        assertThat(result.err()).contains("Code: ABCD-EFGH", "Open: " + server.uri("/activate"));
    }

    @Test
    @Case("C12")
    void theBrowserInheritsNoSecret() throws IOException {
        for (String name : List.of(
                "ASTRO_ACCESS_TOKEN",
                "ASTRO_API_TOKEN",
                "ASTRONOMER_KEY_SECRET",
                "SEQERA_ACCESS_TOKEN",
                "TOWER_ACCESS_TOKEN")) {
            world.env(name, "canary-of-" + name);
        }
        AstResult result = login("env >\"$HOME/seen\"");
        assertThat(result.exit()).as("%s", result).isZero();
        assertThat(world.home().resolve("seen"))
                .content()
                .contains("HOME=" + world.home())
                .doesNotContain("canary", "secret-of-the-test");
    }

    @Test
    @Case({"J05", "A08"})
    void nothingThatTheServerSaysIsRun() throws IOException {
        String hostile = "$(touch ran)`touch ran`;touch ran|touch ran&touch ran\n-x";
        for (String name : List.of("user_code", "verification_uri", "verification_uri_complete")) {
            server.change("POST /device", members -> {
                members.put(name, name.equals("user_code") ? hostile.strip().replace("\n", "") : hostile);
                return members;
            });
            AstResult result = login("printf '%s\\n' \"$#\" >>\"$HOME/arguments\"");
            assertThat(result.exit()).as("%s: %s", name, result).isIn(0, 6);
        }
        server.member("POST /device", "verification_uri_complete", server.uri("/activate") + "?a=$(touch%20ran)&calc");
        assertThat(login("printf '%s\\n' \"$#\" >>\"$HOME/arguments\"").exit()).isZero();
        assertThat(Files.readAllLines(world.home().resolve("arguments"))).containsOnly("1");
        assertThat(world.files()).noneMatch(name -> name.endsWith("ran"));
    }
}
