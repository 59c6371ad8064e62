package dev.ast.oauth;

import dev.ast.domain.Failure;
import dev.ast.domain.FailureException;
import dev.ast.domain.SecretShape;
import dev.ast.http.HttpAnswer;
import dev.ast.json.Json;
import dev.ast.json.JsonObject;
import java.util.Optional;
import org.springframework.security.oauth2.core.OAuth2AuthorizationException;
import org.springframework.security.oauth2.core.OAuth2Error;

/**
 * Reads the answers of device, token and revocation endpoints in one way. Spring Security's own handler reads errors of
 * status 400 only; servers send them with 401 and 403 too, and with 200.
 */
final class OAuthAnswers {
    private OAuthAnswers() {}

    /**
     * The JSON object of a good answer.
     *
     * @throws OAuth2AuthorizationException for an OAuth error (RFC 6749 section 5.2)
     * @throws FailureException (denied) for a refusal without an OAuth error; (unreachable) for anything else that is not
     *     an answer of this protocol
     */
    static JsonObject read(HttpAnswer answer) {
        Optional<JsonObject> body = Json.tryObject(answer.body());
        Optional<String> error = body.flatMap(OAuthAnswers::code);
        boolean passing = passing(answer, error);
        if (error.isPresent() && !passing) {
            throw new OAuth2AuthorizationException(new OAuth2Error(
                    error.get(), body.map(OAuthAnswers::description).orElse(""), null));
        }
        if (answer.isRedirect()) {
            throw Failure.unreachable(answer.redirectMessage(), "check the address of the server");
        }
        if (answer.status() == 403 && !passing) {
            throw Failure.denied(
                    answer.origin() + " refused with HTTP 403",
                    "check whether this client and this network may sign in there");
        }
        if (!answer.isSuccess() || passing) {
            throw Failure.unreachable(
                    answer.origin() + " answered with HTTP " + answer.status()
                            + error.filter(code -> answer.status() < 429)
                                    .map(code -> " (" + SecretShape.cut(code, 100) + ")")
                                    .orElse(""),
                    "try again later");
        }
        return body.orElseThrow(() -> Failure.unreachable(
                answer.origin() + " answered with something that is not JSON", "check the address of the server"));
    }

    /** Whether the same request may succeed later: 408, 429, 5xx, and what is an error of that kind by its code. */
    static boolean passing(HttpAnswer answer) {
        return passing(answer, Json.tryObject(answer.body()).flatMap(OAuthAnswers::code));
    }

    private static boolean passing(HttpAnswer answer, Optional<String> error) {
        boolean delayed = answer.status() >= 400 && answer.header("Retry-After").isPresent();
        return answer.status() >= 500
                || answer.status() == 429
                || answer.status() == 408
                || error.map(code -> OAuthErrors.passes(code, delayed)).orElse(delayed);
    }

    // The standard has a text; some wrap it in an object with a code and a message.
    private static Optional<String> code(JsonObject body) {
        return body.text("error")
                .or(() ->
                        body.object("error").flatMap(error -> error.text("code").or(() -> error.text("type"))));
    }

    private static String description(JsonObject body) {
        return body.text("error_description")
                .or(() -> body.object("error").flatMap(error -> error.text("message")))
                .orElse("");
    }

    /** Server texts in messages: the code, and the description where there is one. */
    static String text(OAuth2Error error) {
        String description = error.getDescription();
        String text = description == null || description.isBlank()
                ? error.getErrorCode()
                : error.getErrorCode() + ": " + description;
        return SecretShape.cut(text, 300);
    }
}
