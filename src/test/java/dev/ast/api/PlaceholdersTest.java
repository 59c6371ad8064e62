package dev.ast.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.ast.domain.Exit;
import dev.ast.domain.FailureException;
import dev.ast.domain.Identity;
import dev.ast.domain.Profile;
import dev.ast.domain.ProfileName;
import dev.ast.domain.SelectedContext;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What {@code {account}} and the like in a path stand for. */
class PlaceholdersTest {
    private static final SelectedContext ONE = new SelectedContext("organization", "o/1", "One");
    private static final SelectedContext TWO = new SelectedContext("organization", "o-2", "Two");
    private static final SelectedContext SPACE = new SelectedContext("workspace", "7", "Space");

    private static Profile profile(SelectedContext... known) {
        return Profile.fresh(ProfileName.DEFAULT, "example").withContexts(List.of(known), Instant.EPOCH);
    }

    @Test
    void theSelectedOneOfTheKindIsMeant() {
        Profile selected = profile(ONE, TWO, SPACE).inContext(Optional.of(ONE));

        assertThat(Placeholders.fill("/o/{organization}/x?w={workspace}", selected))
                .isEqualTo("/o/o%2F1/x?w=7");
        assertThat(Placeholders.in("/o/{organization}")).isTrue();
        assertThat(Placeholders.in("/o/{other}")).isFalse();
        assertThat(Placeholders.fill("/{other}", selected)).isEqualTo("/{other}");
    }

    @Test
    void theAccountOfTheIdentityIsMeantWhereThereAreNoOthers() {
        Profile named = profile()
                .identifiedAs(new Identity(
                        Optional.of("s"), Optional.empty(), Optional.empty(), Optional.of("ada"), List.of()));

        assertThat(Placeholders.fill("/a/{account}", named)).isEqualTo("/a/ada");
    }

    @Test
    void whatIsNotSelectedIsAUsageError() {
        for (Profile profile : List.of(profile(), profile(ONE, TWO), profile(SPACE))) {
            assertThatExceptionOfType(FailureException.class)
                    .isThrownBy(() -> Placeholders.fill("/o/{organization}", profile))
                    .satisfies(e -> assertThat(e.failure().exit()).isEqualTo(Exit.USAGE));
        }
    }
}
