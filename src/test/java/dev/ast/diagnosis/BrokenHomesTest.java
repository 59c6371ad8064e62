package dev.ast.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.RSAKey;
import dev.ast.app.CommandParts;
import dev.ast.app.Foundation;
import dev.ast.app.OnlineParts;
import dev.ast.app.SealedEnvironment;
import dev.ast.app.SessionParts;
import dev.ast.app.Settings;
import dev.ast.app.SettingsReader;
import dev.ast.app.StoreParts;
import dev.ast.credential.file.LockFiles;
import dev.ast.credential.file.PrivateFiles;
import dev.ast.domain.ProfileName;
import dev.ast.domain.Secret;
import dev.ast.domain.StorageKind;
import dev.ast.domain.TokenSet;
import dev.ast.host.AstHome;
import dev.ast.host.Environment;
import dev.ast.host.Interrupts;
import dev.ast.host.Signals;
import dev.ast.host.Sleeper;
import dev.ast.json.Json;
import dev.ast.json.JsonObject;
import dev.ast.support.Answer;
import dev.ast.support.AstInside;
import dev.ast.support.AstResult;
import dev.ast.support.AuthorizationServer;
import dev.ast.support.RecordedScreen;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Homes that are broken, each in its own way: {@code doctor} names the fault, and what to do. */
class BrokenHomesTest {
    private static final String METADATA = "GET /.well-known/openid-configuration";

    @TempDir
    private Path user;

    private static final RSAKey KEY = AuthorizationServer.newKey();

    private final AuthorizationServer server = new AuthorizationServer(KEY);
    private Map<String, String> environment = new TreeMap<>();
    private Instant now = Instant.now();
    private Path home;
    private Path credentials;

    @BeforeEach
    void signIn() {
        home = user.resolve(".ast");
        credentials = home.resolve("credentials.json");
        environment.putAll(
                Map.of("HOME", user.toString(), "AST_STORAGE", "file", "LANG", "C.UTF-8", "PATH", "/usr/bin:/bin"));
        run(
                "profile",
                "create",
                "default",
                "--provider",
                "oidc",
                "--issuer",
                server.issuer(),
                "--client-id",
                "canary-id");
        AuthorizationServer.Tokens tokens = server.signIn("openid");
        StoreParts store = new StoreParts(foundation(RecordedScreen.piped()));
        store.sessions()
                .signIn(
                        store.profiles().require(new ProfileName("default")),
                        new TokenSet(
                                server.origin(),
                                server.origin(),
                                Secret.of(tokens.access()),
                                "Bearer",
                                Optional.of(Secret.of(tokens.refresh())),
                                now,
                                Optional.of(now.plusSeconds(3600)),
                                Optional.empty(),
                                List.of()),
                        StorageKind.FILE);
    }

    private Foundation foundation(RecordedScreen screen) {
        Interrupts interrupts = new Interrupts();
        return new Foundation(
                Environment.of(environment),
                screen.screen(),
                () -> now,
                pause -> now = now.plus(pause),
                interrupts,
                new Signals(interrupts, () -> now, code -> {}));
    }

    /** Runs a command by the parts of the program, without an application around them. */
    private AstResult run(String... words) {
        RecordedScreen screen = RecordedScreen.piped();
        Foundation base = foundation(screen);
        Settings settings = SettingsReader.prepared(SealedEnvironment.forRepair(base.home()));
        StoreParts store = new StoreParts(base);
        OnlineParts[] online = new OnlineParts[1];
        SessionParts session = new SessionParts(base, store, settings.platforms(), () -> online[0]);
        online[0] = new OnlineParts(base, store, session, settings);
        CommandParts commands = new CommandParts(base, store, session, () -> online[0]);
        int code = commands.runner(commands.execution()).run(List.of(words));
        return new AstResult(code, screen.out(), screen.err());
    }

    @AfterEach
    void close() {
        server.close();
    }

