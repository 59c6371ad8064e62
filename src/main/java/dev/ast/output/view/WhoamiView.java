package dev.ast.output.view;

import dev.ast.domain.CredentialSource;
import dev.ast.domain.Identity;
import dev.ast.output.Page;
import dev.ast.output.View;
import dev.ast.session.Whoami;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Who is signed in. */
public final class WhoamiView implements View<Whoami> {
    private final Times times;

    /** Shows times as what remains. */
    public WhoamiView(InstantSource clock) {
        this.times = new Times(clock, () -> ZoneOffset.UTC);
    }

    @Override
    public Object document(Whoami who) {
        Identity identity = who.identity();
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        document.put("profile", who.profile().value());
        document.put("provider", who.provider());
        document.put("server", who.server().toString());
        document.put("subject", identity.subject());
        document.put("name", identity.name());
        document.put("email", identity.email());
        document.put("account", who.context().map(context -> context.name()).or(identity::account));
        document.put("organizations", identity.organizations());
        document.put("credential_source", who.credentialSource());
        document.put("expires_at", who.expiresAt());
        document.put("token_claims", ClaimLines.document(who.claims()));
        return document;
    }

    @Override
    public void text(Whoami who, Page page) {
        Identity identity = who.identity();
        if (identity.label().isEmpty() && who.claims().isEmpty()) {
            boolean stored = who.credentialSource().equals(new CredentialSource.StoredLogin().label());
            page.line(
                    stored
                            ? "Signed in; the server does not report who this is"
                            : "The server knows no user for this token");
        }
        ClaimLines.text(who.claims(), page);
        page.field("Name", identity.name())
                .field("Email", identity.email())
                .field("Account", who.context().map(context -> context.name()).or(identity::account))
                .field("ID", identity.subject())
                .field(
                        "Organizations",
                        identity.organizations().isEmpty()
                                ? java.util.Optional.empty()
                                : java.util.Optional.of(String.join(", ", identity.organizations())))
                .field("Platform", who.provider())
                .field("Server", who.server().toString())
                .field("Expires", who.expiresAt().map(end -> times.token(end, who.renewable())))
                .field("Credential used", who.credentialSource());
    }
}
