package dev.ast.program;

import static dev.ast.support.ManyRuns.call;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ast.json.Json;
import dev.ast.json.JsonObject;
import dev.ast.json.LocalJson;
import dev.ast.support.AstResult;
import dev.ast.support.AstWorld;
import dev.ast.support.AuthorizationServer;
import dev.ast.support.AuthorizationServer.Decision;
import dev.ast.support.AuthorizationServer.Tokens;
import dev.ast.support.Case;
import dev.ast.support.ManyRuns;
import dev.ast.support.RunningAst;
import dev.ast.support.Sessions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** {@code credentials.json}: what is refused, what is kept, and who can read it. */
class StoreIT {
    private static final Duration LONG = Duration.ofHours(1);

    private final AstWorld world = AstWorld.create().env("AST_STORAGE", "file");
    private final AuthorizationServer server = new AuthorizationServer().decide(Decision.APPROVED);

    @AfterEach
    void close() {
        world.close();
        server.close();
    }

    private List<List<String>> readersAndWriters() {
        List<String> login = new ArrayList<>(server.login("--profile", "two"));
        return List.of(
                call("token"),
                call("status"),
                call("profile", "list"),
                call("profile", "create", "new"),
                call("logout"),
                login);
    }

    /** What must be reported with code 7 and left as it is. */
    private void assertLeftAlone(String bytes, String message) throws IOException {
        Sessions.write(world, bytes);
        for (AstResult result : ManyRuns.of(world, readersAndWriters())) {
            assertThat(result.exit()).as("%s", result).isEqualTo(7);
            assertThat(result.err())
                    .contains("credentials.json")
                    .contains(message)
                    .contains("hint: ");
            assertThat(result.err()).doesNotContain("\tat ", "canary");
        }
        assertThat(Sessions.file(world)).hasContent(bytes);
    }

    @Test
    @Case("E07")
    void aCorruptFileIsReportedAndLeftAsItIs() throws IOException {
        assertLeftAlone(
                "{\"version\":1,\"profiles\":{\"default\":{\"tokens\":{\"access_token\":\"canary", "is corrupt");
        List<String> others = List.of(
                "",
                "not json canary",
                "[]",
                "\u0000\u0001\u0002",
                "{\"version\":1} trailing",
                "[".repeat(200_000),
                "{\"version\":1,\"version\":1,\"profiles\":{},\"profiles\":{}}");
        List<String> seen = new ArrayList<>();
        for (String bytes : others) {
            Sessions.write(world, bytes);
            AstResult result = world.runWithInput("token\nprofile create new\nlogout --all\n", "--keep-going");
            assertThat(result.exit())
                    .as("%s: %s", bytes.length() > 40 ? "deep" : bytes, result)
                    .isEqualTo(7);
            assertThat(result.errLines().stream().filter(line -> line.contains("is corrupt")))
                    .hasSize(3);
            assertThat(result.err()).doesNotContain("canary");
            assertThat(Sessions.file(world)).hasContent(bytes);
            seen.add(result.err());
        }
        assertThat(seen).hasSize(others.size());
        assertThat(server.requests()).isEmpty();
    }

    @Test
    @Case("E08")
    void aFileOfAnotherVersionOrProgramIsLeftAsItIs() throws IOException {
        assertLeftAlone("{\"version\":2,\"profiles\":{\"default\":{}}}", "has version 2, this program knows version 1");
        assertLeftAlone(
                "{\"profiles\":{\"default\":{\"access_token\":\"canary\"}}}",
                "belongs to another program of this name");
    }

