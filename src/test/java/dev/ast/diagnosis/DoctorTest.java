package dev.ast.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ast.diagnosis.Finding.Level;
import dev.ast.domain.Exit;
import dev.ast.domain.Failure;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class DoctorTest {
    private static Check check(String name, Finding... findings) {
        return new Check(name, () -> List.of(findings));
    }

    private static Diagnosis examine(Check... checks) {
        return new Doctor(List.of(checks), List::of).examine(false, false, now -> {});
    }

    @Test
    void theWorstFailureDecidesTheCode() {
        Finding unreachable = Finding.failed(Exit.UNREACHABLE, "no answer", "wait");
        Finding storage = Finding.failed(Exit.STORAGE, "broken", "mend it");
        assertThat(examine(check("a", Finding.ok("fine"))).exit()).isEqualTo(Exit.OK);
        assertThat(examine(check("a", Finding.warning("slow", "wait"))).exit()).isEqualTo(Exit.OK);
        assertThat(examine(check("a", Finding.warning("slow", "wait"))).worst()).isEqualTo(Level.WARNING);
        assertThat(examine(check("a", unreachable), check("b", storage)).exit()).isEqualTo(Exit.STORAGE);
        assertThat(examine(check("a", Finding.failed(Exit.FAILURE, "x", "y"), unreachable))
                        .exit())
                .isEqualTo(Exit.UNREACHABLE);
    }

    @Test
    void aCheckThatFailsIsAFinding() {
        Diagnosis found = examine(
                new Check("a", () -> {
                    throw Failure.storage("cannot read it", "chmod");
                }),
                check("b", Finding.ok("fine")));
        assertThat(found.lines()).hasSize(2);
        Finding first = found.lines().get(0).finding();
        assertThat(first.detail()).contains("cannot read it");
        assertThat(first.next()).contains("chmod");
        assertThat(found.exit()).isEqualTo(Exit.STORAGE);
        assertThatThrownBy(() -> examine(new Check("a", () -> {
                    throw new Failure.Interrupted(Exit.INTERRUPTED).asException();
                })))
                .hasMessage("interrupted");
    }

    @Test
    void serversAreAskedSideBySide() {
        CyclicBarrier both = new CyclicBarrier(2);
        Check meeting = new Check("server", () -> {
            try {
                both.await();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
            return List.of(Finding.ok("answers"));
        });
        Check other = new Check("server", Optional.of("b"), meeting.look());
        Diagnosis found = new Doctor(List.of(), () -> List.of(meeting, other)).examine(false, false, now -> {});
        assertThat(found.lines()).hasSize(2);
    }

    @Test
    void aServerThatHangsIsNotWaitedFor() {
        CountDownLatch never = new CountDownLatch(1);
        Check hangs = new Check("server", Optional.of("profile x"), () -> {
            try {
                never.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return List.of();
        });
        Diagnosis found =
                new Doctor(List.of(), () -> List.of(hangs), Duration.ofMillis(50)).examine(false, false, now -> {});
        assertThat(found.exit()).isEqualTo(Exit.UNREACHABLE);
        assertThat(found.lines().get(0).finding().about()).contains("profile x");
    }

    @Test
    void offlineAsksForNoServers() {
        Diagnosis found = new Doctor(List.of(), () -> {
                    throw new AssertionError("asked");
                })
                .examine(true, false, now -> {});
        assertThat(found.lines()).isEmpty();
    }

    @Test
    void whatIsRepairedIsLookedAtAgain() {
        AtomicInteger broken = new AtomicInteger(1);
        Check mendable = new Check(
                "files",
                () -> List.of(
                        broken.get() == 0
                                ? Finding.ok("good")
                                : Finding.failed(Exit.STORAGE, "broken", "mend it")
                                        .about("/x")
                                        .repairedBy(() -> {
                                            broken.set(0);
                                            return "mended";
                                        })));
        assertThat(examine(mendable).exit()).isEqualTo(Exit.STORAGE);
        Diagnosis fixed = new Doctor(List.of(mendable), List::of).examine(true, true, now -> {});
        assertThat(fixed.exit()).isEqualTo(Exit.OK);
        assertThat(fixed.repaired()).containsExactly(new Diagnosis.Repaired("files", "mended", Optional.of("/x")));

        Check stubborn = new Check(
                "files",
                () -> List.of(Finding.failed(Exit.STORAGE, "broken", "mend it").repairedBy(() -> {
                    throw Failure.storage("read-only", "remount it");
                })));
        Diagnosis unfixed = new Doctor(List.of(stubborn), List::of).examine(true, true, now -> {});
        assertThat(unfixed.repaired()).isEmpty();
        assertThat(unfixed.lines())
                .extracting(line -> line.finding().what())
                .containsExactly("broken", "could not be repaired");
    }
}
