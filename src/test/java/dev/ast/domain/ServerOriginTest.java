package dev.ast.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ast.support.Case;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServerOriginTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://localhost:8080",
                "http://127.0.0.1:8080",
                "http://127.255.255.255",
                "http://127.1.2.30",
                "http://[::1]:8080",
                "http://LOCALHOST"
            })
    void plainHttpIsForThisMachine(String address) {
        assertThat(ServerOrigin.parse(address).isLoopback()).isTrue();
    }

    @Test
    @Case("P14")
    void aServerBelowAPathIsNamedByItsIssuer() {
        assertThatThrownBy(() -> ServerOrigin.parse("https://seqera.example.com/api"))
                .isInstanceOfSatisfying(
                        FailureException.class,
                        e -> assertThat(e.failure().hint())
                                .contains("ast login --provider NAME --issuer https://seqera.example.com/api"))
                .hasMessageContaining("a platform below a path is named by its issuer");
        assertThatThrownBy(() -> ServerOrigin.parse("ftp://seqera.example.com/api"))
                .hasMessageContaining("only https is accepted");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://ada:sesame@api.example.com", "https://sesame@a b", "sesame@api.example.com"})
    @Case("D12")
    void aRefusedAddressIsNotRepeatedWithItsPassword(String address) {
        assertThatExceptionOfType(FailureException.class)
                .isThrownBy(() -> ServerOrigin.parse(address))
                .withMessageContaining("not a server address")
                .withMessageNotContaining("sesame");
    }

    @ParameterizedTest
    @Case("C10")
    @ValueSource(
            strings = {
                "http://127.0.0.1.example.com", "http://127.0.0.256", "http://127.0.0", "http://127.0.0.1.1",
                "http://127.0.0.01", "http://127.0.0.", "http://127..0.1", "http://127.example.com",
                "http://128.0.0.1", "http://localhost.example.com", "http://example.com", "http://[::2]"
            })
    void plainHttpIsForNoOther(String address) {
        assertThat(ServerOrigin.tryParse(address)).isEmpty();
    }

    /** What is shown and compared is what is asked, also where the address looks like another one. */
    @ParameterizedTest
    @Case("G02")
    @CsvSource({
        "https://ex\u00e4mple.com, https://xn--exmple-cua.com",
        "https://\u0430stro.example, https://xn--stro-43d.example",
        "HTTPS://API.Example.COM:443, https://api.example.com",
        "https://api.example.com.evil.example, https://api.example.com.evil.example"
    })
    void anAddressIsShownAsItIsAsked(String address, String shown) {
        assertThat(ServerOrigin.parse(address)).hasToString(shown);
    }

    @ParameterizedTest
    @Case({"G02", "C02"})
    @ValueSource(strings = {"https://api.example.com@evil.example", "https://api.example.com:x@evil.example"})
    void anAddressWithAUserIsNone(String address) {
        assertThat(ServerOrigin.tryParse(address)).isEmpty();
    }
}