    @Test
    @Case({"E01", "E03"})
    void oddKindsOfFilesAreRefused() throws IOException {
        Tokens tokens = Sessions.signIn(world, server, "default", LONG);
        Path file = Sessions.file(world);
        Path target = world.home().resolve("elsewhere.json");
        Files.move(file, target);
        byte[] before = Files.readAllBytes(target);
        Files.createSymbolicLink(file, target);
        assertRefused("is a symbolic link");
        assertThat(target).hasBinaryContent(before);
        Files.delete(file);
        Files.createDirectory(file);
        assertRefused("is not a regular file");
        Files.delete(file);
        assertThat(world.runBehind(
                                List.of("sh", "-c", "mkfifo -m 600 \"$AST_HOME/credentials.json\"; exec \"$@\"", "sh"),
                                "token")
                        .exit())
                .isEqualTo(7);
        assertRefused("is not a regular file");
        Files.delete(file);
        Files.write(file, before);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        assertRefused("can be read or written by other users (mode 644)");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        Files.setPosixFilePermissions(world.astHome(), PosixFilePermissions.fromString("rwxrwxrwx"));
        assertRefused("can be written by other users (mode 777)");
        Files.setPosixFilePermissions(world.astHome(), PosixFilePermissions.fromString("rwxr-xr-x"));
        assertThat(world.run("token").out()).isEqualTo(tokens.access() + "\n");
        assertThat(file).hasBinaryContent(before);
        // Whatever can only be read by others is closed at the next write.
        assertThat(world.run("profile", "create", "new").exit()).isZero();
        assertThat(mode(world.astHome())).isEqualTo("rwx------");

        Files.move(world.astHome(), world.home().resolve("moved"));
        Files.writeString(world.astHome(), "a file");
        assertRefused("it is not a directory");
        Files.delete(world.astHome());
        Files.createSymbolicLink(world.astHome(), world.home().resolve("moved"));
        assertThat(world.run("token").out()).as("a home may be linked").isEqualTo(tokens.access() + "\n");
    }

    private void assertRefused(String message) {
        AstResult result = world.runWithInput("token\nprofile create new\nlogout\n", "--keep-going");
        assertThat(result.exit()).as("%s", result).isEqualTo(7);
        assertThat(result.out()).isEmpty();
        assertThat(result.errLines().stream().filter(line -> line.contains(message)))
                .as("%s", result)
                .hasSize(3);
    }

    @Test
    @Case("E01")
    void isClosedToOthersAtEveryInstantWhateverTheMask() throws IOException {
        List<String> seen = new ArrayList<>();
        for (String mask : List.of("000", "022", "077")) {
            try (AstWorld fresh = AstWorld.create().env("AST_STORAGE", "file")) {
                Files.delete(fresh.astHome());
                List<String> words = new ArrayList<>(server.login());
                try (RunningAst login = fresh.startBehind(
                        List.of("sh", "-c", "umask " + mask + "; exec \"$@\"", "sh"), words.toArray(String[]::new))) {
                    login.endInput();
                    while (login.isAlive()) {
                        look(fresh.astHome(), seen);
                    }
                    AstResult result = login.await(Duration.ofSeconds(30));
                    assertThat(result.exit()).as("%s", result).isZero();
                }
                look(fresh.astHome(), seen);
                assertThat(mode(fresh.astHome())).isEqualTo("rwx------");
                assertThat(mode(Sessions.file(fresh))).isEqualTo("rw-------");
            }
        }
        assertThat(seen).isNotEmpty().allMatch(mode -> mode.endsWith("------"));
    }

    private static void look(Path home, List<String> seen) {
        try (Stream<Path> all = Files.walk(home)) {
            for (Path path : all.toList()) {
                seen.add(mode(path));
            }
        } catch (IOException | java.io.UncheckedIOException e) {
            // It is not there yet, or not any longer.
        }
    }

    @Test
    @Case("E02")
    void aReaderWithTheFileOpenNeverSeesWhatComesLater() throws IOException {
        Tokens old = Sessions.signIn(world, server, "default", Duration.ofSeconds(-1));
        try (InputStream open = Files.newInputStream(Sessions.file(world))) {
            assertThat(world.run("token").exit()).isZero();
            String fresh = server.newest(old.refresh()).refresh();
            assertThat(new String(open.readAllBytes(), StandardCharsets.UTF_8))
                    .contains(old.refresh())
                    .doesNotContain(fresh);
            assertThat(Sessions.token(world, "default", "refresh_token")).isEqualTo(fresh);
        }
    }

    @Test
    @Case("E08")
    void keepsWhatItDoesNotKnow() {
        Sessions.signIn(world, server, "default", Duration.ofSeconds(-1));
        Sessions.signIn(world, server, "prod", LONG);
        JsonObject document = Sessions.read(world);
        Object later = Json.read("{\"list\":[1,2.5,true,null],\"text\":\"ü\\n\"}".getBytes(StandardCharsets.UTF_8));
        document.put("of_later", later);
        JsonObject profile =
                document.object("profiles").orElseThrow().object("default").orElseThrow();
        profile.put("of_later", later);
        profile.object("tokens").orElseThrow().put("of_later", later);
        Sessions.write(world, LocalJson.write(document.members()));
        AstResult result = world.runWithInput(
                "token\nprofile set default --client-id ast-test\nprofile use prod\nprofile create three\n");
        assertThat(result.exit()).as("%s", result).isZero();
        JsonObject after = Sessions.read(world);
        assertThat(after.get("of_later")).isEqualTo(later);
        assertThat(Sessions.profile(world, "default").get("of_later")).isEqualTo(later);
        assertThat(Sessions.profile(world, "default")
                        .object("tokens")
                        .orElseThrow()
                        .get("of_later"))
                .isEqualTo(later);
    }

