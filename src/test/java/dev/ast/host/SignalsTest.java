package dev.ast.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ast.domain.Exit;
import dev.ast.support.Case;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SignalsTest {
    private final Interrupts interrupts = new Interrupts();
    private final List<Object> happened = new CopyOnWriteArrayList<>();
    private final CountDownLatch halted = new CountDownLatch(1);
    private Instant now = Instant.parse("2026-11-22T04:00:00Z");
    private final Signals signals = new Signals(interrupts, () -> now, code -> {
        happened.add(code);
        halted.countDown();
    });

    @Test
    void theFirstCtrlCBreaksWhatWaits() {
        interrupts.onInterrupt(() -> happened.add("broken"));

        signals.received(Exit.INTERRUPTED);

        assertThat(happened).containsExactly("broken");
        assertThat(interrupts.pending()).isTrue();
    }

    @Test
    void aSecondOneWithinASecondEndsAtOnceWithTheTerminalRestored() {
        signals.beforeHalt(() -> happened.add("restored"));

        signals.received(Exit.INTERRUPTED);
        now = now.plus(Duration.ofMillis(900));
        signals.received(Exit.INTERRUPTED);

        assertThat(happened).containsExactly("restored", 130);
    }

    @Test
    void aLaterOneIsAFirstOneAgain() {
        signals.received(Exit.INTERRUPTED);
        now = now.plus(Duration.ofMillis(1100));
        signals.received(Exit.INTERRUPTED);

        assertThat(happened).isEmpty();
    }

    @Test
    @Case("J09")
    void terminationBreaksWhatWaitsAndEndsAProcessThatStays() throws InterruptedException {
        interrupts.onInterrupt(() -> happened.add("broken"));

        signals.received(Exit.TERMINATED);

        assertThat(happened).containsExactly("broken");
        assertThat(halted.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(happened).containsExactly("broken", 143);
    }

    @Test
    void theShellDecidesForItselfAsOftenAsTheKeyIsPressed() {
        try (Interrupts.Registration attending = signals.attend(happened::add)) {
            assertThat(attending).isNotNull();
            signals.received(Exit.INTERRUPTED);
            signals.received(Exit.INTERRUPTED);
            signals.received(Exit.INTERRUPTED);
        }

        assertThat(happened).containsExactly(Exit.INTERRUPTED, Exit.INTERRUPTED, Exit.INTERRUPTED);
        assertThat(interrupts.pending()).isFalse();
        signals.received(Exit.INTERRUPTED);
        assertThat(interrupts.pending()).isTrue();
    }

    @Test
    void aRestorerThatFailsDoesNotKeepTheProcess() {
        signals.beforeHalt(() -> {
            throw new IllegalStateException("the terminal is gone");
        });
        signals.beforeHalt(() -> happened.add("the next one"));
        signals.received(Exit.INTERRUPTED);
        signals.received(Exit.INTERRUPTED);

        assertThat(happened).containsExactly("the next one", 130);
    }

    @Test
    @Case("J09")
    void whatNoSignalBreaksIsEndedAllTheSame() throws InterruptedException {
        signals.received(Exit.INTERRUPTED);

        assertThat(halted.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(happened).containsExactly(130);
    }

    @Test
    @Case("J09")
    void aRestorerThatNeverReturnsDoesNotKeepTheProcess() {
        CountDownLatch never = new CountDownLatch(1);
        signals.beforeHalt(() -> {
            try {
                never.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });

        signals.halt(Exit.TERMINATED);

        assertThat(happened).containsExactly(143);
        never.countDown();
    }

    @Test
    void aProgramThatHasTheTerminalGetsEverySignalWithoutATimeLimit() throws InterruptedException {
        interrupts.onInterrupt(() -> happened.add("broken"));
        try (Interrupts.Registration lent = signals.lend(happened::add)) {
            assertThat(lent).isNotNull();
            signals.received(Exit.INTERRUPTED);
            signals.received(Exit.INTERRUPTED);
            signals.received(Exit.TERMINATED);
            assertThat(halted.await(900, TimeUnit.MILLISECONDS)).isFalse();
            assertThat(happened).containsExactly(Exit.INTERRUPTED, Exit.INTERRUPTED, Exit.TERMINATED);
            assertThat(interrupts.pending()).isFalse();
        }
        // What was to end this process, too, does it now.
        assertThat(happened.subList(3, happened.size())).containsExactly("broken");
        assertThat(halted.await(10, TimeUnit.SECONDS)).isTrue();
    }
}
