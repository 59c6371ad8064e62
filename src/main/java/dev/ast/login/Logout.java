package dev.ast.login;

import dev.ast.credential.file.LockFiles;
import dev.ast.domain.Failure;
import dev.ast.domain.FailureException;
import dev.ast.domain.Profile;
import dev.ast.domain.ProfileName;
import dev.ast.domain.StorageKind;
import dev.ast.domain.TokenSet;
import dev.ast.oauth.OAuthClient;
import dev.ast.oauth.OAuthTokens;
import dev.ast.oauth.TokenRevocationClient;
import dev.ast.oauth.TokenRevocationClient.Outcome;
import dev.ast.profile.Profiles;
import dev.ast.profile.StoredSessions;
import dev.ast.provider.Manner;
import dev.ast.provider.PlatformClients;
import dev.ast.provider.Provider;
import dev.ast.provider.Providers;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Signs profiles out: revokes at the server, then removes what is stored here. The second happens whatever becomes of the
 * first; what stays valid is reported. It waits for a renewal that is under way, so that no token is left behind it.
 */
public final class Logout {
    private final Profiles profiles;
    private final Providers providers;
    private final StoredSessions sessions;
    private final OAuthTokens tokens;
    private final PlatformClients clients;
    private final TokenRevocationClient revocation;
    private final Supplier<List<ProfileName>> leftovers;

    /**
     * Signs out over the given parts.
     *
     * @param leftovers profiles whose tokens only the keyring still knows
     */
    public Logout(
            Profiles profiles,
            Providers providers,
            StoredSessions sessions,
            OAuthTokens tokens,
            PlatformClients clients,
            TokenRevocationClient revocation,
            Supplier<List<ProfileName>> leftovers) {
        this.profiles = profiles;
        this.providers = providers;
        this.sessions = sessions;
        this.tokens = tokens;
        this.clients = clients;
        this.revocation = revocation;
        this.leftovers = leftovers;
    }

    /**
     * What became of one profile.
     *
     * @param wasSignedIn whether anything was stored
     * @param removed whether nothing is stored any more
     * @param notRevoked why the server did not revoke, if so
     * @param refused whether that is because the server was asked and did not
     * @param validUntil until when the access token stays good, where that is known and it was not revoked
     * @param failure why it could not be removed, if so
     */
    public record Outcomes(
            ProfileName profile,
            boolean wasSignedIn,
            boolean removed,
            Optional<String> notRevoked,
            boolean refused,
            Optional<Instant> validUntil,
            Optional<Failure> failure) {

        /** The failure of a server that was asked to revoke and did not. */
        public Optional<Failure> serverFailure() {
            return refused
                    ? notRevoked.map(why -> new Failure.Unreachable(
                            "signed out of " + profile + " here, but the server did not revoke: " + why,
                            validUntil.map(end -> "the access token stays valid until " + end)))
                    : Optional.empty();
        }
    }

    /**
     * What became of every profile.
     *
     * @param unsearched why the keyring could not be searched for tokens that no profile names, if so
     */
    public record Report(List<Outcomes> profiles, Optional<Failure> unsearched) {
        /** Copies the list. */
        public Report {
            profiles = List.copyOf(profiles);
        }
    }

    /**
     * Signs one profile out.
     *
     * @param local whether the server is left alone
     */
    public Report one(ProfileName name, boolean local) {
        return new Report(List.of(out(name, local)), Optional.empty());
    }

    /** Signs every profile out; one that fails does not stop the others. */
    public Report all(boolean local) {
        List<Outcomes> outcomes = new ArrayList<>();
        for (Profile profile : profiles.list().all()) {
            if (profile.storage().isPresent()) {
                outcomes.add(out(profile.name(), local));
            }
        }
        try {
            for (ProfileName name : leftovers.get()) {
                outcomes.add(leftover(name));
            }
            return new Report(outcomes, Optional.empty());
        } catch (FailureException e) {
            if (e.failure() instanceof Failure.Interrupted) {
                throw e;
            }
            return new Report(outcomes, Optional.of(e.failure()));
        }
    }

    private Outcomes leftover(ProfileName name) {
        try (LockFiles.Held held = sessions.lock(name)) {
            sessions.forget(name, StorageKind.KEYRING);
            return new Outcomes(
                    name,
                    true,
                    true,
                    Optional.of("only the keyring knew this profile"),
                    false,
                    Optional.empty(),
                    Optional.empty());
        } catch (FailureException e) {
            return failed(name, e.failure());
        }
    }

    private static Outcomes failed(ProfileName name, Failure failure) {
        return new Outcomes(name, true, false, Optional.empty(), false, Optional.empty(), Optional.of(failure));
    }

    private Outcomes out(ProfileName name, boolean local) {
        try (LockFiles.Held held = sessions.lock(name)) {
            Optional<Profile> profile = profiles.find(name);
            if (profile.flatMap(Profile::storage).isEmpty()) {
                return new Outcomes(name, false, true, Optional.empty(), false, Optional.empty(), Optional.empty());
            }
            Optional<TokenSet> stored = Optional.empty();
            Optional<String> notRevoked = Optional.empty();
            boolean refused = false;
            try {
                stored = profile.get().endedAt().isPresent() ? Optional.empty() : sessions.tokens(profile.get());
                if (stored.isPresent() && local) {
                    notRevoked = Optional.of("it was not asked to (--local)");
                } else if (stored.isPresent()) {
                    Outcome outcome = revoke(profile.get(), stored.get());
                    refused = outcome instanceof Outcome.NotRevoked;
                    notRevoked = why(outcome, stored.get());
                }
            } catch (FailureException e) {
                if (!(e.failure() instanceof Failure.Storage)) {
                    throw e;
                }
                notRevoked = Optional.of(
                        "the tokens could not be read: " + e.failure().message());
            }
            sessions.signOut(name);
            Optional<Instant> validUntil =
                    notRevoked.isPresent() ? stored.flatMap(TokenSet::expiresAt) : Optional.empty();
            return new Outcomes(name, true, true, notRevoked, refused, validUntil, Optional.empty());
        } catch (FailureException e) {
            if (e.failure() instanceof Failure.Interrupted) {
                throw e;
            }
            return failed(name, e.failure());
        }
    }

    private Outcome revoke(Profile profile, TokenSet stored) {
        try {
            Provider provider = providers.of(profile);
            if (provider.manner().signIn() == Manner.SignIn.PASSWORD) {
                // There is no authorization server that could be asked.
                return new Outcome.NotOffered();
            }
            OAuthClient client = clients.of(provider, profile);
            return revocation.revoke(client, tokens.endpoints(client), stored);
        } catch (FailureException e) {
            if (e.failure() instanceof Failure.Interrupted) {
                throw e;
            }
            return new Outcome.NotRevoked(e.failure().message());
        }
    }

    private static Optional<String> why(Outcome outcome, TokenSet stored) {
        if (outcome instanceof Outcome.NotRevoked failed) {
            return Optional.of(failed.why());
        }
        return outcome instanceof Outcome.NotOffered
                ? Optional.of(stored.authority() + " offers no revocation"
                        + (stored.refresh().isPresent()
                                ? ", so the refresh token stays valid until that server ends it"
                                : ""))
                : Optional.empty();
    }
}
