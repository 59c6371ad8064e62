package dev.ast.provider;

import static dev.ast.provider.PlatformClient.text;

import dev.ast.domain.Failure;
import dev.ast.domain.FailureException;
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
 * Astronomer's cloud: userinfo of its authorization server names the user, the API the organizations and their
 * workspaces. The token of an API token or key pair may belong to no user: userinfo does not know it then, and whether
 * it is good is decided by the API.
 *
 * <p>The API's public version is called 1.0 and stands below {@code /v1}; an installation that has no such path is
 * asked below {@code /v1.0} too.
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
        Optional<TokenClaims> claims = TokenClaims.of(question.tokens().access())
                .filter(found -> found.kind().isPresent());
        Identity user = claims.isPresent() ? Identity.UNKNOWN : user(question);
        boolean nobodys = claims.isPresent() || (isGiven(question) && user.isUnknown());
        Optional<Found> found = Optional.empty();
        for (int i = 0; i < VERSIONS.size() && found.isEmpty(); i++) {
            found = below(question, VERSIONS.get(i), nobodys);
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
        if (all.isEmpty() && claims.isPresent()) {
            claims.get().places().stream()
                    .filter(place -> !place.kind().equals(TokenClaims.DEPLOYMENT))
                    .forEach(all::add);
        }
        return new Known(
                new Identity(
                        user.subject(),
                        user.name(),
                        user.email(),
                        user.account(),
                        organizations.stream().map(SelectedContext::name).toList()),
                all);
    }

    private record Found(String version, List<SelectedContext> organizations) {}

    // A user who was never there before gets a user first, as by Astronomer's own program; without one there are no
    // organizations.
    private Optional<Found> below(Question question, String version, boolean nobodys) {
        if (!nobodys) {
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

    private Identity user(Question question) {
        Optional<URI> place = question.endpoints().userInfo();
        if (place.isEmpty()) {
            return Identity.UNKNOWN;
        }
        TokenSet tokens = question.tokens();
        if (!isGiven(question)) {
            return client.get(question.profile(), place.get(), tokens)
                    .map(Astronomer::user)
                    .orElse(Identity.UNKNOWN);
        }
        try {
            // The API itself has named the server that issues its tokens.
            return client.list(question.profile(), place.get(), tokens.issuedBy(ServerOrigin.of(place.get())), Map.of())
                    .map(Astronomer::user)
                    .orElse(Identity.UNKNOWN);
        } catch (FailureException e) {
            if (e.failure() instanceof Failure.SessionEnded) {
                return Identity.UNKNOWN;
            }
            throw e;
        }
    }

    // A token that the user already had is for the API.
    private static boolean isGiven(Question question) {
        TokenSet tokens = question.tokens();
        return tokens.refresh().isEmpty()
                && tokens.authority().equals(tokens.origin())
                && tokens.origin().equals(question.client().server());
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

    private static Identity user(JsonObject claims) {
        return new Identity(
                text(claims, "sub"),
                text(claims, "name").or(() -> PlatformClient.joined(claims, "given_name", "family_name")),
                text(claims, "email"),
                Optional.empty(),
                List.of());
    }
}
