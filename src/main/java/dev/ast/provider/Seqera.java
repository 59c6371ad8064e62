package dev.ast.provider;

import static dev.ast.provider.PlatformClient.id;
import static dev.ast.provider.PlatformClient.joined;
import static dev.ast.provider.PlatformClient.text;

import dev.ast.domain.Identity;
import dev.ast.domain.SelectedContext;
import dev.ast.json.JsonObject;
import dev.ast.oauth.OAuthClient;
import dev.ast.provider.Identities.Known;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Seqera Platform: {@code /user-info} has the user, the organizations and the workspaces. */
final class Seqera implements Platform {
    static final String API = "seqera";

    private static final int MOST = 1000;

    private final PlatformClient client;

    Seqera(PlatformClient client) {
        this.client = client;
    }

    @Override
    public Known read(Question question) {
        Optional<JsonObject> user = client.get(
                        question.profile(), place(question.client(), "/user-info"), question.tokens())
                .flatMap(body -> body.object("user"));
        if (user.isEmpty()) {
            return Known.NOTHING;
        }
        List<SelectedContext> contexts =
                id(user.get(), "id").map(number -> workspaces(question, number)).orElse(List.of());
        return new Known(
                new Identity(
                        id(user.get(), "id"),
                        joined(user.get(), "firstName", "lastName").or(() -> text(user.get(), "userName")),
                        text(user.get(), "email"),
                        text(user.get(), "userName"),
                        contexts.stream()
                                .filter(context -> context.kind().equals(SelectedContext.ORGANIZATION))
                                .map(SelectedContext::name)
                                .toList()),
                contexts);
    }

    private List<SelectedContext> workspaces(Question question, String user) {
        URI place =
                place(question.client(), "/user/" + URLEncoder.encode(user, StandardCharsets.UTF_8) + "/workspaces");
        List<SelectedContext> all = new ArrayList<>();
        Optional<JsonObject> answer = client.list(question.profile(), place, question.tokens(), Map.of());
        for (JsonObject one :
                answer.map(body -> body.objects("orgsAndWorkspaces")).orElse(List.of())) {
            Optional<String> organization = id(one, "orgId");
            Optional<String> workspace = id(one, "workspaceId");
            String organizationName =
                    text(one, "orgName").or(() -> organization).orElse("");
            if (all.size() >= MOST) {
                break;
            }
            if (workspace.isPresent()) {
                String name = text(one, "workspaceName").orElse(workspace.get());
                all.add(new SelectedContext(
                        SelectedContext.WORKSPACE,
                        workspace.get(),
                        organizationName.isEmpty() ? name : organizationName + "/" + name));
            } else if (organization.isPresent()) {
                all.add(new SelectedContext(SelectedContext.ORGANIZATION, organization.get(), organizationName));
            }
        }
        return all;
    }

    /** A path of the platform's API, which may lie below a path itself: {@code https://host/api}. */
    static URI place(OAuthClient client, String path) {
        String base = client.issuer()
                .map(URI::toString)
                .orElseGet(() -> client.server().toString());
        return URI.create((base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + path);
    }
}
