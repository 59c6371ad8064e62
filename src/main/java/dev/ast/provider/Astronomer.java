package dev.ast.provider;

import static dev.ast.provider.PlatformClient.text;

import dev.ast.domain.Identity;
import dev.ast.domain.SelectedContext;
import dev.ast.domain.ServerOrigin;
import dev.ast.domain.TokenSet;
import dev.ast.json.JsonObject;
import dev.ast.provider.Identities.Known;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Astronomer's cloud: userinfo of its authorization server tells the person, the API the organizations and their
 * workspaces. An API token belongs to no person; then only the API is asked.
 */
final class Astronomer implements Platform {
    static final String API = "astronomer";
    static final String CLIENT_HEADER = "X-Astro-Client-Identifier";
    static final String CLIENT = "cli";

    private static final int MOST_ORGANIZATIONS = 20;
    private static final int MOST = 100;

    private final PlatformClient client;

    Astronomer(PlatformClient client) {
        this.client = client;
    }

    @Override
    public Known read(Question question) {
        boolean apiToken = TokenClaims.of(question.tokens().access())
                .flatMap(TokenClaims::kind)
                .isPresent();
        Identity person = apiToken
                ? Identity.UNKNOWN
                : question.endpoints()
                        .userInfo()
                        .flatMap(place -> client.get(question.profile(), place, known(question, place)))
                        .map(Astronomer::person)
                        .orElse(Identity.UNKNOWN);
        List<SelectedContext> organizations =
                list(question, "/v1.0/organizations", "organizations", SelectedContext.ORGANIZATION);
        List<SelectedContext> all = new ArrayList<>(organizations);
        organizations.stream()
                .limit(MOST_ORGANIZATIONS)
                .forEach(organization -> all.addAll(list(
                        question,
                        "/v1.0/organizations/" + URLEncoder.encode(organization.id(), StandardCharsets.UTF_8)
                                + "/workspaces",
                        "workspaces",
                        SelectedContext.WORKSPACE)));
        return new Known(
                new Identity(
                        person.subject(),
                        person.name(),
                        person.email(),
                        person.account(),
                        organizations.stream().map(SelectedContext::name).toList()),
                all);
    }

    // A token that a person brought is the API's; the API itself has named the server that issues its tokens.
    private static TokenSet known(Question question, URI place) {
        TokenSet tokens = question.tokens();
        boolean given = tokens.refresh().isEmpty()
                && tokens.authority().equals(tokens.origin())
                && tokens.origin().equals(question.client().server());
        return given ? tokens.issuedBy(ServerOrigin.of(place)) : tokens;
    }

    private List<SelectedContext> list(Question question, String path, String member, String kind) {
        ServerOrigin server = question.client().server();
        List<SelectedContext> all = new ArrayList<>();
        Optional<JsonObject> answer = client.list(
                question.profile(),
                server.resolve(path + "?limit=" + MOST),
                question.tokens(),
                Map.of(CLIENT_HEADER, CLIENT));
        for (JsonObject one : answer.map(body -> body.objects(member)).orElse(List.of())) {
            Optional<String> id = text(one, "id");
            if (id.isPresent() && all.size() < MOST) {
                all.add(new SelectedContext(kind, id.get(), text(one, "name").orElse(id.get())));
            }
        }
        return all;
    }

    private static Identity person(JsonObject claims) {
        return new Identity(
                text(claims, "sub"),
                text(claims, "name").or(() -> PlatformClient.joined(claims, "given_name", "family_name")),
                text(claims, "email"),
                Optional.empty(),
                List.of());
    }
}
