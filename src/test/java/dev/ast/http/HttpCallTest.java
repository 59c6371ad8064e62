package dev.ast.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ast.domain.FailureException;
import dev.ast.support.Case;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpCallTest {
    private static final URI ME = URI.create("https://api.example.com/me?code=canary");

    @Test
    void aCallHasThirtySecondsAndOneMebibyteUnlessItSaysOtherwise() {
        HttpCall call = HttpCall.get(ME);
        assertThat(call.deadline()).isEqualTo(Duration.ofSeconds(30));
        assertThat(call.maxBody()).isEqualTo(1024 * 1024);
        HttpCall other = call.deadline(Duration.ofSeconds(5)).maxBody(7);
        assertThat(other.deadline()).isEqualTo(Duration.ofSeconds(5));
        assertThat(other.maxBody()).isEqualTo(7);
        assertThat(call.deadline()).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void itPrintsNoPathHeaderOrBody() {
        HttpCall call =
                HttpCall.post(ME).header("Authorization", "Bearer canary").form(Map.of("a", "canary"));
        assertThat(call).hasToString("POST https://api.example.com");
    }

    @Test
    void aFormKeepsTheOrderOfItsFields() throws java.io.IOException {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("z", "1 2");
        fields.put("a", "&=+%ü");
        HttpCall call = HttpCall.post(ME).form(fields);
        assertThat(new String(call.body().orElseThrow().open().readAllBytes(), StandardCharsets.UTF_8))
                .isEqualTo("z=1+2&a=%26%3D%2B%25%C3%BC");
        assertThat(call.contentType()).contains("application/x-www-form-urlencoded");
        assertThat(call.json("{}").contentType()).contains("application/json");
    }

    @ParameterizedTest
    @Case("C11")
    @ValueSource(strings = {"a\r\nX-Evil: 1", "a\nb", "a\u0000b", "\u007f", "sm\u00f6rg", "\u2028"})
    void aHeaderValueCannotSmuggleAndIsNotShown(String value) {
        assertThatThrownBy(() -> HttpCall.get(ME).header("X-A", value))
                .isInstanceOf(FailureException.class)
                .hasMessage("the value of the header X-A holds a line break or other unusual character");
    }

    @ParameterizedTest
    @Case("C11")
    @ValueSource(strings = {"", "a b", "a:", "X\r\nY", "ü"})
    void aHeaderNameMustBeAToken(String name) {
        assertThatThrownBy(() -> HttpCall.get(ME).header(name, "x"))
                .isInstanceOf(FailureException.class)
                .hasMessageStartingWith("not a header name: ")
                .hasMessageNotContaining("\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Host", "content-length", "Transfer-Encoding", "CONNECTION", "Proxy-Authorization", "Expect"})
    void aHeaderOfTheClientItselfCannotBeSet(String name) {
        assertThatThrownBy(() -> HttpCall.get(ME).header(name, "x"))
                .isInstanceOf(FailureException.class)
                .hasMessage("the header " + name + " is set by ast itself");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "CONNECT", "trace", "GET /", "G\r\nT"})
    void aMethodMustBeAnOrdinaryOne(String method) {
        assertThatThrownBy(() -> HttpCall.of(method, ME))
                .isInstanceOf(FailureException.class)
                .hasMessageStartingWith("not a request method: ")
                .hasMessageNotContaining("\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://api.example.com/",
                "ftp://x/",
                "https://u:p@x/",
                "/path",
                "file:///etc/passwd",
                "https://x/#f"
            })
    void anAddressMustBeAServerOrigin(String address) {
        assertThatThrownBy(() -> HttpCall.get(URI.create(address))).isInstanceOf(FailureException.class);
    }

    @Test
    void nonsenseLimitsAreBugs() {
        assertThatThrownBy(() -> HttpCall.get(ME).deadline(Duration.ZERO)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> HttpCall.get(ME).maxBody(-1)).isInstanceOf(IllegalArgumentException.class);
    }
}
