package dev.ast.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ast.support.Answer;
import dev.ast.support.AstInside;
import dev.ast.support.AstResult;
import dev.ast.support.Request;
import dev.ast.support.ScriptedServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code api}: what is sent, which pages are asked for, and when it is tried again. */
class ApiTest {
    private static final String TOKEN = "api-canary-token";

    @TempDir
    private Path home;

    private final ScriptedServer server = ScriptedServer.http();

    @AfterEach
    void close() {
        server.close();
    }

    private AstInside ast() {
        return AstInside.in(home)
                .env("AST_TOKEN", TOKEN)
                .env("AST_SERVER", server.origin().toString());
    }

    private AstResult api(String... words) {
        return ast().run(Stream.concat(Stream.of("api"), Stream.of(words)).toArray(String[]::new));
    }

    private Request sent(String... words) {
        server.on("*", Answer.json("{}"));
        int before = server.requests().size();
        AstResult result = api(words);
        assertThat(result.exit()).as(result.err()).isZero();
        assertThat(server.requests()).hasSize(before + 1);
        return server.requests().get(before);
    }

    @Test
    void fieldsAreNestedAsTheirNamesSay() {
        Request request = sent(
                "/x",
                "-f",
                "a[b]=c",
                "-F",
                "a[d][e]=1",
                "-f",
                "l[]=1",
                "-F",
                "l[]=2",
                "-f",
                "o[][n]=x",
                "-f",
                "o[][m]=y",
                "-f",
                "o[][n]=z",
                "-F",
                "none[]",
                "-f",
                "plain=t");

        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.text())
                .isEqualTo("{\"a\":{\"b\":\"c\",\"d\":{\"e\":1}},\"l\":[\"1\",2],"
                        + "\"o\":[{\"n\":\"x\",\"m\":\"y\"},{\"n\":\"z\"}],\"plain\":\"t\",\"none\":[]}");
        assertThat(request.header("Content-Type")).contains("application/json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a[b=1", "a]b[=1", "[a]=1", "a[b]c=1", "a[[b]]=1", "a[][]=1", "=1", "a"})
    void aFieldOfAnotherFormIsAUsageError(String field) {
        assertThat(api("/x", "-f", field).exit()).isEqualTo(2);
        assertThat(server.requests()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"a=1,a=2", "a=1,a[b]=2", "a[b]=1,a[]=2", "a[]=1,a[b]=2", "a[]=1,a=2"})
    void fieldsThatDoNotGoTogetherAreAUsageError(String one, String other) {
        assertThat(api("/x", "-f", one, "-f", other).exit()).isEqualTo(2);
    }

    @Test
    void withGetAndHeadFieldsGoIntoTheQuery() {
        Request request =
                sent("GET", "/x?q=0", "-f", "a[b]=c d&e", "-F", "n=3", "-F", "l[]=true", "-F", "nothing=null");
        assertThat(request.target()).isEqualTo("/x?q=0&a%5Bb%5D=c+d%26e&n=3&l%5B%5D=true&nothing=");
        assertThat(request.body()).isEmpty();
        assertThat(sent("-X", "head", "/x", "-f", "a=1").target()).isEqualTo("/x?a=1");
        assertThat(sent("DELETE", "/x", "-f", "a=1").text()).isEqualTo("{\"a\":\"1\"}");
    }

    @Test
    void theMethodIsGivenOnce() {
        assertThat(sent("-X", "PATCH", "/x", "--yes").method()).isEqualTo("PATCH");
        assertThat(sent("OPTIONS", "/x").method()).isEqualTo("OPTIONS");
        assertThat(api("GET", "/x", "-X", "GET").exit()).isEqualTo(2);
        assertThat(api("-X", "CONNECT", "/x").exit()).isEqualTo(2);
    }

    @Test
    void filesAreFieldsAndBodies() throws IOException {
        Path file = Files.writeString(home.resolve("text"), "line\n");
        assertThat(sent("/x", "-F", "t=@" + file).text()).isEqualTo("{\"t\":\"line\\n\"}");
        Request request = sent("PUT", "/x", "--input", file.toString(), "-H", "Content-Type: text/plain");
        assertThat(request.text()).isEqualTo("line\n");
        assertThat(request.header("Content-Length")).contains("5");
        assertThat(request.header("Content-Type")).contains("text/plain");
        assertThat(api("/x", "--input", home.resolve("missing").toString()).exit())
                .isEqualTo(2);
        assertThat(api("/x", "--input", home.toString()).exit()).isEqualTo(2);
    }

    @Test
    void aLargeFileIsSentAsItIs() throws IOException {
        byte[] large = "0123456789abcdef".repeat(256 * 1024).getBytes(StandardCharsets.US_ASCII);
        Path file = Files.write(home.resolve("large"), large);
        Request request = sent("POST", "/x", "--input", file.toString());
        assertThat(request.body()).isEqualTo(large);
        assertThat(request.header("Content-Length")).contains(String.valueOf(large.length));
    }

    private String link(String path) {
        return "<" + path + ">; rel=\"next\"";
    }

    @Test
    void pagesFollowTheHeaderLink() {
        server.on("GET /a", Answer.json("[1]").header("Link", "</first>; rel=first, " + link("/b?page=2")))
                .on(
                        "GET /b",
                        Answer.json("[2]\n").header("link", "<" + server.uri("/c") + ">;title=\"a,b>\";rel=\"x Next\""))
                .on("GET /c", Answer.json("[3]").header("Link", "</a>; rel=prev"));

        assertThat(api("/a", "--paginate")).isEqualTo(new AstResult(0, "[1]\n[2]\n[3]", ""));
        assertThat(api("/a", "--paginate", "--slurp").out()).isEqualTo("[[1],[2]\n,[3]]\n");
        assertThat(api("/a", "--paginate", "--slurp", "-o", "yaml").exit()).isZero();
        assertThat(api("/a", "--paginate", "--jq", ".[] + 1").out()).isEqualTo("2\n3\n4\n");
        assertThat(api("/a", "--paginate", "--slurp", "--jq", "length").out()).isEqualTo("3\n");
        assertThat(api("/a").out()).isEqualTo("[1]");
        assertThat(server.requests())
                .allSatisfy(
                        request -> assertThat(request.header("Authorization")).contains("Bearer " + TOKEN));
    }

    @ParameterizedTest
    @CsvSource({
        "next_cursor,/p?cursor=a%2Fb",
        "nextPageToken,/p?pageToken=a%2Fb",
        "next,/p?cursor=a%2Fb",
        "next_cursor=after,/p?after=a%2Fb"
    })
    void pagesFollowAFieldWithACursor(String field, String second) {
        String name = field.replaceFirst("=.*", "");
        server.on(
                "GET /p",
                request -> request.target().equals("/p?x=1")
                        ? Answer.json("{\"n\":1,\"" + name + "\":\"a/b\"}")
                        : Answer.json("{\"n\":2,\"" + name + "\":null}"));

        assertThat(api("/p?x=1", "--paginate", "--page-field", field, "--jq", ".n")
                        .out())
                .isEqualTo("1\n2\n");
        assertThat(server.requests().get(1).target()).isEqualTo(second.replace("?", "?x=1&"));
    }

    @Test
    void pagesFollowAFieldWithAnAddressOrANumber() {
        server.on("GET /a", Answer.json("{\"meta\":{\"next\":\"/b\"}}"))
                .on("GET /b", Answer.json("{\"meta\":{\"next\":\"" + server.uri("/c?offset=0") + "\"}}"))
                .on(
                        "GET /c",
                        request -> request.target().endsWith("=0")
                                ? Answer.json("{\"meta\":{\"next\":\"?offset=7\"}}")
                                : Answer.json("{\"meta\":{}}"));

        AstResult result = api("/a", "--paginate", "--page-field", "meta.next");

        assertThat(result.exit()).as(result.err()).isZero();
        assertThat(server.requests().stream().map(Request::target))
                .containsExactly("/a", "/b", "/c?offset=0", "/c?offset=7");
    }

    @Test
    void thePagesOfAnotherServerAreNotAskedFor() {
        try (ScriptedServer other = ScriptedServer.http()) {
            other.on("*", Answer.json("[]"));
            for (String next : List.of(
                    other.uri("/x").toString(),
                    "//" + other.origin().toString().substring(7) + "/x",
                    server.origin().toString().replace("127.0.0.1", "localhost") + "/x",
                    "http://127.0.0.1@" + other.origin().toString().substring(7) + "/x")) {
                server.on("GET /a", Answer.json("[1]").header("Link", link(next)));
                AstResult result = api("/a", "--paginate");
                assertThat(result.exit()).as(next).isIn(1, 6);
                assertThat(result.out()).isEqualTo("[1]");
            }
            assertThat(other.connections()).isZero();
        }
    }

    @Test
    void pagesThatLeadInACircleEnd() {
        server.on("GET /a", Answer.json("[1]").header("Link", link("/b")))
                .on("GET /b", Answer.json("[2]").header("Link", link("/a")));

        AstResult result = api("/a", "--paginate");

        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.err()).contains("page 2 leads back to an earlier page");
        assertThat(server.requests()).hasSize(2);
    }

    @Test
    void aThousandPagesGoThroughAFilterOneByOne() {
        server.on("GET /n", request -> {
            int page = Integer.parseInt(request.query().getOrDefault("page", "1"));
            Answer answer = Answer.json("[{\"id\":" + page + "}]");
            return page < 1000 ? answer.header("Link", link("/n?page=" + (page + 1))) : answer;
        });

        AstResult result = api("/n", "--paginate", "--jq", ".[].id");

        assertThat(result.exit()).as(result.err()).isZero();
        assertThat(result.out().lines()).hasSize(1000).last().isEqualTo("1000");
    }

    @Test
    void aPageThatFailsIsTheEnd() {
        server.on("GET /a", Answer.json("[1]").header("Link", link("/b")))
                .on("GET /b", Answer.json(500, "{\"error\":\"x\"}").header("Link", link("/c")));

        AstResult plain = api("/a", "--paginate");
        assertThat(plain.exit()).isEqualTo(1);
        assertThat(plain.out()).isEqualTo("[1]\n{\"error\":\"x\"}");
        assertThat(plain.err()).contains("HTTP 500");
        assertThat(api("/a", "--paginate", "--slurp").out()).isEqualTo("[[1]]\n");
        AstResult filtered = api("/a", "--paginate", "--jq", ".[]");
        assertThat(filtered.out()).isEqualTo("1\n");
        assertThat(filtered.exit()).isEqualTo(1);
    }

    @Test
    void whatDoesNotGoWithPagesIsAUsageError() {
        for (String[] words : new String[][] {
            {"POST", "/x", "--paginate"},
            {"/x", "-f", "a=1", "--paginate"},
            {"/x", "--slurp"},
            {"/x", "--page-field", "next"},
            {"/x", "--paginate", "--page-field", "a b"},
            {"/x", "--paginate", "-o", "yaml"},
            {"/x", "--paginate", "--fields", "id"},
            {"/x", "--paginate", "--slurp", "-i"}
        }) {
            assertThat(api(words).exit()).as(String.join(" ", words)).isEqualTo(2);
        }
        assertThat(server.requests()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 503})
    void aSafeRequestIsTriedAgainWhenTheServerSays(int status) {
        AstInside ast = ast();
        server.on(
                "GET /x",
                Answer.json(status, "{\"error\":\"busy\"}").header("Retry-After", "7"),
                Answer.json(status, "{\"error\":\"busy\"}")
                        .header(
                                "Retry-After",
                                DateTimeFormatter.RFC_1123_DATE_TIME.format(
                                        ast.now().plusSeconds(60).atOffset(ZoneOffset.UTC))),
                Answer.json("{\"ok\":1}"));

        AstResult result = ast.run("api", "/x");

        assertThat(result.exit()).as(result.err()).isZero();
        assertThat(result.out()).isEqualTo("{\"ok\":1}");
        assertThat(result.err()).contains("HTTP " + status + " and asks to wait 7 s", "(1 of 3)", "(2 of 3)");
        assertThat(server.requests()).hasSize(3);
    }

    @Test
    void itIsTriedThreeTimesAndOnlyWhereThatIsSafeAndSoon() {
        server.on("GET /busy", Answer.text(429, "last").header("Retry-After", "1"))
                .on("POST /busy", Answer.text(429, "post").header("Retry-After", "1"))
                .on("GET /long", Answer.text(429, "long").header("Retry-After", "3000"))
                .on("GET /silent", Answer.text(503, "silent"));

        AstResult busy = api("/busy");
        assertThat(busy.exit()).isEqualTo(1);
        assertThat(busy.out()).isEqualTo("last");
        assertThat(server.requests()).hasSize(4);
        for (String path : List.of("/long", "/silent")) {
            assertThat(api(path).exit()).isEqualTo(1);
        }
        assertThat(api("POST", "/busy").exit()).isEqualTo(1);
        assertThat(server.requests()).hasSize(7);
    }

    @Test
    void ctrlCEndsTheWait() throws InterruptedException {
        server.on("GET /x", Answer.text(503, "").header("Retry-After", "100").after(Duration.ofMillis(50)));
        AstInside.Run run = ast().start("api", "/x");
        for (int tries = 0; tries < 500 && server.requests().isEmpty(); tries++) {
            TimeUnit.MILLISECONDS.sleep(10);
        }
        run.interrupt();

        assertThat(run.end().exit()).isEqualTo(130);
        assertThat(server.requests()).hasSizeLessThan(4);
    }

    @Test
    void curlGetsNoTokenInItsWords() throws IOException {
        Path file = Files.writeString(home.resolve("a b"), "x");
        String place = server.origin().toString();

        assertThat(api("/x?a=1", "--curl"))
                .isEqualTo(new AstResult(
                        0,
                        "printf 'Authorization: Bearer %s\\n' \"$(ast token)\" | curl -g -H @-"
                                + " -H 'Accept: application/json, */*' '" + place + "/x?a=1'\n",
                        ""));
        assertThat(api("POST", "/x", "-f", "a=it's", "-H", "X-A: b", "--curl", "--profile", "default")
                        .out())
                .contains(
                        "$(ast token --profile default)",
                        " -X POST -H 'X-A: b' ",
                        " -H 'Content-Type: application/json' --data-raw '{\"a\":\"it'\\''s\"}' ");
        assertThat(api("PUT", "/x", "--input", file.toString(), "--curl").out())
                .contains(" -X PUT ", " -T '" + file + "' ");
        assertThat(api("POST", "/x", "--input", "-", "--curl").exit()).isEqualTo(2);
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void whatTheFieldsOfAQuerySayIsNotSentTwice() {
        List<String> targets = new ArrayList<>();
        server.on("GET /p", request -> {
            targets.add(request.target());
            return targets.size() == 1 ? Answer.json("[]").header("Link", link("?page=2")) : Answer.json("[]");
        });

        assertThat(api("GET", "/p", "-f", "size=5", "--paginate").exit()).isZero();
        assertThat(targets).containsExactly("/p?size=5", "/p?page=2");
    }
}
