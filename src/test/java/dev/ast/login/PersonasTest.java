package dev.ast.login;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ast.json.Json;
import dev.ast.json.JsonObject;
import dev.ast.support.AstInside;
import dev.ast.support.AstResult;
import dev.ast.support.Persona;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every identity provider of {@code src/test/resources/personas}, by one line each, in every way that it has. */
class PersonasTest {
    @TempDir
    private Path home;

    static List<String> names() throws IOException, URISyntaxException {
        Path folder = Path.of(PersonasTest.class.getResource("/personas").toURI());
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString().replace(".json", ""))
                    .sorted()
                    .toList();
        }
    }

    static Stream<Arguments> ways() throws IOException, URISyntaxException {
        return names().stream().flatMap(name -> {
            try (Persona persona = new Persona(name)) {
                return persona.texts("ways").stream().map(way -> Arguments.of(name, way));
            }
        });
    }

    @ParameterizedTest
    @MethodSource("names")
    void eachNamesItsDocumentsAndTheDayTheyWereRead(String name) {
        try (Persona persona = new Persona(name)) {
            assertThat(persona.said("title")).isPresent();
            assertThat(persona.texts("documents"))
                    .isNotEmpty()
                    .allSatisfy(document ->
                            assertThat(URI.create(document).getScheme()).isEqualTo("https"));
            assertThat(LocalDate.parse(persona.said("read").orElseThrow())).isAfter(LocalDate.of(2026, 1, 1));
        }
    }

    @ParameterizedTest
    @MethodSource("ways")
    void signsInAndKnowsWhoItIs(String name, String way) throws Exception {
        try (Persona persona = new Persona(name)) {
            AstInside ast = inside(persona);

            AstResult login = way.equals("web") ? byBrowser(ast, persona) : ast.run(words(persona));

            assertThat(login.exit()).as("%s", login).isZero();
            assertThat(login.out()).contains("Successfully authenticated as");
            assertThat(login.err()).doesNotContain("Exception", "[secret]");
            if (persona.said("said").isPresent()) {
                assertThat(login.err()).containsOnlyOnce(persona.said("said").get());
            } else {
                assertThat(login.err()).doesNotContain("id_token", "could not be read");
            }
            assertThat(persona.requests("userinfo")).hasSize(persona.userInfoAsked());
            AstResult whoami = ast.run("whoami", "-o", "json");
            JsonObject known = Json.readObject(whoami.out().getBytes(StandardCharsets.UTF_8));
            for (String part : List.of("subject", "name", "email", "account")) {
                assertThat(known.get(part)).as(part).isEqualTo(persona.who().get(part));
            }
            assertThat(persona.requests("userinfo")).as("asked once").hasSize(persona.userInfoAsked());
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void anEndedRefreshTokenEndsTheSessionAndIsSentOnce(String name) throws IOException {
        try (Persona persona = new Persona(name)) {
            if (!persona.refreshes()) {
                return;
            }
            AstInside ast = inside(persona);
            ast.run(words(persona));
            ast.pass(Duration.ofDays(2));

            AstResult token = ast.run("token");
            AstResult again = ast.run("token");

            assertThat(token.exit()).as("%s", token).isEqualTo(5);
            assertThat(token.out()).isEmpty();
            assertThat(again.exit()).as("%s", again).isEqualTo(5);
            assertThat(persona.requests("token").stream()
                            .filter(request -> request.form().containsKey("refresh_token")))
                    .hasSize(1);
        }
    }

    private AstInside inside(Persona persona) throws IOException {
        Files.writeString(home.resolve("secret.txt"), persona.said("secret").orElse("") + "\n");
        AstInside ast = AstInside.in(home);
        List<String> config = persona.texts("config");
        return config.isEmpty() ? ast : ast.config(String.join("\n", config) + "\n");
    }

    private String[] words(Persona persona, String... more) {
        List<String> words = new ArrayList<>(List.of("login", "--no-browser"));
        words.addAll(persona.texts("login"));
        words.addAll(Arrays.asList(more));
        words.replaceAll(word -> word.equals("@secret.txt") ? "@" + home.resolve("secret.txt") : word);
        return words.toArray(String[]::new);
    }

    private AstResult byBrowser(AstInside ast, Persona persona) throws Exception {
        AstInside.Run login = ast.start(words(persona, "--web"));
        URI address = URI.create(login.awaitErr("Open: (\\S+)"));
        HttpResponse<String> page = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.ALWAYS)
                .build()
                .send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString());
        assertThat(page.statusCode()).isEqualTo(200);
        return login.end();
    }
}
