package dev.ast.program;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ast.support.AstResult;
import dev.ast.support.AstWorld;
import dev.ast.support.AuthorizationServer;
import dev.ast.support.AuthorizationServer.Decision;
import dev.ast.support.AuthorizationServer.Tokens;
import dev.ast.support.Case;
import dev.ast.support.ManyRuns;
import dev.ast.support.Request;
import dev.ast.support.RunningAst;
import dev.ast.support.Sessions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The device grant before the user approves: where its secrets are, and how it ends early. */
class DeviceLoginIT {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String DEVICE_CODE = "device-1-secret";

    private final AstWorld world = AstWorld.create().env("AST_STORAGE", "file");
    private final AuthorizationServer server = new AuthorizationServer();

    @AfterEach
    void close() {
        world.close();
        server.close();
    }

    private String[] login(String... more) {
        return server.login(more).toArray(String[]::new);
    }

    @Test
    @Case({"A02", "C04"})
    void theDeviceCodeAndTheTokensStandInBodiesOnly() throws IOException {
        AstResult result;
        try (RunningAst login = world.start(login("-o", "json", "--verbose"))) {
            login.endInput();
            login.awaitErr("ABCD-EFGH", SOON);
            Awaitility.await().atMost(SOON).until(() -> server.polls().size() > 1);
            String command = Files.readString(Path.of("/proc/" + login.pid() + "/cmdline"));
            assertThat(command).doesNotContain(DEVICE_CODE);
            assertNothingSecretStored("sign-ins/");
            server.decide(Decision.APPROVED);
            result = login.await(SOON);
        }
        assertThat(result.exit()).as("%s", result).isZero();
        assertThat(result.out() + result.err()).doesNotContain("secret");
        assertThat(world.run("token").exit()).isZero();
        assertThat(world.run("logout").exit()).isZero();
        assertThat(server.tokenRequests("device_code"))
                .isNotEmpty()
                .allMatch(request -> DEVICE_CODE.equals(request.form().get("device_code")));
        assertThat(server.requests()).extracting(Request::target).allMatch(target -> !target.contains("secret"));
        assertNothingSecretStored("nothing");
    }

    // While a sign-in waits its code is in a private file, for the processes that wait for the same approval.
    private void assertNothingSecretStored(String but) throws IOException {
        for (String name : world.files()) {
            if (name.contains(but)) {
                assertThat(Files.getPosixFilePermissions(world.home().resolveSibling(name)))
                        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
                continue;
            }
            assertThat(Files.readString(world.home().resolveSibling(name), StandardCharsets.ISO_8859_1))
                    .as(name)
                    .doesNotContain("secret");
        }
    }

    @ParameterizedTest
    @CsvSource({"INT, 130", "TERM, 143", "HUP, 143"})
    @Case("A07")
    void aSignalEndsTheWaitAndNoPollFollows(String signal, int exit) throws IOException {
        Tokens tokens = Sessions.signIn(world, server, "default", Duration.ofHours(1));
        String before = Sessions.text(world);
        try (RunningAst login = world.startBehind(List.of("env", "--default-signal=INT"), login())) {
            login.endInput();
            Awaitility.await().atMost(SOON).until(() -> server.polls().size() > 1);
            Instant sent = Instant.now();
            login.signal(signal);
            AstResult result = login.await(SOON);
            assertThat(Duration.between(sent, Instant.now())).isLessThan(Duration.ofSeconds(3));
            assertThat(result.exit()).as("%s", result).isEqualTo(exit);
            assertThat(result.out()).isEmpty();
        }
        int polls = server.tokenRequests("device_code").size();
        assertThat(world.run("token").out()).isEqualTo(tokens.access() + "\n");
        assertThat(server.tokenRequests("device_code")).hasSize(polls);
        assertThat(Sessions.text(world)).isEqualTo(before);
    }

    @Test
    @Case("A13")
    void twoSignInsOfOneProfileLeaveOneWholeAnswer() {
        server.decide(Decision.APPROVED);
        Callable<AstResult> one = () -> world.run(login("--profile", "shared"));
        assertThat(ManyRuns.all(List.of(one, one), 2))
                .extracting(AstResult::exit)
                .containsOnly(0);
        String refresh = Sessions.token(world, "shared", "refresh_token");
        assertThat(Sessions.token(world, "shared", "access_token"))
                .isEqualTo(server.newest(refresh).access());
        assertThat(world.run("token", "--profile", "shared").out())
                .isEqualTo(server.newest(refresh).access() + "\n");
    }
}
