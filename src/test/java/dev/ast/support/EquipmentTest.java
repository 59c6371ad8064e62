package dev.ast.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The equipment is what other tests rest on, so it is tried with programs whose behaviour is known. */
class EquipmentTest {
    private static final Duration SOON = Duration.ofSeconds(10);

    @Test
    void aProgramRunsInAnEnvironmentAndFoldersOfItsOwn() {
        try (AstWorld world = AstWorld.around(Path.of("/bin/sh")).env("GIVEN", "a b")) {
            AstResult result = world.runWithInput(
                    "input\n", "-c", "read x; echo \"$x,$GIVEN,$HOME,$AST_HOME,$PWD,$USER\"; echo no >&2; exit 7");
            assertThat(result.exit()).isEqualTo(7);
            assertThat(result.outLines())
                    .containsExactly("input,a b," + world.home() + "," + world.astHome() + "," + world.work() + ",");
            assertThat(result.err()).isEqualTo("no\n");
            assertThat(world.files()).isEmpty();
        }
    }

    @Test
    void aWorldVanishesWithWhatRunsInIt() {
        AstWorld world = AstWorld.around(Path.of("/bin/sh"));
        RunningAst running = world.start("-c", "echo $$ > \"$TMPDIR/pid\"; echo there; cat");
        running.awaitOut("there", SOON);
        assertThat(world.files()).containsExactly("tmp/pid");
        world.close();
        assertThat(running.await(SOON).exit()).isEqualTo(137);
        assertThat(Files.exists(world.home())).isFalse();
    }

    @Test
    void aRunningProgramIsHeardAndSignalled() {
        try (AstWorld world = AstWorld.around(Path.of("/bin/sh"));
                RunningAst running =
                        world.start("-c", "trap 'echo caught; exit 3' INT; echo ready; while :; do read x; done")) {
            running.awaitOut("ready", SOON);
            running.signal("INT");
            running.type("\n");
            assertThat(running.await(SOON)).isEqualTo(new AstResult(3, "ready\ncaught\n", ""));
        }
    }

    @Test
    void whatAProgramNeverSaysFails() {
        try (AstWorld world = AstWorld.around(Path.of("/bin/sh"));
                RunningAst running = world.start("-c", "echo one")) {
            assertThatThrownBy(() -> running.awaitOut("two", SOON))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("«one\n»");
        }
    }

    @Test
    void aTerminalShowsWhatIsTypedAndHowItEnds() {
        Packages.require("tmux");
        try (AstWorld world = AstWorld.around(Path.of("/bin/sh"));
                Tmux tmux = Tmux.start(world, "-c", "test -t 0 && stty size; read x; echo \"<$x>\"; exit 5")) {
            tmux.waitFor("24 80", SOON);
            tmux.type("a 'b' ü;").keys("Enter");
            tmux.waitFor("<a 'b' ü;>", SOON);
            assertThat(tmux.awaitExit(SOON)).isEqualTo(5);
        }
    }

    @Test
    void aTerminalPassesCtrlC() {
        Packages.require("tmux");
        try (AstWorld world = AstWorld.around(Path.of("/bin/sh"));
                Tmux tmux = Tmux.start(world, "-c", "trap 'exit 130' INT; echo waiting; while :; do sleep 1; done")) {
            tmux.waitFor("waiting", SOON);
            tmux.keys("C-c");
            assertThat(tmux.awaitExit(SOON)).isEqualTo(130);
        }
    }

    @Test
    void anEvilServerNoticesAConnectionWithoutAWord() throws IOException {
        EvilServer evil = new EvilServer();
        evil.assertUntouched();
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), evil.uri("/").getPort())) {
            socket.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(socket.getInputStream().read()).isEqualTo('H');
        }
        assertThatThrownBy(evil::close).isInstanceOf(AssertionError.class).hasMessageContaining("GET /");
    }

    @Test
    void aTestAuthorityIsBelievedByTheJdk() throws Exception {
        TestAuthority authority = new TestAuthority();
        TestAuthority.ServerKey key = authority.serverKey("localhost", "127.0.0.1");
        key.certificate().verify(authority.certificate().getPublicKey());
        key.certificate().checkValidity();
        assertThat(key.certificate().getSubjectAlternativeNames()).hasSize(2);
        assertThat(authority.certificate().getBasicConstraints()).isNotNegative();
        assertThat(authority.pem()).startsWith("-----BEGIN CERTIFICATE-----\n");
    }
}
