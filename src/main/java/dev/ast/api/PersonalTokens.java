package dev.ast.api;

import dev.ast.domain.Failure;
import dev.ast.domain.FailureException;
import dev.ast.domain.Secret;
import dev.ast.host.Interrupts;
import dev.ast.http.HttpAnswer;
import dev.ast.http.HttpCall;
import dev.ast.json.Json;
import dev.ast.json.JsonObject;
import dev.ast.json.LocalJson;
import dev.ast.oauth.TokenRequests;
import dev.ast.provider.Provider;
import dev.ast.session.Credential;
import dev.ast.session.Credentials;
import dev.ast.session.Selection;
import dev.ast.session.Target;
import dev.ast.session.Targets;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Personal access tokens of Seqera Platform: made for the user by name, listed, and revoked by their id. */
public final class PersonalTokens {
    private final Targets targets;
    private final Credentials credentials;
    private final TokenRequests requests;

    /** Asks over the given client. */
    public PersonalTokens(Targets targets, Credentials credentials, TokenRequests requests) {
        this.targets = targets;
        this.credentials = credentials;
        this.requests = requests;
    }

    /** One token, without its text, which the server shows only once. */
    public record Listed(String id, String name, Optional<String> lastUsed) {}

    /** All tokens of the user. */
    public record Listing(List<Listed> tokens) {
        /** Copies the list. */
        public Listing {
            tokens = List.copyOf(tokens);
        }
    }

    /** A new token. */
    public record Made(Secret token) {}

    /**
     * Makes a token.
     *
     * @throws FailureException (failed) when the server refuses the name
     */
    public Made create(Selection selection, String name) {
        JsonObject answer = send(selection, "POST", "/tokens", Optional.of(new JsonObject().put("name", name)));
        return new Made(answer.parsed("accessKey", Secret::of)
                .orElseThrow(() -> Failure.unreachable(
                        "the server answered without a token", "look whether there is one: ast pat list")));
    }

    /** The tokens that there are. */
    public Listing list(Selection selection) {
        List<Listed> tokens = new ArrayList<>();
        for (JsonObject one :
                send(selection, "GET", "/tokens", Optional.empty()).objects("tokens")) {
            Optional<String> id = one.number("id").map(String::valueOf).or(() -> one.text("id"));
            id.ifPresent(found -> tokens.add(new Listed(found, one.text("name").orElse(""), one.text("lastUsed"))));
        }
        return new Listing(tokens);
    }

    /**
     * Revokes a token.
     *
     * @throws FailureException (failed) when there is none of this id
     */
    public void revoke(Selection selection, String id) {
        send(selection, "DELETE", "/tokens/" + URLEncoder.encode(id, StandardCharsets.UTF_8), Optional.empty());
    }

    private JsonObject send(Selection selection, String method, String path, Optional<JsonObject> body) {
        Target target = targets.resolve(selection);
        Provider provider = target.provider();
        if (provider.options().api().filter("seqera"::equals).isEmpty()) {
            throw Failure.usage(
                    "personal access tokens are Seqera's, and profile "
                            + target.profile().name() + " is of " + provider.id(),
                    "ast pat list --profile NAME");
        }
        Credential credential = credentials.fresh(target, selection.token(), Duration.ZERO);
        String base = target.profile()
                .issuer()
                .map(URI::toString)
                .orElseGet(() -> target.server().toString());
        URI place = URI.create((base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + path);
        HttpCall plain = HttpCall.of(method, place);
        HttpCall call = method.equals("POST")
                ? plain.protectedFor(
                        Interrupts.PATIENCE,
                        "waiting for " + plain.origin()
                                + ", which shows a new token only once; Ctrl-C again gives it up")
                : plain;
        HttpCall sent = call.header("Accept", "application/json");
        HttpAnswer answer = requests.send(
                        body.isPresent() ? sent.json(LocalJson.write(body.get().members())) : sent,
                        credential.tokens())
                .orElseThrow(() -> new Failure.OtherOrigin(
                                target.profile().name(), credential.tokens().origin(), call.origin())
                        .asException());
        if (answer.status() == 401) {
            throw credential
                    .source()
                    .refused(target.profile().name(), answer.origin() + " does not accept the token")
                    .asException();
        }
        if (answer.status() == 403) {
            throw Failure.denied(answer.origin() + " does not allow this", "ast whoami");
        }
        if (!answer.isSuccess()) {
            String why = Json.tryObject(answer.body())
                    .flatMap(object -> object.text("message"))
                    .map(text -> ": " + text)
                    .orElse("");
            throw Failure.failed(answer.origin() + " answered with HTTP " + answer.status() + why, "ast pat list");
        }
        return answer.body().length == 0
                ? new JsonObject()
                : Json.tryObject(answer.body()).orElseGet(JsonObject::new);
    }
}
