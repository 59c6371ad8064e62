package dev.ast.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ast.support.Answer;
import dev.ast.support.AstInside;
import dev.ast.support.AstResult;
import dev.ast.support.ClientServer;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An API that asks for a stronger or more recent sign-in than the session's (RFC 9470). */
class StepUpTest {
    private static final String ERROR = "error=\"insufficient_user_authentication\"";

    private final ClientServer server = new ClientServer(request -> true);
    private final AtomicReference<String> challenge = new AtomicReference<>("");

    @TempDir
    private Path home;

    private AstInside ast;

    @BeforeEach
    void signIn() {
        server.server()
                .on(
                        "GET /things",
                        request ->
                                Answer.json(401, "{\"code\":\"step-up\"}").header("WWW-Authenticate", challenge.get()));
        ast = AstInside.in(home);
        login();
    }

    @AfterEach
    void close() {
        server.close();
    }

    private AstResult login(String... more) {
        String[] words = {
            "login", "--no-browser", "--provider", "oidc", "--issuer", server.issuer(), "--client-id", "cli"
        };
        return ast.run(Stream.of(words, more).flatMap(Stream::of).toArray(String[]::new));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Bearer %s, acr_values=\"gold silver\", max_age=\"300\""
                        + " | , acr_values gold silver, at most 300 s ago | --acr \"gold silver\" --max-age 300s",
                "Bearer realm=\"x\", %s, max_age=0 | , at most 0 s ago | --max-age 0s",
                "bearer %s,acr_values=urn:mace:silver | , acr_values urn:mace:silver | --acr urn:mace:silver",
                "Basic realm=\"a, b=\\\"c\\\"\", Bearer %s | '' | --prompt login"
            })
    void theSignInThatItWantsIsTheNextStep(String header, String message, String options) {
        challenge.set(header.formatted(ERROR));

        AstResult refused = ast.run("api", "GET", "/things");

        assertThat(refused.exit()).isEqualTo(4);
        assertThat(refused.out()).contains("step-up");
        assertThat(refused.err())
                .contains("ast: " + server.issuer() + " asks for another sign-in of the user" + message + "\n")
                .contains("hint: ast login " + options + "\n");
        // Another token of the same session would not help.
        assertThat(server.requests("GET /things")).hasSize(1);
        assertThat(server.requests("POST /token")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gold; rm -rf", "$(id)", "gold\\\" --server", "`id`", "'", "--client-id"})
    void aValueThatCouldBeMoreThanALevelIsNotRepeatedInTheHint(String value) {
        challenge.set("Bearer " + ERROR + ", acr_values=\"" + value + "\", max_age=\"99999999999\"");

        AstResult refused = ast.run("api", "GET", "/things");

        assertThat(refused.exit()).isEqualTo(4);
        assertThat(refused.err()).contains("hint: ast login --prompt login\n").doesNotContain("99999999999");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Bearer error=\"invalid_token\"", "Bearer error_description=\"insufficient_user_authentication\""
            })
    void anotherRefusalIsTreatedAsBefore(String header) {
        challenge.set(header);

        AstResult refused = ast.run("api", "GET", "/things");

        assertThat(refused.exit()).isEqualTo(1);
        assertThat(server.requests("GET /things")).hasSize(2);
    }

    @Test
    void theOptionsReachTheServer() {
        assertThat(login("--acr", "gold silver", "--max-age", "5m").exit()).isZero();

        assertThat(server.requests("POST /device"))
                .last()
                .satisfies(request -> assertThat(request.form())
                        .containsEntry("acr_values", "gold silver")
                        .containsEntry("max_age", "300"));
        assertThat(login("--max-age", "soon").exit()).isEqualTo(2);
    }

    @Test
    void aTokenThatWasGivenGetsTheSameAnswer() {
        challenge.set("Bearer " + ERROR + ", acr_values=\"gold\"");

        AstResult refused = ast.env("AST_TOKEN", "a-token-of-the-environment").run("api", "GET", "/things");

        assertThat(refused.exit()).isEqualTo(4);
        assertThat(refused.err()).contains("acr_values gold").contains("hint: ast login --acr gold");
    }
}
