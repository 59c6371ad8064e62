package dev.ast.provider;

import dev.ast.domain.Failure;
import dev.ast.domain.FailureException;
import dev.ast.domain.Identity;
import dev.ast.domain.Profile;
import dev.ast.domain.SelectedContext;
import dev.ast.domain.ServerOrigin;
import dev.ast.domain.TokenSet;
import dev.ast.http.Http;
import dev.ast.http.HttpAnswer;
import dev.ast.http.HttpCall;
import dev.ast.json.Json;
import dev.ast.json.JsonObject;
import dev.ast.oauth.Endpoints;
import dev.ast.oauth.IdTokens;
import dev.ast.oauth.OAuthClient;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads who is signed in: from the platform's own API where the provider names a path, else from an id_token that passed
 * its checks, else from the userinfo endpoint (OpenID Connect Core section 5.3). An unverified token is never believed.
 * Texts longer than 320 characters are left out, they are no names.
 */
public final class Identities {
    private static final int LONGEST = 320;
    private static final int MOST_ACCOUNTS = 1000;

    private final Http http;
    private final IdTokens idTokens;

    /** Asks over the given client. */
    public Identities(Http http, IdTokens idTokens) {
        this.http = http;
        this.idTokens = idTokens;
    }

    /**
     * What the server told.
     *
     * @param contexts what can be selected
     */
    public record Known(Identity identity, List<SelectedContext> contexts) {
        /** Copies the list. */
        public Known {
            contexts = List.copyOf(contexts);
        }
    }

    /**
     * Reads the identity.
     *
     * @param idToken the id_token of a fresh sign-in
     * @throws FailureException (unreachable) when the server cannot be asked, or its id_token is not valid; (session_ended)
     *     when it refuses the token
     */
    public Known read(
            Provider provider,
            Profile profile,
            OAuthClient client,
            Endpoints endpoints,
            TokenSet tokens,
            Optional<String> idToken) {
        if (provider.identityPath().isPresent()) {
            URI place = client.server().resolve(provider.identityPath().get());
            return ask(profile, place, tokens).map(Identities::ofApi).orElse(unknown());
        }
        if (idToken.isPresent()
                && endpoints.jwkSet().isPresent()
                && client.issuer().isPresent()) {
            return ofClaims(idTokens.verify(idToken.get(), client, endpoints));
        }
        return endpoints
                .userInfo()
                .flatMap(place -> ask(profile, place, tokens))
                .map(Identities::ofClaims)
                .orElse(unknown());
    }

    private Optional<JsonObject> ask(Profile profile, URI place, TokenSet tokens) {
        Optional<String> authorization = tokens.authorize(ServerOrigin.of(place));
        if (authorization.isEmpty()) {
            return Optional.empty();
        }
        HttpAnswer answer = http.send(
                HttpCall.get(place).header("Accept", "application/json").header("Authorization", authorization.get()));
        if (answer.status() == 401) {
            throw new Failure.SessionEnded(profile.name(), answer.origin() + " does not accept the token")
                    .asException();
        }
        if (answer.status() == 403) {
            // The token is good, it may only not ask who it belongs to: that is no reason to refuse the sign-in.
            return Optional.empty();
        }
        if (!answer.isSuccess()) {
            throw Failure.unreachable(
                    answer.origin() + " answered the question who is signed in with status " + answer.status(),
                    "try again later");
        }
        return Optional.of(Json.tryObject(answer.body())
                .orElseThrow(() -> Failure.unreachable(
                        answer.origin() + " answered the question who is signed in with something that is no JSON",
                        "check the address of the server")));
    }

    private static Known unknown() {
        return new Known(Identity.UNKNOWN, List.of());
    }

    private static Known ofClaims(JsonObject claims) {
        return new Known(
                new Identity(
                        text(claims, "sub"),
                        text(claims, "name"),
                        text(claims, "email"),
                        text(claims, "preferred_username"),
                        List.of()),
                List.of());
    }

    /** The shape of {@code /api/v1/me}: a person, and the accounts that can be used. */
    private static Known ofApi(JsonObject me) {
        JsonObject user = me.object("user").orElse(me);
        List<SelectedContext> contexts = new ArrayList<>();
        List<String> organizations = new ArrayList<>();
        Optional<String> personal = Optional.empty();
        for (JsonObject account : me.objects("accounts")) {
            Optional<String> name = text(account, "name");
            if (name.isEmpty() || contexts.size() >= MOST_ACCOUNTS) {
                continue;
            }
            contexts.add(new SelectedContext("account", text(account, "id").orElse(name.get()), name.get()));
            if (text(account, "type").filter("organization"::equals).isPresent()) {
                organizations.add(name.get());
            } else if (personal.isEmpty()) {
                personal = name;
            }
        }
        Optional<String> joined = text(user, "first_name")
                .map(first ->
                        text(user, "last_name").map(last -> first + " " + last).orElse(first));
        return new Known(
                new Identity(
                        text(user, "id").or(() -> text(user, "sub")),
                        text(user, "name").or(() -> joined),
                        text(user, "email"),
                        personal,
                        organizations),
                contexts);
    }

    private static Optional<String> text(JsonObject object, String name) {
        return object.text(name).filter(value -> value.length() <= LONGEST);
    }
}
