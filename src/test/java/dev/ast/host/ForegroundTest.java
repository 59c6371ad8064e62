package dev.ast.host;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ForegroundTest {
    @Test
    void theGroupOfTheProcessIsCompared() {
        assertThat(Foreground.in("4711 (java) S 1 4711 4700 34816 4711 4194304 1"))
                .isTrue();
        assertThat(Foreground.in("4711 (a) b) S 1 4711 4700 34816 4700 4194304"))
                .isFalse();
        assertThat(Foreground.in("4711 (java) S 1 4711 4700 0 -1 4194304")).isFalse();
        assertThat(Foreground.in("")).isFalse();
    }
}
