package dev.ast.profile;

import dev.ast.domain.ClientSettings;
import dev.ast.domain.Identity;
import dev.ast.domain.Profile;
import dev.ast.domain.ProfileName;
import dev.ast.domain.ProgramSettings;
import dev.ast.domain.SelectedContext;
import dev.ast.domain.ServerOrigin;
import dev.ast.domain.StorageKind;
import dev.ast.domain.TrustedHost;
import dev.ast.domain.Workload;
import dev.ast.json.JsonObject;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How a profile stands in {@code credentials.json}. */
final class ProfileJson {
    private ProfileJson() {}

    static Profile read(ProfileName name, JsonObject from) {
        return new Profile(
                name,
                from.text("provider").orElse(""),
                from.parsed("server", ServerOrigin::parse),
                from.parsed("issuer", URI::create),
                from.text("client_id"),
                from.texts("scope"),
                from.text("storage").flatMap(StorageKind::of),
                from.time("session_ended_at"),
                identity(from),
                context(from, "context"),
                context(from, "previous_context"),
                contexts(from),
                from.time("contexts_read_at"),
                Boolean.TRUE.equals(from.get("protected")),
                client(from),
                programs(from));
    }

    private static ClientSettings client(JsonObject from) {
        return new ClientSettings(
                from.text("audience"),
                from.texts("resource").orElse(List.of()),
                hosts(from.texts("trusted_hosts").orElse(List.of())),
                from.text("client_key"),
                from.text("client_certificate"),
                Boolean.TRUE.equals(from.get("client_credentials")),
                from.get("dpop") instanceof Boolean dpop ? Optional.of(dpop) : Optional.empty(),
                workload(from));
    }

    private static Workload workload(JsonObject from) {
        return from.text("workload").isEmpty()
                ? Workload.NONE
                : new Workload(
                        from.parsed("workload", Workload.Source::parse),
                        from.parsed("workload_grant", Workload.Grant::require),
                        from.parsed("workload_token_type", Workload.TokenType::require),
                        from.text("workload_audience"));
    }

    private static ProgramSettings programs(JsonObject from) {
        Optional<List<String>> texts = from.texts("also_for");
        Optional<String> user = from.text("git_user");
        if (texts.isEmpty() && user.isEmpty()) {
            return ProgramSettings.NONE;
        }
        List<ServerOrigin> origins = new ArrayList<>();
        for (String text : texts.orElse(List.of())) {
            // What cannot be understood is no origin, and nothing is given to it.
            ServerOrigin.tryParse(text).ifPresent(origins::add);
        }
        return new ProgramSettings(origins, user);
    }

    private static void programs(ProgramSettings programs, JsonObject into) {
        into.put(
                        "also_for",
                        programs.alsoFor().isEmpty()
                                ? null
                                : programs.alsoFor().stream()
                                        .map(ServerOrigin::toString)
                                        .toList())
                .put("git_user", programs.gitUser());
    }

    private static List<TrustedHost> hosts(List<String> texts) {
        List<TrustedHost> hosts = new ArrayList<>();
        for (String text : texts) {
            hosts.add(new TrustedHost(text));
        }
        return hosts;
    }

    private static void client(ClientSettings client, JsonObject into) {
        into.put("audience", client.audience())
                .put("resource", client.resources().isEmpty() ? null : client.resources())
                .put(
                        "trusted_hosts",
                        client.trustedHosts().isEmpty()
                                ? null
                                : client.trustedHosts().stream()
                                        .map(TrustedHost::text)
                                        .toList())
                .put("client_key", client.key())
                .put("client_certificate", client.certificate())
                .put("client_credentials", client.ofClient() ? true : null)
                .put("dpop", client.dpop());
        Workload workload = client.workload();
        into.put("workload", workload.source().map(Workload.Source::text))
                .put("workload_grant", workload.grant().map(Workload.Grant::word))
                .put("workload_token_type", workload.type().map(Workload.TokenType::word))
                .put("workload_audience", workload.audience());
    }

    static void write(Profile profile, JsonObject into) {
        into.put("provider", profile.provider())
                .put("server", profile.server())
                .put("issuer", profile.issuer())
                .put("client_id", profile.clientId())
                .put("scope", profile.scopes())
                .put("storage", profile.storage().map(StorageKind::word))
                .put("session_ended_at", profile.endedAt())
                .put("identity", profile.identity().map(ProfileJson::identity))
                .put("context", profile.context().map(ProfileJson::context))
                .put("previous_context", profile.previousContext().map(ProfileJson::context))
                .put("contexts", contexts(profile.contexts()))
                .put("contexts_read_at", profile.contextsAt())
                .put("protected", profile.isProtected() ? true : null);
        client(profile.client(), into);
        programs(profile.programs(), into);
    }

    private static List<SelectedContext> contexts(JsonObject from) {
        List<SelectedContext> contexts = new ArrayList<>();
        for (JsonObject object : from.objects("contexts")) {
            Optional<SelectedContext> context = context(object);
            if (context.isPresent()) {
                contexts.add(context.get());
            }
        }
        return contexts;
    }

    private static @Nullable List<?> contexts(List<SelectedContext> contexts) {
        return contexts.isEmpty()
                ? null
                : contexts.stream().map(one -> context(one).members()).toList();
    }

    private static Optional<Identity> identity(JsonObject profile) {
        Optional<JsonObject> from = profile.object("identity");
        if (from.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Identity(
                from.get().text("subject"),
                from.get().text("name"),
                from.get().text("email"),
                from.get().text("account"),
                from.get().texts("organizations").orElse(List.of())));
    }

    private static JsonObject identity(Identity identity) {
        return new JsonObject()
                .put("subject", identity.subject())
                .put("name", identity.name())
                .put("email", identity.email())
                .put("account", identity.account())
                .put("organizations", identity.organizations());
    }

    private static Optional<SelectedContext> context(JsonObject profile, String member) {
        Optional<JsonObject> from = profile.object(member);
        return from.isEmpty() ? Optional.empty() : context(from.get());
    }

    private static Optional<SelectedContext> context(JsonObject from) {
        Optional<String> id = from.text("id");
        if (id.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new SelectedContext(
                from.text("kind").orElse("account"),
                id.get(),
                from.text("name").orElse(id.get()),
                from.text("authority_id")));
    }

    private static JsonObject context(SelectedContext context) {
        return new JsonObject()
                .put("kind", context.kind())
                .put("id", context.id())
                .put("name", context.name())
                .put("authority_id", context.authorityId());
    }
}
