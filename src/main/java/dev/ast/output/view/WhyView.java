package dev.ast.output.view;

import dev.ast.diagnosis.Why;
import dev.ast.domain.Identity;
import dev.ast.domain.TrustedHost;
import dev.ast.output.Page;
import dev.ast.output.View;
import dev.ast.session.Credentials;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a command would use here, each with the rule that decided. */
public final class WhyView implements View<Why> {
    private final Times times;

    /** Shows times as what remains. */
    public WhyView(InstantSource clock) {
        this.times = new Times(clock, () -> ZoneOffset.UTC);
    }

    @Override
    public Object document(Why why) {
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        document.put("profile", why.profile().value());
        document.put("profile_rule", why.profileRule());
        document.put("provider", why.provider());
        document.put("server", why.server().map(Object::toString));
        document.put("server_rule", why.serverRule());
        document.put("context", why.context().map(context -> context.name()));
        document.put("context_rule", why.context().map(context -> why.contextRule()));
        document.put("credential_source", why.source());
        document.put("storage", why.store());
        document.put("subject", why.identity().flatMap(Identity::subject));
        document.put("email", why.identity().flatMap(Identity::email));
        document.put("expires_at", why.expiresAt());
        document.put("renewable", why.renewable());
        document.put(
                "trusted_hosts",
                why.trustedHosts().stream().map(TrustedHost::text).toList());
        document.put("problem", why.problem());
        document.put("environment", StatusView.variables(why.environment()));
        return document;
    }

    @Override
    public void text(Why why, Page page) {
        page.field("Profile", because(why.profile().value(), why.profileRule()))
                .field("Server", why.server().map(server -> because(server.toString(), why.serverRule())))
                .field("Context", why.context().map(context -> because(context.name(), why.contextRule())))
                .field("Credential", why.source().orElse("none"))
                .field("Identity", why.identity().flatMap(Identity::label))
                .field("Stored in", why.store())
                .field(
                        "Expires",
                        why.expiresAt()
                                .filter(end -> why.problem().isEmpty())
                                .map(end -> times.token(end, why.renewable())));
        for (Credentials.Variable variable : why.environment()) {
            if (variable.set()) {
                page.field("Environment", because(variable.name(), variable.used() ? "used" : "set, not used"));
            }
        }
        for (TrustedHost host : why.trustedHosts()) {
            page.field("Trusted host", host.text());
        }
        page.field("Problem", why.problem());
    }

    private static String because(String what, String rule) {
        return what + " (" + rule + ")";
    }
}
