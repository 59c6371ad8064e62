package dev.ast.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ast.domain.FailureException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DomainsTest {
    @ParameterizedTest
    @CsvSource({
        "astronomer.io, astronomer, https://api.astronomer.io",
        "cloud.astronomer.io, astronomer, https://api.astronomer.io",
        "Astronomer.IO, astronomer, https://api.astronomer.io",
        "astronomer-dev.io, astronomer, https://api.astronomer-dev.io",
        "cloud.astronomer-stage.io, astronomer, https://api.astronomer-stage.io",
        "astronomer-perf.io, astronomer, https://api.astronomer-perf.io",
        "pr12345.cloud.astronomer-dev.io, astronomer, https://pr12345.api.astronomer-dev.io",
        "localhost, astronomer, http://localhost:8888",
        "127.0.0.1:4711, astronomer, http://127.0.0.1:4711",
        "example.com, astronomer-private-cloud, https://houston.example.com",
        "astronomer.io.evil.example, astronomer-private-cloud, https://houston.astronomer.io.evil.example",
        "pr123.astronomer.io, astronomer-private-cloud, https://houston.pr123.astronomer.io",
    })
    void aDomainMeansAServer(String domain, String provider, String server) {
        Domains.Meant meant = Domains.of(domain);

        assertThat(meant.provider()).isEqualTo(provider);
        assertThat(meant.server()).hasToString(server);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "host", "https://example.com", "a b.example", "example.com/x", "user@example.com", "-a.b"})
    void anythingElseIsRefused(String text) {
        assertThatThrownBy(() -> Domains.of(text)).isInstanceOf(FailureException.class);
    }
}
