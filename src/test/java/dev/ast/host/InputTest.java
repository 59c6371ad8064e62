package dev.ast.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ast.domain.Exit;
import dev.ast.domain.FailureException;
import dev.ast.support.Case;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class InputTest {
    private final Interrupts interrupts = new Interrupts();
    private final Input input = new Input(interrupts, false);

    @TempDir
    Path folder;

    @Test
    void readsFilesWhole() throws IOException {
        Path file = Files.writeString(folder.resolve("f"), "one\ntwo");
        try (InputStream in = input.file(file)) {
            assertThat(in.readAllBytes()).asString().isEqualTo("one\ntwo");
        }
        assertThatThrownBy(() -> input.file(folder.resolve("absent"))).isInstanceOf(IOException.class);
    }

    @Test
    @Case("J09")
    void aSignalBreaksTheWaitForSomeoneToOpenANamedPipe() throws Exception {
        Path fifo = fifo();
        CompletableFuture<Exit> ended = ending(() -> input.file(fifo));

        interrupts.interrupt(Exit.TERMINATED);

        assertThat(ended.get(20, TimeUnit.SECONDS)).isEqualTo(Exit.TERMINATED);
        FileChannel.open(fifo, StandardOpenOption.READ, StandardOpenOption.WRITE)
                .close(); // lets the thread that was left behind go
    }

    @Test
    @Case("J09")
    void aSignalBreaksAReadInWhichNothingComes() throws Exception {
        Path fifo = fifo();
        try (FileChannel writer = FileChannel.open(fifo, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            CompletableFuture<Exit> ended = ending(() -> {
                try (InputStream in = input.file(fifo)) {
                    return in.read();
                }
            });

            interrupts.interrupt(Exit.INTERRUPTED);

            assertThat(ended.get(20, TimeUnit.SECONDS)).isEqualTo(Exit.INTERRUPTED);
            assertThat(writer.isOpen()).isTrue();
        }
    }

    @Test
    @Case("J09")
    void aSignalBreaksAnInputThatNeverEnds() throws Exception {
        CompletableFuture<Exit> ended = ending(() -> {
            try (InputStream in = input.file(Path.of("/dev/zero"))) {
                while (true) {
                    in.skipNBytes(1);
                }
            }
        });

        interrupts.interrupt(Exit.INTERRUPTED);

        assertThat(ended.get(20, TimeUnit.SECONDS)).isEqualTo(Exit.INTERRUPTED);
    }

    @Test
    void aSignalBeforeTheFirstReadIsNotForgotten() throws IOException {
        Path file = Files.writeString(folder.resolve("f"), "text");
        try (InputStream in = input.file(file)) {
            interrupts.interrupt(Exit.INTERRUPTED);
            assertThatThrownBy(in::read).isInstanceOf(FailureException.class).hasMessage("interrupted");
            assertThat(Thread.currentThread().isInterrupted()).isFalse();
        }
    }

    private interface Work {
        Object run() throws IOException;
    }

    private static CompletableFuture<Exit> ending(Work work) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                throw new AssertionError("it did not wait: " + work.run());
            } catch (FailureException e) {
                return e.failure().exit();
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
    }

    private Path fifo() throws IOException, InterruptedException {
        Path fifo = folder.resolve("fifo");
        assertThat(new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor())
                .isZero();
        return fifo;
    }
}
