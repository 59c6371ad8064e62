package dev.ast.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ast.domain.Exit;
import dev.ast.domain.FailureException;
import dev.ast.support.Case;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What an interrupt does to a credential that can be used only once and is under way. */
@Case("H05")
class InterruptsTest {
    private final BlockingQueue<Duration> pauses = new LinkedBlockingQueue<>();
    private final Semaphore time = new Semaphore(0);
    private final Interrupts interrupts = new Interrupts(duration -> {
        pauses.add(duration);
        time.acquireUninterruptibly();
    });
    private final List<String> happened = new CopyOnWriteArrayList<>();

    @Test
    void aProtectedSectionIsNotBroken() {
        try (Interrupts.Registration section = interrupts.protect("the answer");
                Interrupts.Registration breaker = interrupts.onInterrupt(() -> happened.add("broken"))) {
            assertThat(interrupts.isProtected()).isTrue();
            interrupts.interrupt(Exit.INTERRUPTED);
            assertThatCode(interrupts::check).doesNotThrowAnyException();
            assertThat(interrupts.pending()).isTrue();
            assertThat(section).isNotSameAs(breaker);
        }
        assertThat(happened).isEmpty();
        assertThat(interrupts.isProtected()).isFalse();
        assertThatThrownBy(interrupts::check)
                .isInstanceOfSatisfying(
                        FailureException.class,
                        e -> assertThat(e.failure().exit()).isEqualTo(Exit.INTERRUPTED));
    }

    @Test
    void theUserIsToldAndThenTheSectionEnds() throws InterruptedException {
        CompletableFuture<String> printed = new CompletableFuture<>();
        CompletableFuture<String> broken = new CompletableFuture<>();
        interrupts.tell(printed::complete);
        try (Interrupts.Registration section = interrupts.protect("the answer");
                Interrupts.Registration breaker = interrupts.onInterrupt(() -> broken.complete("broken"))) {
            interrupts.interrupt(Exit.TERMINATED);
            assertThat(pauses.poll(10, TimeUnit.SECONDS)).isEqualTo(Interrupts.NOTICE);
            assertThat(printed).isNotDone();
            time.release();
            assertThat(printed).succeedsWithin(Duration.ofSeconds(10)).isEqualTo("the answer");
            assertThat(pauses.poll(10, TimeUnit.SECONDS)).isEqualTo(Interrupts.PATIENCE.minus(Interrupts.NOTICE));
            assertThat(broken).isNotDone();
            time.release();
            assertThat(broken).succeedsWithin(Duration.ofSeconds(10));
            assertThatThrownBy(interrupts::check).isInstanceOf(FailureException.class);
            assertThat(section).isNotSameAs(breaker);
        }
    }

    @Test
    void aSecondInterruptTellsTheCostAndAThirdEndsTheSection() {
        interrupts.tell(happened::add);
        try (Interrupts.Registration section = interrupts.protect("the answer");
                Interrupts.Registration breaker = interrupts.onInterrupt(() -> happened.add("broken"))) {
            interrupts.interrupt(Exit.INTERRUPTED);
            assertThat(happened).isEmpty();
            interrupts.interrupt(Exit.INTERRUPTED);
            assertThat(happened).containsExactly("the answer");
            interrupts.interrupt(Exit.INTERRUPTED);
            assertThat(happened).containsExactly("the answer", "broken");
            assertThat(section).isNotSameAs(breaker);
        }
    }

    @Test
    void whatAnotherThreadWaitsForIsBroken() throws InterruptedException {
        Thread other = new Thread(() -> interrupts.onInterrupt(() -> happened.add("other")));
        other.start();
        other.join();
        try (Interrupts.Registration section = interrupts.protect("the answer");
                Interrupts.Registration breaker = interrupts.onInterrupt(() -> happened.add("protected"))) {
            interrupts.interrupt(Exit.INTERRUPTED);
            assertThat(section).isNotSameAs(breaker);
        }
        assertThat(happened).containsExactly("other");
    }

    @Test
    void aPollHoldsUpAnInterruptForItsOwnTimeOnly() throws InterruptedException {
        CompletableFuture<String> broken = new CompletableFuture<>();
        interrupts.tell(happened::add);
        try (Interrupts.Registration section = interrupts.protect("a poll", Duration.ofMillis(400));
                Interrupts.Registration breaker = interrupts.onInterrupt(() -> broken.complete("broken"))) {
            interrupts.interrupt(Exit.INTERRUPTED);
            assertThat(pauses.poll(10, TimeUnit.SECONDS)).isEqualTo(Duration.ofMillis(400));
            time.release();
            assertThat(broken).succeedsWithin(Duration.ofSeconds(10));
            assertThat(section).isNotSameAs(breaker);
        }
        assertThat(happened).isEmpty();
    }
}
