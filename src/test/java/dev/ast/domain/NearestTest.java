package dev.ast.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestTest {
    private static final List<String> KNOWN = List.of("login", "logout", "profile", "status", "token", "api", "help");

    @ParameterizedTest
    @CsvSource({
        "lgoin,login",
        "loginn,login",
        "logot,logout",
        "porfile,profile",
        "profil,profile",
        "staus,status",
        "tokne,token",
        "hlep,help",
        "apo,api",
        "prof,profile",
        "stat,status"
    })
    void findsWhatWasMeant(String typed, String meant) {
        assertThat(Nearest.to(typed, KNOWN)).contains(meant);
    }

    @ParameterizedTest
    @CsvSource({"xyzzy", "x", "''", "lo", "deploy", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"})
    void saysNothingWhenNothingIsNear(String typed) {
        assertThat(Nearest.to(typed, KNOWN)).isEmpty();
    }

    @Test
    void countsASwapAsOneSlip() {
        assertThat(Nearest.distance("ab", "ba")).isEqualTo(1);
        assertThat(Nearest.distance("", "abc")).isEqualTo(3);
        assertThat(Nearest.distance("kitten", "sitting")).isEqualTo(3);
    }
}
