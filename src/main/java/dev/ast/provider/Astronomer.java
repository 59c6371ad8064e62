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
 *
 * <p>The API's public version is called 1.0 and stands below {@code /v1}; an installation that has no such path is asked
 * below {@code /v1.0} too.
 */
final class Astronomer implements Platform {
    static final String API = "astronomer";
    static final String CLIENT_HEADER = "X-Astro-Client-Identifier";
    static final String CLIENT = "cli";

    private static final List<String> VERSIONS = List.of("/v1", "/v1.0");
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
        Optional<Found> found = Optional.empty();
        for (int i = 0; i < VERSIONS.size() && found.isEmpty(); i++) {
            found = below(question, VERSIONS.get(i), apiToken);
        }
        List<SelectedContext> organizations = found.map(Found::organizations).orElse(List.of());
        List<SelectedContext> all = new ArrayList<>(organizations);
        if (found.isPresent()) {
            String version = found.get().version();
            organizations.stream()
                    .limit(MOST_ORGANIZATIONS)
                    .forEach(organization -> list(
                                    question,
                                    version + "/organizations/"
                                            + URLEncoder.encode(organization.id(), StandardCharsets.UTF_8)
                                            + "/workspaces",
                                    "workspaces",
                                    SelectedContext.WORKSPACE)
                            .ifPresent(all::addAll));
        }
        return new Known(
                new Identity(
                        person.subject(),
                        person.name(),
                        person.email(),
                        person.account(),
                        organizations.stream().map(SelectedContext::name).toList()),
                all);
    }

    private record Found(String version, List<SelectedContext> organizations) {}

    // A person who was never there before gets a user first, as by Astronomer's own program; without one there are no
    // organizations.
    private Optional<Found> below(Question question, String version, boolean apiToken) {
        if (!apiToken) {
            ask(question, version + "/users/self?createIfNotExist=true");
        }
        return list(question, version + "/organizations", "organizations", SelectedContext.ORGANIZATION)
                .map(organizations -> new Found(version, organizations));
    }

    private Optional<JsonObject> ask(Question question, String path) {
        return client.list(
                question.profile(),
                question.client().server().resolve(path),
                question.tokens(),
                Map.of(CLIENT_HEADER, CLIENT));
    }

    // A token that a person brought is the API's; the API itself has named the server that issues its tokens.
    private static TokenSet known(Question question, URI place) {
        TokenSet tokens = question.tokens();
        boolean given = tokens.refresh().isEmpty()
                && tokens.authority().equals(tokens.origin())
                && tokens.origin().equals(question.client().server());
        return given ? tokens.issuedBy(ServerOrigin.of(place)) : tokens;
    }

    private Optional<List<SelectedContext>> list(Question question, String path, String member, String kind) {
        return ask(question, path + "?limit=" + MOST).map(answer -> {
            List<SelectedContext> all = new ArrayList<>();
            for (JsonObject one : answer.objects(member)) {
                Optional<String> id = text(one, "id");
                if (id.isPresent() && all.size() < MOST) {
                    all.add(new SelectedContext(
                            kind, id.get(), text(one, "name").orElse(id.get())));
                }
            }
            return all;
        });
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
