package dev.ast.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jline.terminal.Attributes;
import org.jline.terminal.Attributes.LocalFlag;
import org.jline.terminal.impl.LineDisciplineTerminal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class KeyWatchTest {
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final AtomicInteger pressed = new AtomicInteger();
    private LineDisciplineTerminal terminal;

    @BeforeEach
    void open() throws IOException {
        terminal = new LineDisciplineTerminal("test", "xterm", written, StandardCharsets.UTF_8);
    }

    @AfterEach
    void close() throws IOException {
        terminal.close();
    }

    private KeyWatch watch() {
        return KeyWatch.on(terminal, new Conversation.Key('q', pressed::incrementAndGet));
    }

    private boolean raw() {
        return !terminal.getAttributes().getLocalFlag(LocalFlag.ICANON);
    }

    private void type(String keys) throws IOException {
        terminal.processInputBytes(keys.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void theKeyIsSeenOnceAndOthersArePassedOver() throws IOException {
        Attributes before = terminal.getAttributes();
        try (KeyWatch watch = watch()) {
            assertThat(watch).isNotNull();
            await().until(this::raw);
            type("xyQ");
            type("qq");
            await().until(() -> pressed.get() == 1);
            await().until(() -> !raw());
        }
        assertThat(pressed).hasValue(1);
        assertThat(terminal.getAttributes().getLocalFlags()).isEqualTo(before.getLocalFlags());
        assertThat(written.toString(StandardCharsets.UTF_8)).doesNotContain("q");
    }

    @Test
    void aWatchThatIsClosedLeavesTheTerminalAsItWas() throws IOException {
        try (KeyWatch watch = watch()) {
            assertThat(watch).isNotNull();
            await().until(this::raw);
        }
        assertThat(raw()).isFalse();
        type("q\n");
        assertThat(pressed).hasValue(0);
    }

    @Test
    void anInterruptIsKeptByTheClosingThread() {
        KeyWatch watch = watch();
        await().until(this::raw);
        Thread.currentThread().interrupt();
        watch.close();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(raw()).isFalse();
    }

    @Test
    void aWatchThatIsClosedBeforeItsTerminalIsOpenLeavesThatAlone() throws Exception {
        CountDownLatch opened = new CountDownLatch(1);
        AtomicInteger changes = new AtomicInteger();
        try (LineDisciplineTerminal slow =
                new LineDisciplineTerminal("slow", "xterm", written, StandardCharsets.UTF_8) {
                    @Override
                    public void setAttributes(Attributes attributes) {
                        changes.incrementAndGet();
                        super.setAttributes(attributes);
                    }
                }) {
            KeyWatch watch = new KeyWatch(
                    watching -> {
                        try {
                            opened.await();
                        } catch (InterruptedException e) {
                            throw new IOException(e);
                        }
                        watching.on(slow);
                    },
                    new Conversation.Key('q', pressed::incrementAndGet));
            Thread closing = new Thread(watch::close);
            closing.start();
            await().until(() -> closing.getState() == Thread.State.TIMED_WAITING);
            opened.countDown();
            closing.join();
        }
        assertThat(changes).hasValue(0);
    }
}
