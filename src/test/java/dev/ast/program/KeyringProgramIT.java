package dev.ast.program;

import static dev.ast.support.ManyRuns.call;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ast.support.AstResult;
import dev.ast.support.AstWorld;
import dev.ast.support.AuthorizationServer;
import dev.ast.support.AuthorizationServer.Decision;
import dev.ast.support.AuthorizationServer.Tokens;
import dev.ast.support.Case;
import dev.ast.support.ManyRuns;
import dev.ast.support.Packages;
import dev.ast.support.PrivateSession;
import dev.ast.support.RunningAst;
import dev.ast.support.Sessions;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The program with its tokens in real keyrings, each on a private bus. */
@Timeout(180)
class KeyringProgramIT {
    private static final Duration LIMIT = Duration.ofSeconds(5);

    /** What the program takes, on this machine and now, without a keyring: a busy machine is not a failure. */
    private Duration start = Duration.ZERO;

    private final AstWorld world = AstWorld.create();
    private final AuthorizationServer server = new AuthorizationServer().decide(Decision.APPROVED);

    @AfterEach
    void close() {
        world.close();
        server.close();
    }

    private PrivateSession inside(PrivateSession session) {
        for (String variable : List.of("DBUS_SESSION_BUS_ADDRESS", "XDG_RUNTIME_DIR")) {
            String value = session.environment().get(variable);
            if (value == null) {
                world.withoutEnv(variable);
            } else {
                world.env(variable, value);
            }
        }
        return session;
    }

    private AstResult good(String... words) {
        AstResult result = world.run(words);
        assertThat(result.exit()).as("%s: %s", List.of(words), result).isZero();
        return result;
    }

    private AstResult login(String... more) {
        return world.run(server.login(more).toArray(String[]::new));
    }

    private String token(String... more) {
        List<String> words = new ArrayList<>(List.of("token"));
        words.addAll(List.of(more));
        return good(words.toArray(String[]::new)).out().strip();
    }

    private static String lookup(PrivateSession session, String account) throws Exception {
        return session.run("secret-tool", "lookup", "service", "ast", "account", account)
                .output();
    }

    private String account(String profile) {
        return profile + "@" + world.environment().get("AST_HOME");
    }

    /** Signs in with tokens in the keyring, beside the program and quicker than by a login. */
    private Tokens signIn(String profile) {
        Tokens tokens = Sessions.signIn(world, server, profile, Duration.ofHours(1));
        good("auth", "migrate", "--to", "keyring", "--profile", profile);
        return tokens;
    }

