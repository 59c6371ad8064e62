package dev.ast.output.view;

import dev.ast.domain.Profile;
import dev.ast.domain.ServerOrigin;
import dev.ast.domain.Workload;
import dev.ast.output.Page;
import dev.ast.output.View;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The settings of one profile. */
public record ProfileShown(Profile profile, Optional<ServerOrigin> server, boolean active) {

    /** A field a setting; what is not set is left to the provider. */
    public static final class Look implements View<ProfileShown> {
        @Override
        public Object document(ProfileShown shown) {
            Profile profile = shown.profile();
            Map<String, @Nullable Object> document = new LinkedHashMap<>();
            document.put("name", profile.name().value());
            document.put("provider", profile.provider());
            document.put("server", shown.server().map(ServerOrigin::toString));
            document.put("active", shown.active());
            document.put("signed_in", profile.hasCredential());
            document.put("issuer", profile.issuer().map(Object::toString));
            document.put("client_id", profile.clientId());
            document.put("scope", profile.scopes());
            document.put("storage", profile.storage().map(kind -> kind.word()));
            document.put("workload", profile.client().workload().source().map(Workload.Source::text));
            document.put("context", StatusView.context(profile));
            document.put("protected", profile.isProtected());
            document.put(
                    "also_for",
                    profile.programs().alsoFor().stream()
                            .map(ServerOrigin::toString)
                            .toList());
            document.put("git_user", profile.programs().gitUser());
            return document;
        }

        @Override
        public void text(ProfileShown shown, Page page) {
            Profile profile = shown.profile();
            page.line(profile.name() + (shown.active() ? " *" : ""))
                    .field("Provider", profile.provider())
                    .field("Server", shown.server())
                    .field("Issuer", profile.issuer())
                    .field("Client", profile.clientId())
                    .field("Scopes", profile.scopes().map(scopes -> String.join(" ", scopes)))
                    .field("Stored in", profile.storage().map(StatusView::storage))
                    .field("Workload", profile.client().workload().source().map(Workload.Source::label))
                    .field(
                            "Signed in as",
                            profile.hasCredential()
                                    ? profile.identity().flatMap(identity -> identity.label())
                                    : Optional.of("nobody"))
                    .field("Context", profile.context().map(context -> context.name()))
                    .field("Protected", profile.isProtected() ? Optional.of("yes") : Optional.empty());
            for (ServerOrigin origin : profile.programs().alsoFor()) {
                page.field("Also for", origin);
            }
            page.field("User for git", profile.programs().gitUser());
        }
    }
}
