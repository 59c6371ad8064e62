package dev.ast.session;

import dev.ast.domain.CredentialSource;
import dev.ast.domain.Failure;
import dev.ast.domain.FailureException;
import dev.ast.domain.Identity;
import dev.ast.domain.Profile;
import dev.ast.domain.ProfileName;
import dev.ast.domain.ServerOrigin;
import dev.ast.domain.TokenSet;
import dev.ast.profile.Profiles;
import dev.ast.provider.Providers;
import dev.ast.provider.TokenClaims;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reports who is signed in where, from what is stored; nothing here asks a server. */
public final class SessionReport {
    private final Profiles profiles;
    private final Targets targets;
    private final Credentials credentials;
    private final InstantSource clock;

    /** Reports from the given sources. */
    public SessionReport(Profiles profiles, Targets targets, Credentials credentials, InstantSource clock) {
        this.profiles = profiles;
        this.targets = targets;
        this.credentials = credentials;
        this.clock = clock;
    }

    /**
     * Who a command would act as.
     *
     * @throws FailureException (not_signed_in), also when the credential belongs to another server than the one asked
     *     for; (session_ended) or (storage)
     */
    public Whoami whoami(Selection selection) {
        Target target = targets.resolve(selection);
        Credential credential = credentials
                .current(target, selection.token())
                .orElseThrow(() -> new Failure.NotSignedIn(target.profile().name()).asException());
        boolean stored = credential.source() instanceof CredentialSource.StoredLogin;
        TokenSet tokens = credential.tokens();
        if (tokens.authorize(target.server()).isEmpty()) {
            throw new Failure.OtherOrigin(target.profile().name(), tokens.origin(), target.server()).asException();
        }
        if (stored) {
            requireAlive(tokens, target.profile().name());
        }
        return new Whoami(
                target.profile().name(),
                target.provider().id(),
                tokens.origin(),
                stored || credential.source() instanceof CredentialSource.MachineToken
                        ? target.profile().identity().orElse(Identity.UNKNOWN)
                        : Identity.UNKNOWN,
                target.profile().context(),
                credential.source().label(),
                tokens.expiresAt(),
                stored && tokens.renewable(),
                claims(credential));
    }

    private void requireAlive(TokenSet tokens, ProfileName name) {
        tokens.sessionEnd(name, clock.instant()).ifPresent(ended -> {
            throw ended.asException();
        });
    }

    /** The time of the report. */
    public Instant now() {
        return clock.instant();
    }

    /** The state of every profile, or of the one that the selection names. */
    public Status status(Selection selection) {
        Profiles.Listing listing = profiles.list();
        ProfileName active = selection.profile().isPresent()
                ? profiles.active()
                : targets.choose(selection).name();
        List<Status.Entry> entries = new ArrayList<>();
        if (selection.profile().isPresent()) {
            ProfileName name = selection.profile().get();
            entries.add(entry(
                    profiles.find(name).orElseGet(() -> Profile.fresh(name, Providers.DEFAULT)),
                    given(name, name, selection)));
        } else {
            boolean known = false;
            for (Profile profile : listing.all()) {
                known |= profile.name().equals(active);
                entries.add(entry(profile, given(profile.name(), active, selection)));
            }
            if (!known) {
                entries.add(entry(Profile.fresh(active, Providers.DEFAULT), Selection.NONE.withTokenOf(selection)));
            }
        }
        Selection selected = selection.profile().map(Selection::of).orElse(Selection.NONE);
        return new Status(
                active, entries, credentials.variables(targets.resolve(selected), selection.token()), clock.instant());
    }

    // A token of the command line is for the profile that the command is about.
    private static Selection given(ProfileName name, ProfileName meant, Selection selection) {
        return name.equals(meant) ? Selection.of(name).withTokenOf(selection) : Selection.of(name);
    }

    private Status.Entry entry(Profile profile, Selection selection) {
        String provider = profile.provider().isEmpty() ? Providers.DEFAULT : profile.provider();
        Optional<ServerOrigin> server = profile.server();
        try {
            Target target = targets.resolve(selection);
            provider = target.provider().id();
            server = Optional.of(target.home());
            // Only its server knows a token that is exchanged, and no server is asked here.
            boolean exchanged = credentials.isExchanged(target, selection.token());
            Optional<Credential> credential =
                    exchanged ? Optional.empty() : credentials.current(target, selection.token());
            credential
                    .filter(found -> found.source() instanceof CredentialSource.StoredLogin)
                    .ifPresent(found -> requireAlive(found.tokens(), profile.name()));
            Optional<CredentialSource> source =
                    exchanged ? credentials.source(target, selection.token()) : credential.map(Credential::source);
            return new Status.Entry(
                    profile,
                    provider,
                    server,
                    source.isPresent(),
                    source.map(CredentialSource::label),
                    credential.flatMap(found -> found.tokens().expiresAt()),
                    credential.filter(found -> found.tokens().renewable()).isPresent(),
                    credential.flatMap(found -> found.tokens().refreshExpiresAt()),
                    credential.map(found -> found.tokens().scopes()).orElse(List.of()),
                    credential.flatMap(SessionReport::claims),
                    Optional.empty());
        } catch (FailureException e) {
            return new Status.Entry(
                    profile,
                    provider,
                    server,
                    false,
                    Optional.empty(),
                    Optional.empty(),
                    false,
                    Optional.empty(),
                    List.of(),
                    Optional.empty(),
                    Optional.of(e.failure()));
        }
    }

    // For a stored login more is known than the claims of its token.
    private static Optional<TokenClaims> claims(Credential credential) {
        boolean given = !(credential.source() instanceof CredentialSource.StoredLogin)
                || credential.tokens().refresh().isEmpty();
        return given
                ? TokenClaims.of(credential.tokens().access())
                        .filter(claims -> claims.kind().isPresent())
                : Optional.empty();
    }
}