    private void assertInNoFile(List<String> secrets) throws IOException {
        Path root = world.home().getParent();
        for (String file : world.files()) {
            assertThat(Files.readString(root.resolve(file), StandardCharsets.ISO_8859_1))
                    .as(file)
                    .doesNotContain(secrets);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gnome-keyring", "KeePassXC"})
    void aWholeSession(String service) throws Exception {
        Path odd = Files.createDirectory(world.home().resolve("hö me")).resolve("ast ☂#1");
        world.env("AST_HOME", odd.toString());
        try (PrivateSession session =
                inside(service.equals("KeePassXC") ? PrivateSession.keePassXc() : PrivateSession.gnomeKeyring())) {
            Path heard = session.directory().resolve("heard");
            Process monitor = session.start(heard, "dbus-monitor", "--session");
            PrivateSession.awaitText(heard, "NameAcquired");
            server.life(Duration.ofMinutes(30));
            AstResult login = login("--scope", "openid profile");
            assertThat(login.exit()).as("%s", login).isZero();
            assertThat(login.out() + login.err()).contains("tokens in the system keyring");
            String first = lookup(session, account("default"));
            server.life(Duration.ofHours(1));
            String access = token("--min-ttl", "30m");
            String second = lookup(session, account("default"));
            assertThat(first)
                    .contains("\"access_token\":", "\"refresh_token\":")
                    .doesNotContain(access);
            assertThat(second).contains("\"access_token\":\"" + access + "\"");
            assertThat(member(second, "refresh_token")).isNotEqualTo(member(first, "refresh_token"));
            assertThat(server.tokenRequests("refresh_token")).hasSize(1);
            assertThat(token()).isEqualTo(access);
            assertThat(good("status").out()).containsPattern("Stored in: +system keyring");
            assertThat(good("whoami").out()).contains("ada@example.com");
            assertThat(good("api", "/api/one").out()).contains("/api/one");
            assertThat(server.tokenRequests("refresh_token")).hasSize(1);

            List<String> secrets = new ArrayList<>();
            for (String item : List.of(first, second)) {
                secrets.add(member(item, "access_token"));
                secrets.add(member(item, "refresh_token"));
            }
            assertInNoFile(secrets);
            assertThat(good("logout").out()).contains("Signed out of default");
            assertThat(lookup(session, account("default"))).isEmpty();
            assertThat(server.lives(secrets.get(3))).isFalse();
            assertThat(world.run("token").exit()).isEqualTo(4);
            monitor.destroy();
            assertThat(monitor.waitFor(10, TimeUnit.SECONDS)).isTrue();
            assertNotHeard(heard, secrets);
        }
    }

    private static void assertNotHeard(Path heard, List<String> secrets) throws IOException {
        String text = Files.readString(heard, StandardCharsets.ISO_8859_1);
        assertThat(text).contains("member=CreateItem", "member=GetSecret", "member=SetSecret", "member=Delete");
        String packed = text.replaceAll("\\s", "");
        for (String secret : secrets) {
            assertThat(text).doesNotContain(secret);
            assertThat(packed).doesNotContain(HexFormat.of().formatHex(secret.getBytes(StandardCharsets.US_ASCII)));
        }
    }

    private static String member(String item, String name) {
        return item.replaceAll("(?s).*\"" + name + "\":\"([^\"]*)\".*", "$1");
    }

    @Test
    @Case({"F01", "F03"})
    void everyFailureHasItsOwnMessageAndLosesNothing() throws Exception {
        try (PrivateSession session = inside(PrivateSession.gnomeKeyring())) {
            Sessions.signIn(world, server, "two", Duration.ofHours(1));
            Sessions.signIn(world, server, "three", Duration.ofHours(1));
            Tokens tokens = Sessions.signIn(world, server, "default", Duration.ofHours(1));
            good("auth", "migrate", "--to", "keyring");
            byte[] before = Files.readAllBytes(Sessions.file(world));
            Instant begin = Instant.now();
            good("profile", "show");
            start = Duration.between(begin, Instant.now());
            try (RunningAst shell = world.start("--script", "-", "--keep-going", "--no-input")) {
                shell.type("token\n");
                shell.awaitOut(tokens.access() + "\n", AstWorld.USUAL_TIMEOUT);
                for (String[] trouble : new String[][] {
                    {"lock", "the system keyring is locked", "unlock"},
                    {"hang", "the system keyring does not answer: no answer within 3 seconds", "resume"},
                    {"kill", "no keyring service (org.freedesktop.secrets) runs on the session bus", "restart"}
                }) {
                    session.control(trouble[0]);
                    shell.type("token\n");
                    shell.awaitErr(trouble[1], LIMIT);
                    assertEveryCommandFails(trouble[1]);
                    session.control(trouble[2]);
                }
                session.control("restart");
                shell.type("token\nexit\n");
                AstResult result = shell.await(AstWorld.USUAL_TIMEOUT);
                assertThat(result.exit()).isEqualTo(7);
                assertThat(result.outLines()).containsExactly(tokens.access(), tokens.access());
                assertThat(result.err()).doesNotContain("not signed in");
            }
            String address = world.environment().get("DBUS_SESSION_BUS_ADDRESS");
            world.env(
                    "DBUS_SESSION_BUS_ADDRESS", "unix:path=" + world.temporary().resolve("nobody"));
            assertEveryCommandFails("no system keyring is available: the session bus cannot be reached at ");
            world.withoutEnv("DBUS_SESSION_BUS_ADDRESS").withoutEnv("XDG_RUNTIME_DIR");
            assertEveryCommandFails("no system keyring is available: there is no session bus");
            try (PrivateSession bare = inside(PrivateSession.gnomeKeyring("--mode", "bare"))) {
                assertThat(bare.directory()).exists();
                assertEveryCommandFails(
                        "no system keyring is available: the keyring service has no default collection");
            }
            world.env("DBUS_SESSION_BUS_ADDRESS", address);
            assertThat(token()).isEqualTo(tokens.access());
            assertThat(Sessions.file(world)).hasBinaryContent(before);
            assertThat(server.lives(tokens.refresh())).isTrue();
        }
    }

    private void assertEveryCommandFails(String message) {
        List<List<String>> calls = List.of(call("token"), call("status"), call("logout", "--all", "--local"));
        List<Callable<AstResult>> runs = calls.stream()
                .map(words -> (Callable<AstResult>) () -> timely(words))
                .toList();
        for (AstResult result : ManyRuns.all(runs, 2)) {
            assertThat(result.exit()).as("%s", result).isEqualTo(7);
            assertThat(result.err()).contains("ast: ", message, "hint: ").doesNotContain("not signed in");
        }
    }

    private AstResult timely(List<String> words) {
        Instant before = Instant.now();
        AstResult result = world.run(words.toArray(String[]::new));
        assertThat(Duration.between(before, Instant.now()))
                .as("%s: %s", words, result)
                .isLessThan(LIMIT.plus(start));
        return result;
    }

    @Test
    @Case("F04")
    void arefreshedTokenThatCannotBeSavedIsPrintedAndSaid() throws Exception {
        try (PrivateSession session = inside(PrivateSession.gnomeKeyring())) {
            Tokens old = Sessions.signIn(world, server, "default", Duration.ofSeconds(-1));
            good("auth", "migrate", "--to", "keyring");
            server.afterRefresh(() -> {
                try {
                    session.control("lock");
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            });
            AstResult result = world.run("token");
            assertThat(result.exit()).as("%s", result).isEqualTo(7);
            assertThat(result.out().strip())
                    .isEqualTo(server.newest(old.refresh()).access());
            assertThat(result.err()).contains("the system keyring is locked");
        }
    }

    @Test
    @Case("E12")
    void movesBetweenTheStoresAndAKillLosesNothing() throws Exception {
        Packages.require("strace");
        String long1 = "grüße-令牌-" + "x".repeat(6 * 1024);
        try (PrivateSession session = inside(PrivateSession.gnomeKeyring())) {
            Sessions.signIn(world, server, "default", Duration.ofHours(1));
            String access = Sessions.token(world, "default", "access_token");
            Sessions.write(world, Sessions.text(world).replace(access, long1));
            List<String> places = new ArrayList<>();
            for (String to : List.of("keyring", "file")) {
                for (int rename = 1; rename <= 2; rename++) {
                    AstResult killed = world.runBehind(
                            List.of(
                                    "strace",
                                    "-f",
                                    "-qq",
                                    "-o",
                                    "/dev/null",
                                    "-e",
                                    "inject=rename:signal=KILL:when=" + rename),
                            "auth",
                            "migrate",
                            "--to",
                            to);
                    assertThat(killed.exit()).as("%s", killed).isEqualTo(128 + 9);
                    places.add(where(session, long1));
                    assertThat(token()).isEqualTo(long1);
                }
                good("auth", "migrate", "--to", to);
                places.add(where(session, long1));
                assertThat(token()).isEqualTo(long1);
                assertThat(good("auth", "migrate", "--to", to).out()).contains("already");
            }
            assertThat(places)
                    .containsExactly("file keyring", "file keyring", "keyring", "keyring", "file keyring", "file");
        }
    }

    private String where(PrivateSession session, String access) throws Exception {
        String file = Sessions.text(world).contains(access) ? "file " : "";
        String keyring = lookup(session, account("default")).contains(access) ? "keyring" : "";
        return (file + keyring).strip();
    }

    @Test
    @Case({"F07", "I04"})
    void logoutRemovesWhatNobodyWouldLookFor() throws Exception {
        try (PrivateSession session = inside(PrivateSession.gnomeKeyring())) {
            Tokens copied = signIn("copied");
            String withCopy = Sessions.text(world)
                    .replace("\"identity\"", "\"tokens\":{\"access_token\":\"" + copied.access() + "\"},\"identity\"");
            Sessions.write(world, withCopy);
            assertThat(good("logout", "--profile", "copied").out()).contains("Signed out of copied");
            assertThat(Sessions.text(world)).doesNotContain(copied.access());

            signIn("lost");
            session.run(
                    "{}", new String[] {"secret-tool", "store", "--label=x", "service", "ast", "account", "foreign"});
            Sessions.write(world, "{\"version\":1}");
            AstResult locked = lockedLogout(session);
            assertThat(locked.exit()).as("%s", locked).isEqualTo(7);
            assertThat(locked.out()).contains("The system keyring could not be searched");
            assertThat(locked.err()).contains("ast: the system keyring is locked");
            AstResult all = good("logout", "--all");
            assertThat(all.out()).contains("Signed out of lost", "only the keyring knew this profile");
            assertThat(lookup(session, account("lost"))).isEmpty();
            assertThat(lookup(session, "foreign")).isEqualTo("{}");
        }
    }

    private AstResult lockedLogout(PrivateSession session) throws Exception {
        session.control("lock");
        try {
            return world.run("logout", "--all");
        } finally {
            session.control("unlock");
        }
    }

    @Test
    @Case({"C08", "F02"})
    void whereThereIsNoKeyringTheFileIsUsedAndSaidOnce() {
        world.env("DBUS_SESSION_BUS_ADDRESS", "unix:path=" + world.temporary().resolve("nobody"));
        AstResult login = login();
        assertThat(login.exit()).as("%s", login).isZero();
        assertThat(login.errLines().stream().filter(line -> line.contains("no system keyring is available")))
                .hasSize(1)
                .allMatch(line -> line.endsWith("; tokens are kept in a file readable by this user only"));
        AstResult status = good("status");
        assertThat(status.out()).containsPattern("Stored in: +credentials file, readable by this user only");
        assertThat(status.err()).isEmpty();
        AstResult wanted = login("--storage", "keyring");
        assertThat(wanted.exit()).as("%s", wanted).isEqualTo(7);
        assertThat(wanted.err()).contains("no system keyring is available");
        assertThat(server.requests("POST /device")).hasSize(1);
    }

    /** By who connects to the bus. */
    @Test
    @Case("F08")
    void withTheFileNobodyLooksForAKeyring() throws IOException {
        Path socket = world.temporary().resolve("bus");
        try (ServerSocketChannel bus = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            bus.bind(UnixDomainSocketAddress.of(socket)).configureBlocking(false);
            world.env("DBUS_SESSION_BUS_ADDRESS", "unix:path=" + socket);
            assertThat(login("--storage", "file").exit()).isZero();
            AstResult others = world.runWithInput("token\ntoken --min-ttl 2h\nstatus\nwhoami\nprofile list\nlogout\n");
            assertThat(others.exit()).as("%s", others).isZero();
            for (AstResult result : ManyRuns.of(
                    world, List.of(call("help"), call("version"), call("completion", "bash"), call("status")))) {
                assertThat(result.exit()).as("%s", result).isZero();
            }
            Files.writeString(world.astHome().resolve("config.yml"), "ast:\n  storage: file\n");
            assertThat(login().exit()).isZero();
            Files.delete(world.astHome().resolve("config.yml"));
            world.env("AST_STORAGE", "file");
            assertThat(login().exit()).isZero();
            assertThat(bus.accept()).isNull();
        }
    }
}
