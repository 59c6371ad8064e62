package dev.ast.provider;

import static dev.ast.provider.PlatformClient.text;

import dev.ast.domain.Failure;
import dev.ast.domain.Identity;
import dev.ast.domain.ProfileName;
import dev.ast.domain.Secret;
import dev.ast.domain.SelectedContext;
import dev.ast.domain.ServerOrigin;
import dev.ast.http.Http;
import dev.ast.http.HttpAnswer;
import dev.ast.http.HttpCall;
import dev.ast.json.Json;
import dev.ast.json.JsonObject;
import dev.ast.json.LocalJson;
import dev.ast.oauth.TokenRequests;
import dev.ast.provider.Identities.Known;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Astronomer's private cloud: one GraphQL address, {@code /v1}. The token stands in the header without the word Bearer,
 * and there is no refresh.
 */
public final class Houston implements Platform {
    static final String API = "houston";

    private static final String PATH = "/v1";
    private static final int MOST = 1000;

    private final Http http;
    private final PlatformClient client;

    /** Asks over the given client. */
    public Houston(Http http, TokenRequests requests) {
        this.http = http;
        this.client = new PlatformClient(requests);
    }

    /**
     * Whether a user name and password can be given to the platform itself.
     *
     * @throws dev.ast.domain.FailureException (unreachable) when it cannot be asked
     */
    public boolean takesPasswords(ServerOrigin server) {
        JsonObject answer = ask(server, "query AuthConfig { authConfig { localEnabled } }", new JsonObject());
        return answer.object("data")
                .flatMap(data -> data.object("authConfig"))
                .map(configuration -> Boolean.TRUE.equals(configuration.get("localEnabled")))
                .orElse(false);
    }

    /**
     * Exchanges user name and password for a token.
     *
     * @throws dev.ast.domain.FailureException (denied) when the platform refuses them
     */
    public Secret createToken(ServerOrigin server, ProfileName profile, String user, Secret password) {
        JsonObject variables = new JsonObject().put("identity", user).put("password", password.reveal());
        JsonObject answer = ask(
                server,
                "mutation CreateToken($identity: String!, $password: String!)"
                        + " { createToken(identity: $identity, password: $password) { token { value } } }",
                variables);
        return answer.object("data")
                .flatMap(data -> data.object("createToken"))
                .flatMap(created -> created.object("token"))
                .flatMap(token -> token.parsed("value", Secret::of))
                .orElseThrow(() -> Failure.denied(
                        // Not the word password before the colon: what follows it would be taken for one, and hidden.
                        server + " refused this sign-in" + reason(answer), profile.loginCommand()));
    }

    /** Where the user can get a token in the browser. */
    public static URI tokenPage(ServerOrigin server) {
        String host =
                server.host().startsWith("houston.") ? "app." + server.host().substring(8) : server.host();
        return new ServerOrigin(server.scheme(), host, server.port()).resolve("/token");
    }

    @Override
    public Known read(Question question) {
        URI place = question.client().server().resolve(PATH);
        JsonObject body = body(
                "query Self { self { user { id username fullName emails { address } } }" + " workspaces { id label } }",
                new JsonObject());
        Optional<JsonObject> data = client.post(question.profile(), place, question.tokens(), body)
                .map(answer -> accepted(question, answer))
                .flatMap(answer -> answer.object("data"));
        if (data.isEmpty()) {
            return Known.NOTHING;
        }
        Optional<JsonObject> user = data.get().object("self").flatMap(self -> self.object("user"));
        List<SelectedContext> workspaces = new ArrayList<>();
        for (JsonObject one : data.get().objects("workspaces")) {
            Optional<String> id = text(one, "id");
            if (id.isPresent() && workspaces.size() < MOST) {
                workspaces.add(new SelectedContext(
                        SelectedContext.WORKSPACE, id.get(), text(one, "label").orElse(id.get())));
            }
        }
        return new Known(user.map(Houston::identity).orElse(Identity.UNKNOWN), workspaces);
    }

    // GraphQL rejects a token with status 200.
    private static JsonObject accepted(Question question, JsonObject answer) {
        boolean refused =
                answer.object("data").flatMap(data -> data.object("self")).isEmpty()
                        && !answer.objects("errors").isEmpty();
        if (refused) {
            throw new Failure.SessionEnded(
                            question.profile().name(),
                            question.client().server() + " does not accept the token" + reason(answer))
                    .asException();
        }
        return answer;
    }

    private static Identity identity(JsonObject user) {
        Optional<String> email = user.objects("emails").stream()
                .flatMap(one -> text(one, "address").stream())
                .findFirst();
        return new Identity(
                text(user, "id"),
                text(user, "fullName"),
                email.or(() -> text(user, "username").filter(name -> name.contains("@"))),
                text(user, "username"),
                List.of());
    }

    private JsonObject ask(ServerOrigin server, String query, JsonObject variables) {
        HttpAnswer answer = http.send(HttpCall.post(server.resolve(PATH))
                .header("Accept", "application/json")
                .json(LocalJson.write(body(query, variables).members())));
        // Houston answers errors with 200, 400 or 500 and a GraphQL body; without one it is not an answer.
        return Json.tryObject(answer.body())
                .filter(body -> body.has("data") || body.has("errors"))
                .orElseThrow(() -> Failure.unreachable(
                        server + " answered with HTTP " + answer.status() + ", but not with GraphQL",
                        "check the domain"));
    }

    private static JsonObject body(String query, JsonObject variables) {
        return new JsonObject().put("query", query).put("variables", variables);
    }

    private static String reason(JsonObject answer) {
        return answer.objects("errors").stream()
                .flatMap(error -> text(error, "message").stream())
                .findFirst()
                .map(text -> ": " + text)
                .orElse("");
    }
}
