package dev.ast.output.view;

import dev.ast.domain.CredentialSource;
import dev.ast.domain.Identity;
import dev.ast.domain.Profile;
import dev.ast.domain.SelectedContext;
import dev.ast.domain.ServerOrigin;
import dev.ast.domain.StorageKind;
import dev.ast.output.Page;
import dev.ast.output.Tone;
import dev.ast.output.View;
import dev.ast.session.Credentials;
import dev.ast.session.Status;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The state of the profiles. */
public final class StatusView implements View<Status> {
    private final Times times;

    /** Shows times in the given zone, which is asked only when a time is shown. */
    public StatusView(InstantSource clock, Supplier<? extends ZoneId> zone) {
        this.times = new Times(clock, zone);
    }

    @Override
    public Object document(Status status) {
        List<Object> profiles = new ArrayList<>();
        status.profiles().forEach(entry -> profiles.add(profile(entry, status.now())));
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        document.put("active_profile", status.active().value());
        document.put("profiles", profiles);
        document.put("environment", variables(status.environment()));
        return document;
    }

    static List<Object> variables(List<Credentials.Variable> environment) {
        List<Object> documents = new ArrayList<>();
        for (Credentials.Variable variable : environment) {
            Map<String, @Nullable Object> document = new LinkedHashMap<>();
            document.put("name", variable.name());
            document.put("set", variable.set());
            document.put("used", variable.used());
            documents.add(document);
        }
        return documents;
    }

    private static Object profile(Status.Entry entry, Instant now) {
        Profile profile = entry.profile();
        Map<String, @Nullable Object> access = new LinkedHashMap<>();
        access.put("expires_at", entry.accessExpiresAt());
        access.put(
                "expires_in",
                entry.accessExpiresAt()
                        .map(end -> Math.max(0, Duration.between(now, end).toSeconds())));
        Map<String, @Nullable Object> refresh = new LinkedHashMap<>();
        refresh.put("present", entry.refreshPresent());
        refresh.put("expires_at", entry.refreshExpiresAt());
        Map<String, @Nullable Object> identity = new LinkedHashMap<>();
        identity.put("subject", profile.identity().flatMap(Identity::subject));
        identity.put("name", profile.identity().flatMap(Identity::name));
        identity.put("email", profile.identity().flatMap(Identity::email));
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        document.put("name", profile.name().value());
        document.put("provider", entry.provider());
        document.put("server", entry.server().map(ServerOrigin::toString));
        document.put("signed_in", entry.signedIn());
        document.put("identity", identity);
        document.put("storage", profile.storage().map(StorageKind::word));
        document.put("credential_source", entry.credentialSource());
        document.put("access_token", access);
        document.put("refresh_token", refresh);
        document.put("scope", entry.scopes());
        document.put("token_claims", ClaimLines.document(entry.claims()));
        document.put("context", context(profile));
        document.put("problem", entry.problem().map(failure -> failure.message()));
        return document;
    }

    static Object context(Profile profile) {
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        document.put("kind", profile.context().map(SelectedContext::kind));
        document.put("id", profile.context().map(SelectedContext::id));
        document.put("name", profile.context().map(SelectedContext::name));
        return document;
    }

    static String storage(StorageKind kind) {
        return kind.equals(StorageKind.FILE) ? kind.label() + ", readable by this user only" : kind.label();
    }

    @Override
    public @Nullable Object rows(Status status) {
        return document(status) instanceof Map<?, ?> document ? document.get("profiles") : List.of();
    }

    @Override
    public void text(Status status, Page page) {
        boolean first = true;
        for (Status.Entry entry : status.profiles()) {
            if (!first) {
                page.emptyLine();
            }
            first = false;
            boolean active = entry.profile().name().equals(status.active());
            page.line(
                    Tone.BOLD.of(entry.profile().name().value()),
                    active ? " *  " : "    ",
                    entry.provider(),
                    "  ",
                    entry.server().map(ServerOrigin::toString).orElse("(no server yet)"));
            entry(entry, page);
        }
        List<String> set = status.environment().stream()
                .filter(Credentials.Variable::set)
                .map(variable -> variable.name() + (variable.used() ? " (used)" : " (set, not used)"))
                .toList();
        if (!set.isEmpty()) {
            page.emptyLine();
            page.line("Environment: " + String.join(", ", set));
        }
    }

    private void entry(Status.Entry entry, Page page) {
        Profile profile = entry.profile();
        if (entry.problem().isPresent()) {
            page.field("State", Tone.WARN.of(entry.problem().get().message()));
            page.field("Next", entry.problem().get().hint().map(page::typed));
        } else if (!entry.signedIn()) {
            page.field("State", Tone.DIM.of("not signed in"));
            page.field("Next", page.typed(profile.name().loginCommand()));
            return;
        }
        boolean stored = entry.credentialSource().filter("stored login"::equals).isPresent();
        if (stored || entry.problem().isPresent()) {
            page.field("Logged in as", profile.identity().flatMap(StatusView::nameAndEmail));
            page.field("Account", account(profile));
        }
        ClaimLines.text(entry.claims(), page);
        if (entry.signedIn()) {
            page.field("Session expires", expiry(entry));
        }
        if (!entry.scopes().isEmpty()) {
            page.field("Scopes", String.join(" ", entry.scopes()));
        }
        page.field("Stored in", profile.storage().map(StatusView::storage));
        page.field("Credential used", entry.credentialSource());
    }

    private static Optional<String> nameAndEmail(Identity identity) {
        return identity.name()
                .flatMap(name -> identity.email().map(email -> name + " <" + email + ">"))
                .or(identity::label);
    }

    static Optional<String> account(Profile profile) {
        return profile.context()
                .map(SelectedContext::name)
                .or(() -> profile.identity().flatMap(Identity::account));
    }

    private String expiry(Status.Entry entry) {
        if (entry.credentialSource()
                .filter(CredentialSource.MachineToken::isLabel)
                .isPresent()) {
            return "never, as long as this machine has its token";
        }
        String access = entry.accessExpiresAt().map(times::rest).orElse("of unknown lifetime");
        if (!entry.refreshPresent()) {
            return entry.accessExpiresAt().map(times::withRest).orElse("unknown") + ", not renewable";
        }
        String renewal = access.equals("expired")
                ? "access token expired, the next command renews it"
                : "access token " + access + ", renewed automatically";
        return entry.refreshExpiresAt().map(times::at).orElse("when the server ends it") + " (" + renewal + ")";
    }
}
