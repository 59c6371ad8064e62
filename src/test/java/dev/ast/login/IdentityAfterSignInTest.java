package dev.ast.login;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ast.json.Json;
import dev.ast.json.JsonObject;
import dev.ast.support.AstInside;
import dev.ast.support.AstResult;
import dev.ast.support.Case;
import dev.ast.support.Persona;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is signed in when the id_token lacks something, cannot be believed, or contradicts userinfo. */
class IdentityAfterSignInTest {
    private static final String UNSIGNED = "eyJhbGciOiJub25lIn0.eyJzdWIiOiJtYWxsb3J5In0.";
    private static final String FOREIGN =
            "eyJhbGciOiJSUzI1NiIsImtpZCI6InRlc3QifQ.eyJzdWIiOiJtYWxsb3J5IiwiZW1haWwiOiJtQGV4YW1wbGUuY29tIn0.AAAA";

    private final Persona server = new Persona("zitadel");

    @TempDir
    private Path home;

    @AfterEach
    void close() {
        server.close();
    }

    private AstInside ast() {
        return AstInside.in(home);
    }

    private AstResult login(AstInside ast, String way) throws Exception {
        List<String> words = new ArrayList<>(List.of("login", "--no-browser"));
        words.addAll(server.texts("login"));
        if (way.equals("device")) {
            return ast.run(words.toArray(String[]::new));
        }
        words.add("--web");
        AstInside.Run login = ast.start(words.toArray(String[]::new));
        URI address = URI.create(login.awaitErr("Open: (\\S+)"));
        HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.ALWAYS)
                .build()
                .send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString());
        return login.end();
    }

    private static JsonObject whoami(AstInside ast) {
        AstResult result = ast.run("whoami", "-o", "json");
        assertThat(result.exit()).as("%s", result).isZero();
        return Json.readObject(result.out().getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @Case("B13")
    @CsvSource({
        "device,garbage,it is not a signed token",
        "web,garbage,it is not a signed token",
        "device," + UNSIGNED + ",it is not a signed token",
        "web," + UNSIGNED + ",it is not a signed token",
        "web," + FOREIGN + ",its signature does not match",
        "device," + FOREIGN + ",its signature does not match"
    })
    void anIdTokenThatCannotBeBelievedIsReplacedByUserinfo(String way, String token, String why) throws Exception {
        // What can be read must repeat the nonce, so by browser a readable token of somebody else is no answer at all.
        boolean readable = way.equals("web") && token.equals(FOREIGN);
        server.idToken(token);
        AstInside ast = ast();

        AstResult login = login(ast, way);

        if (readable) {
            assertThat(login.exit()).as("%s", login).isEqualTo(6);
            return;
        }
        assertThat(login.exit()).as("%s", login).isZero();
        assertThat(login.err().lines().filter(line -> line.contains("id_token")))
                .singleElement()
                .satisfies(line -> assertThat(line).contains(why).doesNotContain("Exception"));
        assertThat(whoami(ast).get("email")).isEqualTo("ada@example.com");
        assertThat(whoami(ast).get("subject")).isEqualTo("2811");
    }

    @Test
    void userinfoMayBeASignedJwt() throws Exception {
        server.signedUserInfo(Map.of("sub", "2811", "name", "Ada Signed", "email", "ada@example.com"));
        AstInside ast = ast();

        AstResult login = login(ast, "device");

        assertThat(login.exit()).as("%s", login).isZero();
        assertThat(whoami(ast).get("name")).isEqualTo("Ada Signed");
        assertThat(ast.run("status", "--check").exit()).isZero();
        assertThat(server.requests("userinfo"))
                .first()
                .satisfies(
                        request -> assertThat(request.header("Accept")).hasValue("application/json, application/jwt"));
    }

    @ParameterizedTest
    @CsvSource({"iss,https://other.example.com,it names another issuer", "aud,other,it is for another client"})
    void aSignedUserinfoForSomebodyElseIsNotUsed(String claim, String value, String why) throws Exception {
        server.signedUserInfo(Map.of("sub", "2811", "name", "Mallory", claim, value));
        AstInside ast = ast();

        AstResult login = login(ast, "device");

        assertThat(login.exit()).as("%s", login).isZero();
        assertThat(login.err())
                .contains("Name and e-mail could not be read: the server's userinfo is not used, since " + why);
        assertThat(whoami(ast).get("name")).isNull();
    }

    @ParameterizedTest
    @CsvSource({"iss,https://other.example.com,it names another issuer", "azp,other,it is for another client"})
    void aTokenOfAnotherIssuerOrForAnotherClientSaysNothing(String claim, String value, String why) throws Exception {
        server.claim(claim, value).claim("name", "Mallory");
        AstInside ast = ast();

        AstResult login = login(ast, "device");

        assertThat(login.exit()).isZero();
        assertThat(login.err()).contains("The id_token is not used, since " + why);
        assertThat(whoami(ast).get("name")).isEqualTo("Ada Lovelace");
    }

    @Test
    @Case("B13")
    void anotherNonceFailsAndStoresNothing() throws Exception {
        server.claim("nonce", "of-another-sign-in");
        AstInside ast = ast();

        AstResult login = login(ast, "web");

        assertThat(login.exit()).as("%s", login).isEqualTo(6);
        assertThat(login.err()).contains("its nonce is not the one that was sent");
        assertThat(ast.run("token").exit()).isEqualTo(4);
    }

    @Test
    @Case("B13")
    void userinfoOfAnotherUserIsNotUsed() throws Exception {
        server.userInfo(200, Map.of("sub", "mallory", "email", "mallory@example.com"));
        AstInside ast = ast();

        AstResult login = login(ast, "device");

        assertThat(login.exit()).isZero();
        assertThat(login.err()).contains("userinfo is not of the user in the id_token");
        assertThat(whoami(ast).get("subject")).isEqualTo("2811");
        assertThat(whoami(ast).get("email")).isNull();
    }

    @Test
    void aSubjectMayBeANumber() throws Exception {
        server.userInfo(200, Map.of("sub", 2811, "name", "Ada", "email", "ada@example.org"));
        AstInside ast = ast();

        AstResult login = login(ast, "device");

        assertThat(login.err()).doesNotContain("not of the user");
        assertThat(whoami(ast).get("email")).isEqualTo("ada@example.org");
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 404, 500})
    void userinfoThatRefusesEndsNoSession(int status) throws Exception {
        server.userInfo(status, Map.of("error", "invalid_token"));
        AstInside ast = ast();

        AstResult login = login(ast, "device");

        assertThat(login.exit()).isZero();
        assertThat(whoami(ast).get("subject")).isEqualTo("2811");
        assertThat(ast.run("token").exit()).isZero();
    }

    @Test
    void aUserNameIsTakenForAnAddressOnlyWhereThereIsNoOther() throws Exception {
        server.claim("name", "Ada Lovelace").claim("preferred_username", "ada@login.example.com");
        AstInside ast = ast();
        login(ast, "device");
        assertThat(whoami(ast).get("email")).isEqualTo("ada@example.com");
        server.userInfo(404, Map.of());
        login(ast, "device");
        assertThat(whoami(ast).get("email")).isEqualTo("ada@login.example.com");
    }

    @Test
    void whoeverIsNotKnownIsNotSignedOut() throws Exception {
        server.idToken("garbage").userInfo(401, Map.of());
        AstInside ast = ast();

        AstResult login = login(ast, "device");

        assertThat(login.exit()).isZero();
        assertThat(login.err())
                .contains("who is signed in is not known", "Who is signed in could not be read")
                .doesNotContain("session has ended");
        assertThat(whoami(ast).get("subject")).isNull();
        assertThat(ast.run("token").exit()).isZero();
    }
}
