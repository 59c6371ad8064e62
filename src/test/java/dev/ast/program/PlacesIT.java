package dev.ast.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ast.support.AstResult;
import dev.ast.support.AstWorld;
import dev.ast.support.Case;
import dev.ast.support.RunningAst;
import dev.ast.support.Script;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where the program, its home and the current directory may be, and what is never run or left there. */
class PlacesIT {
    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir
    private Path place;

    @Test
    @Case("J10")
    void theProgramRunsFromAFolderOfAnyName() throws Exception {
        Path now = place.resolve("first");
        try (AstWorld world = AstWorld.create()) {
            Path packaged = world.program().getParent().getParent();
            Process copy = new ProcessBuilder("cp", "-a", packaged.toString(), now.toString())
                    .inheritIO()
                    .start();
            assertThat(copy.waitFor()).isZero();
        }
        for (String name : List.of(
                "a:b", "a b", "a'b", "a\"b", "a\nb", "a%b", "a*b", "ä☂", "a\\b", "-a", "a$b", "a[b", "a;b", "a#b")) {
            Path next = Files.move(now, place.resolve(name));
            now = next;
            try (AstWorld world = AstWorld.around(next.resolve("bin/ast")).env("AST_CACHE", "off")) {
                assertThat(world.run("version"))
                        .as(name)
                        .satisfies(result -> assertThat(result.out()).startsWith("ast "))
                        .satisfies(result -> assertThat(result.err()).isEmpty())
                        .extracting(AstResult::exit)
                        .isEqualTo(0);
                assertThat(world.run("help").exit()).as(name).isZero();
            }
        }
    }

    @Test
    @Case("A11")
    void noProgramOfTheCurrentDirectoryIsRun() throws IOException {
        try (AstWorld world = AstWorld.create()) {
            Path ran = place.resolve("ran");
            for (String name : List.of(
                    "readlink",
                    "nice",
                    "java",
                    "cat",
                    "env",
                    "sed",
                    "rm",
                    "mkdir",
                    "sh",
                    "setsid",
                    "xdg-open",
                    "kill")) {
                Path planted = world.work().resolve(name);
                Script.write(planted, "#!/bin/sh\necho " + name + " >>" + ran + "\n");
            }
            Path link = Files.createSymbolicLink(place.resolve("ast"), world.program());
            for (String path : List.of(":.:bin:/usr/bin:/bin", "/usr/bin:/bin:", ".")) {
                try (AstWorld linked = AstWorld.around(link).env("PATH", path)) {
                    for (Path planted : files(world.work())) {
                        Files.copy(planted, linked.work().resolve(planted.getFileName()));
                    }
                    assertThat(linked.run("version").exit()).as(path).isZero();
                    assertThat(linked.run("help").exit()).as(path).isZero();
                }
            }
            assertThat(ran).doesNotExist();
        }
    }

    @Test
    @Case("J10")
    void aCurrentDirectoryThatWasRemovedIsNoObstacle() {
        try (AstWorld world = AstWorld.create()) {
            for (String word : List.of("version", "help")) {
                AstResult result = world.runBehind(
                        List.of("sh", "-c", "mkdir gone && cd gone && rmdir ../gone && exec \"$@\"", "sh"), word);
                assertThat(result.exit()).as("%s", result).isZero();
                // The system's shell may print a message about the directory; Java prints nothing.
                assertThat(result.err()).doesNotContain("VM", "Exception");
            }
        }
    }

    @Test
    @Case({"D08", "J09"})
    void noSignalLeavesACoreOrAListOfThreads() throws IOException {
        try (AstWorld world = AstWorld.create()) {
            try (RunningAst ast = world.start("--script", "-")) {
                ast.type("version\n");
                ast.awaitOut("ast ", LONG);
                ast.signal("QUIT");
                ast.type("help\n");
                ast.awaitOut("Usage", LONG);
                ast.endInput();
                AstResult result = ast.await(LONG);
                assertThat(result.out() + result.err()).doesNotContain("Full thread dump", "java.lang.Thread");
            }
            for (String signal : List.of("ABRT", "SYS", "SEGV")) {
                try (RunningAst ast = world.startBehind(
                        List.of("sh", "-c", "ulimit -c unlimited; exec \"$@\"", "sh"), "--script", "-")) {
                    ast.type("version\n");
                    ast.awaitOut("ast ", LONG);
                    ast.signal(signal);
                    assertThat(ast.await(LONG).exit()).isNotZero();
                }
            }
            assertThat(files(world.work())).isEmpty();
        }
    }

    @Test
    @Case("E03")
    void settingsThatAreNoFileAreRefusedAtOnce() throws Exception {
        try (AstWorld world = AstWorld.create()) {
            Path settings = world.astHome().resolve("config.yml");
            assertThat(new ProcessBuilder("mkfifo", settings.toString()).start().waitFor())
                    .isZero();
            assertRefused(world, "config.yml is not a regular file");
            Files.delete(settings);
            Files.createSymbolicLink(settings, Path.of("/dev/zero"));
            assertRefused(world, "config.yml is not a regular file");
            Files.delete(settings);
            Files.createDirectory(settings);
            assertRefused(world, "config.yml is not a regular file");
            Files.delete(settings);
            Files.write(settings, new byte[2 * 1024 * 1024]);
            assertRefused(world, "config.yml is larger than 1 MiB");
        }
    }

    private static void assertRefused(AstWorld world, String why) {
        AstResult result = world.run("profile", "list");
        assertThat(result.exit()).as("%s", result).isEqualTo(7);
        assertThat(result.err()).contains(why, "hint: ");
    }

    @Test
    @Case("E10")
    void rootMakesNoHomeForAnotherUser() throws IOException {
        assumeTrue("root".equals(System.getProperty("user.name")), "only root can give a folder to another user");
        try (AstWorld world = AstWorld.create()) {
            world.withoutEnv("AST_HOME");
            Files.setAttribute(world.home(), "unix:uid", 65534);
            AstResult result = world.run("profile", "create", "work");
            assertThat(result.exit()).as("%s", result).isEqualTo(7);
            assertThat(result.err()).contains("belongs to another user", "AST_HOME");
            assertThat(world.home().resolve(".ast")).doesNotExist();
        }
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.toList();
        }
    }
}
