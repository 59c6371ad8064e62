package dev.ast.provider;

import static dev.ast.provider.PlatformClient.text;

import dev.ast.domain.Failure;
import dev.ast.domain.ServerOrigin;
import dev.ast.domain.TokenSet;
import dev.ast.http.HttpAnswer;
import dev.ast.http.HttpCall;
import dev.ast.json.Json;
import dev.ast.json.JsonObject;
import dev.ast.json.LocalJson;
import dev.ast.oauth.TokenRequests;
import java.net.URI;
import java.util.Optional;
import java.util.regex.Pattern;

/** Claims the name of a first personal account, on platforms where the user has to choose one. */
public final class AccountNames {
    private static final Pattern VALID = Pattern.compile("[a-z](?:-?[a-z0-9]){1,38}");
    private static final int LONGEST = 39;

    private final TokenRequests requests;

    /** Asks over the given client. */
    public AccountNames(TokenRequests requests) {
        this.requests = requests;
    }

    /**
     * Why a name cannot be used.
     *
     * @return empty when it can
     * @throws dev.ast.domain.FailureException (unreachable) when the server cannot be asked
     */
    public Optional<String> objection(String name, ServerOrigin server, TokenSet tokens) {
        if (name.length() > LONGEST || !VALID.matcher(name).matches()) {
            return Optional.of("use 2 to 39 lower-case letters, digits and single hyphens, starting with a letter");
        }
        HttpAnswer answer =
                send(HttpCall.get(server.resolve("/api/v1/accounts/check/" + name)), tokens);
        JsonObject read =
                Json.tryObject(answer.body()).filter(body -> answer.isSuccess()).orElseThrow(() -> refused(answer));
        return Boolean.TRUE.equals(read.get("available"))
                ? Optional.empty()
                : Optional.of(text(read, "reason").orElse("the name is taken"));
    }

    /**
     * Makes the account.
     *
     * @throws dev.ast.domain.FailureException (unreachable) when the server does not
     */
    public void create(String name, ServerOrigin server, TokenSet tokens) {
        URI place = server.resolve("/api/v1/accounts");
        JsonObject body = new JsonObject().put("name", name).put("type", "personal");
        HttpAnswer answer = send(HttpCall.post(place).json(LocalJson.write(body.members())), tokens);
        if (!answer.isSuccess()) {
            throw refused(answer);
        }
    }

    private HttpAnswer send(HttpCall call, TokenSet tokens) {
        return requests.send(call.header("Accept", "application/json"), tokens)
                .orElseThrow(() -> new IllegalStateException("the token is for another server"));
    }

    private static dev.ast.domain.FailureException refused(HttpAnswer answer) {
        String why = Json.tryObject(answer.body())
                .flatMap(body -> text(body, "error"))
                .map(text -> ": " + text)
                .orElse("");
        return Failure.unreachable(
                answer.origin() + " answered the request for an account name with HTTP " + answer.status() + why,
                "try again later: ast login");
    }
}
