package dev.ast.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ast.support.Case;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HttpAnswerTest {
    private static final Instant NOW = Instant.parse("2026-11-02T10:00:00Z");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0                              | PT0S",
                "120                            | PT2M",
                "3600                           | PT1H",
                "3601                           | PT1H",
                "99999999999999999999           | PT1H",
                "Mon, 02 Nov 2026 10:00:30 GMT  | PT30S",
                "Monday, 02-Nov-26 10:00:30 GMT | PT30S",
                "Mon, 02 Nov 2026 09:00:00 GMT  | PT0S",
                "Tue, 03 Nov 2026 10:00:00 GMT  | PT1H"
            })
    void retryAfterIsSecondsOrADateWithinAnHour(String value, Duration expected) {
        assertThat(answer("Retry-After", value).retryAfter(NOW)).contains(expected);
    }

    @ParameterizedTest
    @CsvSource({"''", "soon", "-5", "1.5", "0x10", "'Mon, 99 Nov 2026 10:00:30 GMT'"})
    void aRetryAfterThatMakesNoSenseIsNone(String value) {
        assertThat(answer("retry-after", value).retryAfter(NOW)).isEmpty();
        assertThat(answer("X-Other", "5").retryAfter(NOW)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "application/json,true",
        "Application/JSON; charset=utf-8,true",
        "application/problem+json,true",
        "text/json,false",
        "text/html,false",
        "application/jsonp,false",
        "'',false"
    })
    void whetherItIsJsonIsTheServersWord(String type, boolean json) {
        assertThat(answer("Content-Type", type).isJson()).isEqualTo(json);
    }

    @ParameterizedTest
    @CsvSource({
        "text/plain; charset=ISO-8859-1,ISO-8859-1",
        "text/plain;charset=\"utf-16le\",UTF-16LE",
        "text/plain,UTF-8",
        "text/plain; charset=nonsense,UTF-8",
        "text/plain; charset=utf_8\u0000,UTF-8"
    })
    void textIsReadInTheServersCharset(String type, String charset) {
        byte[] body = "smörgås".getBytes(Charset.forName(charset));
        HttpAnswer answer =
                new HttpAnswer(URI.create("https://x/"), 200, List.of(Map.entry("Content-Type", type)), body);
        assertThat(answer.text()).isEqualTo("smörgås");
    }

    @Test
    void aHeaderIsFoundWhateverItsCapitalsAndTheFirstOneCounts() {
        HttpAnswer answer = new HttpAnswer(
                URI.create("https://x/"), 200, List.of(Map.entry("X-A", "1"), Map.entry("x-a", "2")), new byte[0]);
        assertThat(answer.header("x-A")).contains("1");
        assertThat(answer.headers()).hasSize(2);
        assertThat(answer.header("X-B")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "200,true,false",
        "299,true,false",
        "300,false,true",
        "304,false,false",
        "308,false,true",
        "404,false,false"
    })
    void theStatusIsSortedRoughly(int status, boolean success, boolean redirect) {
        HttpAnswer answer = new HttpAnswer(URI.create("https://x/"), status, List.of(), new byte[0]);
        assertThat(answer.isSuccess()).isEqualTo(success);
        assertThat(answer.isRedirect()).isEqualTo(redirect);
    }

    @ParameterizedTest
    @Case("C03")
    @CsvSource({
        "https://evil.example/p?code=canary#canary, ' to https://evil.example'",
        "https://canary@evil.example:8443/, ' to https://evil.example:8443'",
        "http://evil.example/, ' to http://evil.example'",
        "/login?token=canary, ' to https://x'",
        "//evil.example, ' to https://evil.example'",
        "mailto:canary, ''",
        "https://a b/, ''",
        "'', ' to https://x'"
    })
    void aRedirectNamesItsTargetsServerAndNothingElse(String location, String target) {
        HttpAnswer answer = new HttpAnswer(
                URI.create("https://x/token"), 307, List.of(Map.entry("Location", location)), new byte[0]);
        assertThat(answer.redirectMessage())
                .isEqualTo("https://x answered with a redirect" + target + ", which is not followed");
        assertThat(new HttpAnswer(URI.create("https://x/"), 302, List.of(), new byte[0]).redirectMessage())
                .isEqualTo("https://x answered with a redirect, which is not followed");
    }

    @Test
    void itPrintsNoPathHeaderOrBodyAndGivesItsBodyAsACopy() {
        HttpAnswer answer = new HttpAnswer(
                URI.create("https://x.example/p?code=canary"),
                200,
                List.of(Map.entry("A", "canary")),
                "canary".getBytes(StandardCharsets.UTF_8));
        assertThat(answer).hasToString("200 from https://x.example");
        answer.body()[0] = 'X';
        assertThat(answer.text()).isEqualTo("canary");
    }

    private static HttpAnswer answer(String header, String value) {
        return new HttpAnswer(URI.create("https://x/"), 503, List.of(Map.entry(header, value)), new byte[0]);
    }
}