    @Test
    void manyWritersLoseNothing() {
        Sessions.signIn(world, server, "default", LONG);
        List<Callable<AstResult>> writers = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            StringBuilder script = new StringBuilder();
            for (int line = 0; line < 15; line++) {
                script.append("profile create p")
                        .append(i)
                        .append('-')
                        .append(line)
                        .append('\n');
            }
            writers.add(() -> world.runWithInput(script.toString()));
        }
        assertThat(ManyRuns.all(writers, writers.size()))
                .extracting(AstResult::exit)
                .containsOnly(0);
        assertThat(Sessions.read(world).object("profiles").orElseThrow().members())
                .hasSize(6 * 15 + 1);
    }

    @Test
    @Case({"E09", "C11"})
    void namesOfProfilesAreNoPaths() throws IOException {
        Sessions.signIn(world, server, "default", LONG);
        List<String> before = world.files();
        String script = Stream.of(
                        "../../x",
                        "a/b",
                        ".",
                        "..",
                        "''",
                        "-x",
                        "'a b'",
                        "'a\tb'",
                        "x".repeat(65),
                        "x".repeat(10_000),
                        "é",
                        "'a\u202eb'",
                        "CON:")
                .map(name -> "profile create -- " + name + "\n")
                .reduce("", String::concat);
        AstResult result = world.runWithInput(script, "--keep-going");
        assertThat(result.exit()).isEqualTo(2);
        assertThat(result.errLines().stream().filter(line -> line.startsWith("ast: -:")))
                .hasSize(13)
                .allMatch(line -> line.contains("not a profile name"));
        assertThat(result.err()).doesNotContain("\u202e");
        assertThat(world.runWithInput("profile create Prod\nprofile create prod\n")
                        .err())
                .contains("only in upper and lower case");
        assertThat(world.files().stream()
                        .filter(name -> !name.endsWith(".lock"))
                        .toList())
                .isEqualTo(before);
    }

    @Test
    @Case("E10")
    void aHomeThatIsNoneIsRefused() {
        Sessions.signIn(world, server, "default", LONG);
        List<String> before = world.files();
        AstResult relative = world.runBehind(List.of("env", "AST_HOME=relative"), "token");
        assertThat(relative.exit()).as("%s", relative).isEqualTo(2);
        AstResult none = world.runBehind(List.of("env", "-u", "AST_HOME", "HOME=relative"), "token");
        assertThat(none.exit()).as("%s", none).isEqualTo(2);
        AstResult under = world.runBehind(List.of("env", "AST_HOME=/dev/null/x"), "profile", "create", "new");
        assertThat(under.exit()).as("%s", under).isEqualTo(7);
        AstResult standard = world.runBehind(List.of("env", "-u", "AST_HOME"), "profile", "create", "new");
        assertThat(standard.exit()).as("%s", standard).isZero();
        assertThat(world.home().resolve(".ast/credentials.json")).exists();
        assertThat(world.files()).containsAll(before).noneMatch(name -> name.startsWith("work/"));
    }

    @Test
    @Case("E11")
    void nothingIsLeftAfterSigningOutOfAll() throws IOException {
        Sessions.signIn(world, server, "default", Duration.ofSeconds(-1));
        Sessions.signIn(world, server, "prod", LONG);
        AstResult result = world.runWithInput("token\napi /api/one\nlogout --all\n");
        assertThat(result.exit()).as("%s", result).isZero();
        for (String name : world.files()) {
            String text = Files.readString(world.astHome().getParent().resolve(name), StandardCharsets.ISO_8859_1);
            assertThat(text).as(name).doesNotContain("secret-of-the-test");
        }
        assertThat(Sessions.read(world).object("profiles").orElseThrow().members())
                .containsOnlyKeys("default", "prod");
    }

    private static String mode(Path path) throws IOException {
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(path);
        return PosixFilePermissions.toString(permissions);
    }
}