    /** What is not ok, as {@code level check: message -> next}. */
    private List<String> troubles(AstResult result) {
        JsonObject document = Json.readObject(result.out().getBytes(StandardCharsets.UTF_8));
        List<String> troubles = new ArrayList<>();
        for (Object each : (Collection<?>) document.get("checks")) {
            JsonObject check = JsonObject.of(each).orElseThrow();
            if (!check.text("level").orElseThrow().equals("ok")) {
                troubles.add(check.text("level").orElseThrow() + " "
                        + check.text("check").orElseThrow() + ": "
                        + check.text("message").orElseThrow() + " -> "
                        + check.text("next").orElse(""));
            }
        }
        return troubles;
    }

    private void assertFound(int exit, String... expected) {
        AstResult result = run("doctor", "-o", "json");
        assertThat(troubles(result)).as(result.out()).contains(expected);
        assertThat(result.exit()).as(result.out()).isEqualTo(exit);
    }

    private static void mode(Path file, String mode) throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    }

    private void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.deleteIfExists(file);
        Files.writeString(file, text);
        mode(file, "rw-------");
    }

    @Test
    void aGoodHomeHasNoTroubles() {
        AstResult result = run("doctor", "-o", "json");
        assertThat(troubles(result)).isEmpty();
        assertThat(result.exit()).isZero();
        AstResult text = run("doctor");
        assertThat(text.out())
                .contains("ok       home          " + home + ": is closed to other users\n")
                .contains("ok       sessions      the tokens of 1 profile can be read\n")
                .contains(server.origin() + " (profile default): answers (HTTP ");
        assertThat(server.requests().stream().filter(request -> request.method().equals("HEAD")))
                .isNotEmpty()
                .noneMatch(request -> request.header("Authorization").isPresent());
    }

    @Test
    void aModeThatLetsOthersRead() throws IOException {
        mode(credentials, "rw-r--r--");
        assertFound(
                7,
                "failed files: can be read by other users (mode 644) -> chmod 600 " + credentials
                        + ", or ast doctor --fix");
        mode(home, "rwxrwxrwx");
        assertFound(7, "failed home: can be written by other users (mode 777) -> ast doctor --fix");
        AstResult fixed = run("doctor", "--fix");
        assertThat(fixed.exit()).as(fixed.out()).isZero();
        assertThat(fixed.out())
                .contains(
                        "Fixed: " + home + " closed to other users",
                        "Fixed: " + credentials + " closed to other users");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(credentials)))
                .isEqualTo("rw-------");
        assertThat(run("whoami").exit()).isZero();
    }

    @Test
    void aSymbolicLink() throws IOException {
        Path elsewhere = Files.move(credentials, user.resolve("elsewhere.json"));
        Files.createSymbolicLink(credentials, elsewhere);
        assertFound(7, "failed files: is a symbolic link, which could lead anywhere -> replace it by a real file");
        assertThat(run("doctor", "--offline", "--fix").exit()).isEqualTo(7);
        assertThat(Files.isSymbolicLink(credentials))
                .as("links are left to the user")
                .isTrue();
    }

    @Test
    void aCorruptFile() throws IOException {
        write(credentials, "{\"version\": 1, \"profiles\": ");
        assertFound(
                7, "failed credentials: is corrupt -> ast doctor --fix moves it aside; then sign in again: ast login");
        assertThat(run("doctor", "--offline", "--fix").exit()).isZero();
        assertThat(credentials).doesNotExist();
        assertThat(home.resolve("credentials.json.corrupt")).content().startsWith("{\"version\": 1");
    }

    @Test
    void aNewerFile() throws IOException {
        write(credentials, "{\"version\": 2}");
        assertFound(
                7,
                "failed credentials: was written by a newer version of ast -> update ast; or ast doctor --fix moves it"
                        + " aside, and you sign in again");
    }

    @Test
    void aFileOfAnotherProgram() throws IOException {
        write(credentials, "{\"profiles\": {}}");
        assertFound(
                7,
                "failed credentials: belongs to another program of this name -> take its profiles over: ast auth import");
        run("doctor", "--offline", "--fix");
        assertThat(credentials).hasContent("{\"profiles\": {}}");
    }

    @Test
    void settingsThatCannotBeRead() throws IOException {
        Path config = home.resolve("config.yml");
        write(config, "ast: [");
        assertFound(2, "failed config: cannot be used -> ast config edit; or correct it, or move it aside");
        write(config, "ast:\n  storage: nowhere\n");
        assertFound(2, "failed config: cannot be used -> ast config edit; or use auto, keyring, file or helper:NAME");
        Files.delete(config);
        Files.createDirectory(config);
        assertFound(7, "failed config: cannot be used -> ast config edit; or move it aside");
    }

    @Test
    void theWholeProgramRunsDoctorAndConfigWhereItsSettingsCannotBeRead() throws IOException {
        AstInside ast = AstInside.in(user);
        write(home.resolve("config.yml"), "ast: [");
        assertThat(ast.run("whoami").exit()).isEqualTo(2);
        AstResult result = ast.run("doctor", "--offline");
        assertThat(result.exit()).isEqualTo(2);
        assertThat(result.out()).contains("failed   config", "next: ast config edit");
        assertThat(ast.run("config", "path").out()).isEqualTo(home.resolve("config.yml") + "\n");
    }

    @Test
    void aFileWhereADirectoryIsNeeded() throws IOException {
        write(home.resolve("sign-ins"), "");
        assertFound(7, "failed files: is not a directory -> move it aside");
    }

    @Test
    void anUnknownKey() throws IOException {
        write(home.resolve("config.yml"), "ast:\n  shell:\n    pagr: never\n");
        assertFound(0, "warning config: an unknown key has no effect -> you may mean ast.shell.pager: ast config edit");
    }

    @Test
    void aServerThatCannotBeReached() {
        run("profile", "create", "gone", "--provider", "oidc", "--issuer", "http://127.0.0.1:1", "--client-id", "x");
        AstResult result = run("doctor", "-o", "json");
        assertThat(troubles(result)).singleElement().asString().startsWith("failed server: cannot be reached -> ");
        assertThat(result.exit()).isEqualTo(6);
        AstResult offline = run("doctor", "--offline", "-o", "json");
        assertThat(troubles(offline)).isEmpty();
        assertThat(offline.out()).doesNotContain("\"server\"");
    }

    @Test
    void onlyTheServerOfTheProfileThatIsNamed() {
        run("profile", "create", "gone", "--provider", "oidc", "--issuer", "http://127.0.0.1:1", "--client-id", "x");
        assertThat(run("doctor", "--profile", "default").exit()).isZero();
        assertThat(run("doctor", "--profile", "gone").exit()).isEqualTo(6);
        AstResult unknown = run("doctor", "--profile", "gon");
        assertThat(unknown.exit()).isEqualTo(4);
        assertThat(unknown.err()).contains("there is no profile gon; did you mean gone?");
    }

    @Test
    void aWrongClock() {
        server.serve("HEAD /", dated(Duration.ofMinutes(-3)));
        assertFound(
                0,
                "warning server: the clock of this machine and that of the server differ by more than a minute -> set the"
                        + " clock of this machine");
        server.serve("HEAD /", dated(Duration.ofHours(2)));
        assertFound(
                1,
                "failed server: the clock of this machine and that of the server differ by more than five minutes -> set"
                        + " the clock of this machine");
    }

    private Answer dated(Duration late) {
        return Answer.status(200)
                .header(
                        "Date",
                        DateTimeFormatter.RFC_1123_DATE_TIME.format(
                                now.plus(late).atZone(ZoneOffset.UTC)));
    }

    @Test
    void aLockedStore() {
        AstHome locked = new AstHome(home, false);
        LockFiles locks = new LockFiles(locked, new PrivateFiles(home), InstantSource.system(), Sleeper.plain());
        try (LockFiles.Held held = locks.store()) {
            assertThat(held).isNotNull();
            AstResult result = CompletableFuture.supplyAsync(() -> run("doctor", "--offline", "-o", "json"))
                    .join();
            assertThat(troubles(result))
                    .containsExactly(
                            "failed locks: the credentials file is locked -> wait for this process, or end it");
            assertThat(result.exit()).isEqualTo(7);
        }
        assertThat(troubles(run("doctor", "--offline", "-o", "json"))).isEmpty();
    }

    @Test
    void aServerWithoutRevocation() {
        server.change(METADATA, members -> {
            members.remove("revocation_endpoint");
            return members;
        });
        assertFound(
                0,
                "warning server: the server has no revocation endpoint, so that a sign-out ends nothing there -> end"
                        + " sessions on the platform's own pages, or set revocation-uri in config.yml");
    }

    @Test
    void aHelperThatIsNotFound() throws IOException {
        write(user.resolve(".docker/config.json"), "{\"credHelpers\": {\"registry.example.com\": \"ast\"}}");
        write(user.resolve(".gitconfig"), "[credential \"https://git.example.com\"]\n\thelper = ast\n");
        AstResult result = run("doctor", "--offline", "-o", "json");
        String next = " -> put %s on the PATH, beside ast";
        assertThat(troubles(result))
                .contains("failed docker: is set up, but its helper is not found"
                        + next.formatted("docker-credential-ast"));
        if (Files.isExecutable(Path.of("/usr/bin/git"))) {
            assertThat(troubles(result))
                    .contains("failed git: is set up, but its helper is not found"
                            + next.formatted("git-credential-ast"));
        }
        assertThat(result.exit()).isEqualTo(1);

        Path bin = Files.createDirectory(user.resolve("bin"));
        for (String helper : List.of("docker-credential-ast", "git-credential-ast")) {
            write(bin.resolve(helper), "");
            mode(bin.resolve(helper), "rwx------");
        }
        environment.put("PATH", bin + ":/usr/bin:/bin");
        AstResult found = run("doctor", "--offline", "-o", "json");
        String nobody = ": no signed-in profile has a credential for a host that is set up -> ast login";
        if (Files.isExecutable(Path.of("/usr/bin/git"))) {
            assertThat(troubles(found)).containsExactly("warning docker" + nobody, "warning git" + nobody);
        }
    }

    @Test
    void aLauncherThatHasMoved() throws IOException {
        String launcher = user.resolve("my tools/ast").toString();
        write(
                user.resolve("git-settings"),
                "[credential]\n\thelper = \"!'" + launcher + "' credential git --profile me\"\n");
        write(
                user.resolve(".kube/config"),
                "users:\n- name: ast\n  user:\n    exec:\n      command: '" + launcher + "'\n");
        write(user.resolve(".terraformrc"), "credentials_helper \"ast\" {\n  args = []\n}\n");
        write(
                user.resolve(".cargo/config.toml"),
                "[registry]\nglobal-credential-providers = [\"cargo:token\", \"/gone/cargo-credential-ast\"]\n");
        write(user.resolve(".bazelrc"), "common --credential_helper=*.example.com=/gone/bazel-credential-ast\n");
        write(user.resolve(".aws/config"), "[profile x]\ncredential_process = /gone/ast credential aws --role-arn r\n");
        environment.put("GIT_CONFIG_GLOBAL", user.resolve("git-settings").toString());
        List<String> programs = new ArrayList<>(List.of("kubectl", "terraform", "cargo", "bazel", "aws"));
        if (Files.isExecutable(Path.of("/usr/bin/git"))) {
            programs.add(0, "git");
        }
        assertThat(troubles(run("doctor", "--offline", "-o", "json")))
                .hasSize(programs.size())
                .zipSatisfy(
                        programs,
                        (line, program) -> assertThat(line)
                                .startsWith("failed " + program + ": is set up, but its helper is not found -> "));

        for (String file : List.of("my tools/ast", ".terraform.d/plugins/terraform-credentials-ast")) {
            write(user.resolve(file), "");
            mode(user.resolve(file), "rwx------");
        }
        assertThat(troubles(run("doctor", "--offline", "-o", "json")))
                .extracting(line -> line.split(":", 2)[0])
                .containsExactly("failed cargo", "failed bazel", "failed aws");
    }

    @Test
    void whatWasKilledIsCleanedUp() throws IOException {
        Process ended = new ProcessBuilder("/bin/true").start();
        ended.onExit().join();
        write(home.resolve("usage." + ended.pid() + ".17.tmp"), "text");
        write(home.resolve("edit-" + ended.pid() + "-1/line.txt"), "text");
        mode(home.resolve("edit-" + ended.pid() + "-1"), "rwx------");
        write(home.resolve("usage." + ProcessHandle.current().pid() + ".17.tmp"), "in use");
        assertThat(troubles(run("doctor", "--offline", "-o", "json")))
                .contains("warning leftovers: 2 files of crashed processes are left -> ast doctor --fix");
        assertThat(run("doctor", "--offline", "--fix").out()).contains("removed 2 files of crashed processes");
        assertThat(home.resolve("edit-" + ended.pid() + "-1")).doesNotExist();
        assertThat(home.resolve("usage." + ProcessHandle.current().pid() + ".17.tmp"))
                .exists();
    }

    @Test
    void anItemIsWrittenOnlyWhenAskedFor() throws IOException {
        byte[] before = Files.readAllBytes(credentials);
        AstResult result = run("doctor", "--offline", "--write-test");
        assertThat(result.out()).contains("home-write    an item was written, read again and removed");
        assertThat(home.resolve("doctor-write-test")).doesNotExist();
        assertThat(Files.readAllBytes(credentials)).isEqualTo(before);
        assertThat(run("doctor", "--offline").out()).doesNotContain("home-write");
    }

    @Test
    void theReportForOthersHasNothingOfTheUsers() throws IOException {
        String token = Json.readObject(Files.readAllBytes(credentials))
                .object("profiles")
                .flatMap(all -> all.object("default"))
                .flatMap(one -> one.object("tokens"))
                .map(tokens -> tokens.members().toString())
                .orElseThrow();
        run(
                "profile",
                "create",
                "canary-profile",
                "--provider",
                "oidc",
                "--issuer",
                "http://127.0.0.1:1/canary-path",
                "--client-id",
                "canary-client");
        write(home.resolve("config.yml"), """
                ast:
                  canary-key: 1
                  shell:
                    aliases:
                      canary-alias: api /canary-words
                  providers:
                    canary-provider:
                      title: Canary Title
                      server: https://canary-server.example.com
                      client-id: canary-id
                      client-secret: canary-secret
                """);
        write(home.resolve("history"), "canary-history\n");
        write(home.resolve("canary-file"), "canary-content");
        mode(home.resolve("canary-file"), "rw-r--r--");
        write(user.resolve(".docker/config.json"), "{\"credHelpers\": {\"canary-registry.example.com\": \"ast\"}}");
        write(user.resolve(".gitconfig"), "[credential \"https://canary-git.example.com\"]\n\thelper = ast\n");
        environment.put("HTTPS_PROXY", "http://canary-user:canary-password@canary-proxy:3128");
        environment.put("AST_CA_BUNDLE", user + "/canary-ca.pem");
        environment.put("AST_TOKEN", "canary-variable-token");
        environment.put("SHELL", "/canary-shell/bash");

        Path file = user.resolve("report.json");
        AstResult result = run("doctor", "--bundle", file.toString());

        String report = Files.readString(file);
        assertThat(result.out()).contains("canary-key", "Wrote " + file);
        assertThat(report)
                .contains("an unknown key has no effect", "cannot be reached", "\"facts\"")
                .doesNotContainIgnoringCase("canary")
                .doesNotContain(
                        "ada",
                        "Ada",
                        "example.com",
                        "127.0.0.1",
                        user.toString(),
                        server.origin().toString());
        for (String part : token.split("[{}=, ]+", -1)) {
            assertThat(part.length() < 12 || !report.contains(part)).as(part).isTrue();
        }
        Json.readObject(report.getBytes(StandardCharsets.UTF_8));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");

        AstResult again = run("doctor", "--offline", "--bundle", file.toString());
        assertThat(again.exit()).isEqualTo(1);
        assertThat(again.err()).contains(file + " exists already, and is not overwritten");
        assertThat(file).hasContent(report);
    }

    @Test
    void theDocumentNamesTheWorst() {
        AstResult result = run("doctor", "--offline", "-o", "json");
        Map<String, ?> document =
                Json.readObject(result.out().getBytes(StandardCharsets.UTF_8)).members();
        assertThat(document.keySet()).containsExactly("worst", "checks", "fixed", "bundle");
        assertThat(document.get("worst")).isEqualTo("ok");
    }
}
