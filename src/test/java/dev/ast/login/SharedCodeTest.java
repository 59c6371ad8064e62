package dev.ast.login;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ast.support.Answer;
import dev.ast.support.AstInside;
import dev.ast.support.AstResult;
import dev.ast.support.ScriptedServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many that want the same sign-in at once, each with its own clock, over the files and locks of one home. */
class SharedCodeTest {
    private static final String PENDING = "{\"error\":\"authorization_pending\"}";

    @TempDir
    private Path home;

    private final ScriptedServer server = ScriptedServer.http();
    private int codes;

    @BeforeEach
    void script() {
        String place = server.origin().toString();
        server.on(
                "GET /.well-known/openid-configuration",
                Answer.json("{\"issuer\":\"" + place + "\",\"token_endpoint\":\"" + place
                        + "/token\",\"device_authorization_endpoint\":\"" + place + "/device\"}"));
        server.on("POST /device", request -> {
            synchronized (this) {
                codes++;
                return Answer.json("{\"device_code\":\"device-canary-" + codes + "\",\"user_code\":\"ABCD-" + codes
                        + "\",\"verification_uri\":\"" + place + "/verify\",\"expires_in\":86400,\"interval\":1}");
            }
        });
        server.on("POST /token", Answer.json(400, PENDING));
    }

    @AfterEach
    void close() {
        server.close();
    }

    private void approve() {
        server.on("POST /token", request -> {
            String token = "{\"access_token\":\"at-canary\",\"token_type\":\"Bearer\",\"expires_in\":3600,"
                    + "\"refresh_token\":\"rt-canary\"}";
            synchronized (this) {
                return request.form().containsKey("device_code") ? Answer.json(token) : Answer.json(400, "{}");
            }
        });
    }

    private AstInside.Run login(String... more) {
        String[] first = {
            "login",
            "--no-browser",
            "--provider",
            "oidc",
            "--issuer",
            server.origin().toString(),
            "--client-id",
            "cli",
            "--timeout",
            "12h"
        };
        return AstInside.in(home)
                .start(Stream.concat(Stream.of(first), Stream.of(more)).toArray(String[]::new));
    }

    private List<String> pending() throws IOException {
        Path directory = home.resolve(".ast/sign-ins");
        if (!Files.exists(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            List<String> all = new ArrayList<>();
            for (Path file : files.toList()) {
                all.add(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
            }
            return all;
        }
    }

    @Test
    void oneCodeAndOneApprovalAreEnoughForAll() throws IOException {
        List<AstInside.Run> all = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            all.add(login());
        }
        all.forEach(run -> assertThat(run.awaitErr("Code: (\\S+)")).isEqualTo("ABCD-1"));
        assertThat(pending()).containsExactly("rw-------");
        approve();

        int beside = 0;
        for (AstInside.Run run : all) {
            AstResult result = run.end();
            assertThat(result.exit()).as(result.err()).isZero();
            assertThat(result.err()).doesNotContain("canary");
            beside += result.err().contains("one approval is enough for all") ? 1 : 0;
        }
        assertThat(beside).isEqualTo(7);
        assertThat(server.requests("POST /device")).hasSize(1);
        assertThat(pending()).isEmpty();
        assertThat(AstInside.in(home).run("token").out()).isEqualTo("at-canary\n");
    }

    @Test
    void whoeverIsLeftGoesOnWithTheCode() throws IOException {
        AstInside.Run first = login();
        first.awaitErr("Code: ABCD-1");
        AstInside.Run second = login();
        second.awaitErr("one approval is enough for all");
        first.interrupt();
        assertThat(first.end().exit()).isEqualTo(130);
        approve();

        AstResult left = second.end();
        assertThat(left.exit()).as(left.err()).isZero();
        assertThat(server.requests("POST /device")).hasSize(1);
        assertThat(pending()).isEmpty();
    }

    @Test
    void aRefusalIsTheEndOfAll() throws IOException {
        AstInside.Run first = login();
        first.awaitErr("Code: ABCD-1");
        AstInside.Run second = login();
        second.awaitErr("one approval is enough for all");
        server.on("POST /token", Answer.json(400, "{\"error\":\"access_denied\"}"));

        assertThat(first.end().exit()).isEqualTo(3);
        assertThat(second.end().exit()).isEqualTo(3);
        assertThat(server.requests("POST /device")).hasSize(1);
        assertThat(pending()).isEmpty();
    }

    @Test
    void whatAKilledProcessLeftIsGoneOnWithAndUsedUpCodesAreReplaced() throws IOException {
        AstInside.Run first = login();
        first.awaitErr("Code: ABCD-1");
        Path file;
        try (Stream<Path> files = Files.list(home.resolve(".ast/sign-ins"))) {
            file = files.findFirst().orElseThrow();
        }
        byte[] left = Files.readAllBytes(file);
        first.interrupt();
        first.end();
        assertThat(pending()).isEmpty(); // nobody else waited for it

        restore(file, left);
        AstInside.Run second = login();
        assertThat(second.awaitErr("Code: (\\S+)")).isEqualTo("ABCD-1");
        approve();
        assertThat(second.end().exit()).isZero();
        assertThat(server.requests("POST /device")).hasSize(1);

        restore(file, left);
        server.on(
                "POST /token",
                request -> "device-canary-1".equals(request.form().get("device_code"))
                        ? Answer.json(400, "{\"error\":\"expired_token\"}")
                        : Answer.json("{\"access_token\":\"at-new\",\"token_type\":\"Bearer\",\"expires_in\":3600}"));
        AstInside.Run third = login();
        assertThat(third.end().exit()).isZero();
        assertThat(server.requests("POST /device")).hasSize(2);
        assertThat(pending()).isEmpty();
    }

    private static void restore(Path file, byte[] left) throws IOException {
        Files.write(file, left);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void whoAsksForSomethingElseGetsACodeOfItsOwn() {
        AstInside.Run first = login();
        first.awaitErr("Code: ABCD-1");
        AstInside.Run other = login("--scope", "openid other");
        other.awaitErr("Code: ABCD-2");
        AstInside.Run profile = login("--profile", "work");
        profile.awaitErr("Code: ABCD-3");
        for (AstInside.Run run : List.of(first, other, profile)) {
            run.interrupt();
            assertThat(run.end().exit()).isEqualTo(130);
        }
    }
}
