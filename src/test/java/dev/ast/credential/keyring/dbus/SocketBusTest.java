package dev.ast.credential.keyring.dbus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ast.credential.keyring.dbus.BusException.Kind;
import dev.ast.domain.Exit;
import dev.ast.domain.FailureException;
import dev.ast.host.Interrupts;
import dev.ast.support.Case;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What listens at the address of the bus may be anything; real buses are met in the integration tests. */
@Timeout(20)
class SocketBusTest {
    @TempDir
    Path directory;

    private Path socket;
    private ServerSocketChannel server;
    private CompletableFuture<Void> answering = CompletableFuture.completedFuture(null);

    @BeforeEach
    void listen() throws IOException {
        socket = directory.resolve("bus");
        server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(socket));
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
        answering.get(10, TimeUnit.SECONDS);
    }

    private SocketBus connect(Duration within, Interrupts interrupts) throws BusException {
        return SocketBus.connect(List.of(socket), Deadline.in(within), interrupts);
    }

    private Kind failure(Duration within) {
        return catchThrowableOfType(BusException.class, () -> connect(within, new Interrupts()))
                .kind();
    }

    @Test
    @Case("F01")
    void whoNeverAnswersIsLeftAtTheDeadline() {
        assertThat(failure(Duration.ofMillis(100))).isEqualTo(Kind.TIMED_OUT);
    }

    @Test
    void ctrlCEndsTheWait() {
        Interrupts interrupts = new Interrupts();
        answering = CompletableFuture.runAsync(() -> {
            try (SocketChannel client = server.accept()) {
                client.read(ByteBuffer.allocate(64));
                interrupts.interrupt(Exit.INTERRUPTED);
                awaitHangUp(client);
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
        assertThatThrownBy(() -> connect(Duration.ofSeconds(15), interrupts)).isInstanceOf(FailureException.class);
    }

    @Test
    void whoHangsUpIsNotABus() {
        answer("");
        assertThat(failure(Duration.ofSeconds(10))).isEqualTo(Kind.CLOSED);
    }

    @Test
    void whoTalksSomethingElseIsNotABus() {
        answer("x".repeat(2000));
        assertThat(failure(Duration.ofSeconds(10))).isEqualTo(Kind.MALFORMED);
    }

    @Test
    void whoRefusesTheUserIsNotABus() {
        answer("REJECTED EXTERNAL\r\n");
        assertThat(failure(Duration.ofSeconds(10))).isEqualTo(Kind.NO_BUS);
    }

    @Test
    void noiseAfterTheGreetingIsRefused() {
        answer("OK 0123\r\nHTTP/1.1 400 Bad Request\r\n\r\n");
        assertThat(failure(Duration.ofSeconds(10))).isEqualTo(Kind.MALFORMED);
    }

    @Test
    void aSocketWithoutAListenerIsNotABus() throws IOException {
        server.close();
        assertThat(failure(Duration.ofSeconds(10))).isEqualTo(Kind.NO_BUS);
    }

    @Test
    void aPathTooLongForASocketIsNotABus() {
        socket = directory.resolve("x".repeat(200));
        assertThat(failure(Duration.ofSeconds(10))).isEqualTo(Kind.NO_BUS);
    }

    /** Sends bytes to the first client and closes the connection. */
    private void answer(String text) {
        answering = CompletableFuture.runAsync(() -> {
            try (SocketChannel client = server.accept()) {
                client.read(ByteBuffer.allocate(64));
                client.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)));
                client.shutdownOutput();
                awaitHangUp(client);
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private static void awaitHangUp(SocketChannel client) throws IOException {
        ByteBuffer rest = ByteBuffer.allocate(1024);
        while (client.read(rest) >= 0) {
            rest.clear();
        }
    }
}
