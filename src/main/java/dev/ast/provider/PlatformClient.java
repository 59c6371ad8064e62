package dev.ast.provider;

import dev.ast.domain.Failure;
import dev.ast.domain.Profile;
import dev.ast.domain.Secret;
import dev.ast.domain.ServerOrigin;
import dev.ast.domain.TokenSet;
import dev.ast.http.HttpAnswer;
import dev.ast.http.HttpCall;
import dev.ast.json.Json;
import dev.ast.json.JsonObject;
import dev.ast.json.LocalJson;
import dev.ast.oauth.TokenRequests;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Asks a platform's API about the user, with the user's token and only where that belongs. */
public final class PlatformClient {
    /** Which refusals are not a failure, but an answer that names nothing. */
    private enum Leniency {
        NONE,
        /** The token is good and may only not ask who it belongs to: that does not justify refusing the sign-in. */
        FORBIDDEN,
        FORBIDDEN_OR_MISSING;

        boolean allows(int status) {
            return (status == 403 && this != NONE) || (status == 404 && this == FORBIDDEN_OR_MISSING);
        }
    }

    /** The longest text that is taken for a name, in characters. */
    private static final int LONGEST = 320;

    private final TokenRequests requests;

    /** Asks over the given client. */
    public PlatformClient(TokenRequests requests) {
        this.requests = requests;
    }

    /** Asks without headers of the platform's own. */
    public Optional<JsonObject> get(Profile profile, URI place, TokenSet tokens) {
        return get(profile, place, tokens, Map.of());
    }

    /**
     * Asks one question.
     *
     * @return empty when the token is not for this server, or is good but may not ask this
     * @throws dev.ast.domain.FailureException (session_ended) when the token is refused; (unreachable) otherwise
     */
    public Optional<JsonObject> get(Profile profile, URI place, TokenSet tokens, Map<String, String> headers) {
        return send(profile, HttpCall.get(place), tokens, headers, Leniency.FORBIDDEN);
    }

    /**
     * Asks a userinfo endpoint, whose answer is JSON or a signed JWT (OpenID Connect Core section 5.3.2).
     *
     * @param checking whether a refusal counts
     * @param signed reads a JWT
     * @throws dev.ast.domain.FailureException as {@link #get}, and as the reader; (denied) when checking and the server
     *     refuses with 403
     */
    public Optional<JsonObject> userInfo(
            Profile profile, URI place, TokenSet tokens, boolean checking, Function<String, JsonObject> signed) {
        return answer(
                        profile,
                        HttpCall.get(place).header("Accept", "application/json, application/jwt"),
                        tokens,
                        checking ? Leniency.NONE : Leniency.FORBIDDEN)
                .map(answer -> answer.header("Content-Type")
                                .filter(type -> type.toLowerCase(Locale.ROOT).startsWith("application/jwt"))
                                .isPresent()
                        ? signed.apply(answer.text().strip())
                        : json(answer));
    }

    /** The same for a list that not every installation has: where it is not found, there is none. */
    public Optional<JsonObject> list(Profile profile, URI place, TokenSet tokens, Map<String, String> headers) {
        return send(profile, HttpCall.get(place), tokens, headers, Leniency.FORBIDDEN_OR_MISSING);
    }

    /** The same with a body of JSON. */
    public Optional<JsonObject> post(Profile profile, URI place, TokenSet tokens, JsonObject body) {
        HttpCall call = HttpCall.post(place).json(LocalJson.write(body.members()));
        return send(profile, call, tokens, Map.of(), Leniency.FORBIDDEN);
    }

    private Optional<JsonObject> send(
            Profile profile, HttpCall call, TokenSet tokens, Map<String, String> headers, Leniency leniency) {
        HttpCall sent = call.header("Accept", "application/json");
        for (Map.Entry<String, String> header : headers.entrySet()) {
            sent = sent.header(header.getKey(), header.getValue());
        }
        return answer(profile, sent, tokens, leniency).map(PlatformClient::json);
    }

    private Optional<HttpAnswer> answer(Profile profile, HttpCall call, TokenSet tokens, Leniency leniency) {
        Optional<HttpAnswer> sent = requests.send(call, tokens);
        if (sent.isEmpty()) {
            return Optional.empty();
        }
        HttpAnswer answer = sent.get();
        if (answer.status() == 401) {
            throw new Failure.SessionEnded(profile.name(), answer.origin() + " does not accept the token")
                    .asException();
        }
        if (leniency.allows(answer.status())) {
            return Optional.empty();
        }
        if (answer.status() == 403) {
            throw Failure.denied(answer.origin() + " does not allow this token (HTTP 403)", "ast status");
        }
        if (answer.isRedirect()) {
            throw Failure.unreachable(answer.redirectMessage(), "check the address of the server");
        }
        if (!answer.isSuccess()) {
            throw Failure.unreachable(
                    answer.origin() + " answered the identity request with HTTP " + answer.status(), "try again later");
        }
        return Optional.of(answer);
    }

    private static JsonObject json(HttpAnswer answer) {
        return Json.tryObject(answer.body())
                .orElseThrow(() -> Failure.unreachable(
                        answer.origin() + " answered the identity request with something that is not JSON",
                        "check the address of the server"));
    }

    /** A text that can be a name; longer ones are left out. */
    public static Optional<String> text(JsonObject object, String name) {
        // A server that repeats a token in a name would have it shown by every command.
        return object.text(name).filter(value -> value.length() <= LONGEST && !Secret.isIn(value));
    }

    /** A text or whole number, as ids are written. */
    public static Optional<String> id(JsonObject object, String name) {
        return text(object, name).or(() -> object.number(name).map(String::valueOf));
    }

    /** First and last name as one. */
    public static Optional<String> joined(JsonObject object, String first, String last) {
        return text(object, first)
                .map(one -> text(object, last).map(two -> one + " " + two).orElse(one));
    }
}
