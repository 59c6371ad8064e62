package dev.ast.oauth;

import dev.ast.domain.ServerOrigin;
import dev.ast.host.Environment;
import dev.ast.host.Interrupts;
import dev.ast.http.Answers;
import dev.ast.http.Http;
import dev.ast.json.Json;
import dev.ast.json.JsonObject;
import dev.ast.support.Fuzzed;
import dev.ast.support.MovableTime;
import dev.ast.support.NoClientKeys;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.springframework.security.oauth2.core.OAuth2AuthorizationException;

/** Answers of a token endpoint, good ones and errors, of any status. */
public final class TokenAnswerFuzz {
    private static final int[] STATUSES = {200, 400, 401, 403, 429, 500, 302};
    private static final URI PLACE = URI.create("https://auth.example.com/token");
    private static final ProfileRegistration REGISTRATION =
            TokenEndpointTest.registration(ServerOrigin.parse("https://api.example.com"), PLACE);
    private static final TokenEndpoint ENDPOINT = new TokenEndpoint(
            new Http(Environment.of(Map.of()), new Interrupts(), "fuzz"),
            new MovableTime(),
            new ClientAuthenticator(new NoClientKeys()));

    private TokenAnswerFuzz() {}

    /** One input: a status, and the body of the answer. */
    public static void fuzzerTestOneInput(byte[] input) {
        int status = STATUSES[Fuzzed.choice(input, 0, STATUSES.length)];
        byte[] body = Fuzzed.after(input, 1);
        try {
            Fuzzed.reading(() -> read(status, body));
        } catch (OAuth2AuthorizationException e) {
            Fuzzed.require(OAuthAnswers.text(e.getError()).length() <= 301, "an error is too long");
        }
        if (!Fuzzed.text(body).contains(Fuzzed.CANARY)) {
            Json.tryObject(body).ifPresent(TokenAnswerFuzz::withSecrets);
        }
    }

    private static Granted read(int status, byte[] body) {
        return ENDPOINT.read(REGISTRATION, OAuthAnswers.read(Answers.json(PLACE, status, body)));
    }

    // Whatever else is wrong with the answer, the tokens in it are not repeated.
    private static void withSecrets(JsonObject answer) {
        for (String name : List.of("access_token", "refresh_token", "id_token")) {
            answer.text(name).ifPresent(token -> answer.put(name, token + Fuzzed.CANARY));
        }
        Fuzzed.readingSecret(() -> ENDPOINT.read(REGISTRATION, answer).tokens().toString());
    }
}
