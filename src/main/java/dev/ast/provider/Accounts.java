package dev.ast.provider;

import static dev.ast.provider.PlatformClient.joined;
import static dev.ast.provider.PlatformClient.text;

import dev.ast.domain.Identity;
import dev.ast.domain.SelectedContext;
import dev.ast.json.JsonObject;
import dev.ast.provider.Identities.Known;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The shape of {@code /api/v1/me}: the user, and the personal and organization accounts that can be used. */
final class Accounts implements Platform {
    private static final int MOST_ACCOUNTS = 1000;

    private final PlatformClient client;

    Accounts(PlatformClient client) {
        this.client = client;
    }

    @Override
    public Known read(Question question) {
        URI place = question.client()
                .server()
                .resolve(question.provider().identityPath().orElse("/api/v1/me"));
        return client.get(question.profile(), place, question.tokens())
                .map(Accounts::known)
                .orElse(Known.NOTHING);
    }

    private static Known known(JsonObject me) {
        JsonObject user = me.object("user").orElse(me);
        List<SelectedContext> contexts = new ArrayList<>();
        List<String> organizations = new ArrayList<>();
        Optional<String> personal = Optional.empty();
        for (JsonObject account : me.objects("accounts")) {
            Optional<String> name = text(account, "name");
            if (name.isEmpty() || contexts.size() >= MOST_ACCOUNTS) {
                continue;
            }
            boolean organization =
                    text(account, "type").filter("organization"::equals).isPresent();
            contexts.add(new SelectedContext(
                    organization ? SelectedContext.ORGANIZATION : SelectedContext.ACCOUNT,
                    text(account, "id").orElse(name.get()),
                    name.get(),
                    organization ? text(account, "workos_org_id") : Optional.empty()));
            if (organization) {
                organizations.add(name.get());
            } else if (personal.isEmpty()) {
                personal = name;
            }
        }
        return new Known(identity(user, personal, organizations), contexts);
    }

    static Identity identity(JsonObject user, Optional<String> personal, List<String> organizations) {
        return new Identity(
                text(user, "id").or(() -> text(user, "sub")),
                text(user, "name").or(() -> joined(user, "first_name", "last_name")),
                text(user, "email"),
                personal,
                organizations);
    }
}
