package dev.ast.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ast.reliability.KillRound.Result;
import dev.ast.support.Case;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;

/** A few kills at random moments; {@link Reliability} does thousands. */
class KillIT {
    @Test
    @Case("H05")
    void aCommandThatIsKilledDuringARefreshLosesNoSession() throws Exception {
        long seed = ThreadLocalRandom.current().nextLong();
        List<Result> results = new Kills(
                        Map.of("AST_STORAGE", "file"),
                        EnumSet.of(Victim.TOKEN, Victim.API),
                        EnumSet.allOf(Kill.Signal.class),
                        EnumSet.of(Kill.Target.PROCESS, Kill.Target.GROUP))
                .run(24, 2, seed);
        assertThat(Kills.good(results))
                .as("seed %s:%n%s", seed, Kills.table(results))
                .isTrue();
    }
}
