package dev.ast.login;

import dev.ast.credential.file.CredentialsFile;
import dev.ast.credential.file.LockFiles;
import dev.ast.domain.Failure;
import dev.ast.domain.FailureException;
import dev.ast.domain.Profile;
import dev.ast.domain.ProfileName;
import dev.ast.domain.StorageKind;
import dev.ast.domain.TokenSet;
import dev.ast.host.Interrupts;
import dev.ast.oauth.TokenRevocationClient.Outcome;
import dev.ast.profile.Profiles;
import dev.ast.profile.StoredSessions;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Signs profiles out: removes what is stored here, then revokes it at the servers. The first waits for nothing but a
 * moment for another process and is finished also when the user interrupts it; what stays valid is reported.
 */
public final class Logout {
    private final Profiles profiles;
    private final StoredSessions sessions;
    private final CredentialsFile file;
    private final Revocations revocations;
    private final Supplier<List<ProfileName>> leftovers;
    private final Interrupts interrupts;

    /**
     * Signs out over the given parts.
     *
     * @param leftovers profiles whose tokens only the keyring still knows
     */
    public Logout(
            Profiles profiles,
            StoredSessions sessions,
            CredentialsFile file,
            Revocations revocations,
            Supplier<List<ProfileName>> leftovers,
            Interrupts interrupts) {
        this.profiles = profiles;
        this.sessions = sessions;
        this.file = file;
        this.revocations = revocations;
        this.leftovers = leftovers;
        this.interrupts = interrupts;
    }

    /**
     * The result for one profile.
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
     * The result for all profiles.
     *
     * @param copies copies of another program's file with tokens, which were removed
     * @param further why something else could not be done: the keyring could not be searched, or the user interrupted
     */
    public record Report(List<Outcomes> profiles, List<Path> copies, Optional<Failure> further) {
        /** Copies the lists. */
        public Report {
            profiles = List.copyOf(profiles);
            copies = List.copyOf(copies);
        }
    }

    /** What was taken out of the stores for one profile. */
    private record Removed(Profile profile, Outcomes outcome, Optional<TokenSet> tokens) {}

    /**
     * Signs one profile out.
     *
     * @param local whether the server is left alone
     */
    public Report one(ProfileName name, boolean local) {
        List<Removed> removed;
        try (Interrupts.Registration section = protect()) {
            removed = List.of(remove(name));
        }
        return report(removed, List.of(), List.of(), Optional.empty(), local);
    }

    /** Signs every profile out; one that fails does not stop the others. */
    public Report all(boolean local) {
        List<Removed> removed = new ArrayList<>();
        List<Outcomes> found = new ArrayList<>();
        Optional<Failure> unsearched = Optional.empty();
        List<Path> copies;
        try (Interrupts.Registration section = protect()) {
            profiles.withCredentials().forEach(name -> removed.add(remove(name)));
            copies = file.removeCopies();
            unsearched = removeLeftovers(found);
        }
        return report(removed, found, copies, unsearched, local);
    }

    private Optional<Failure> removeLeftovers(List<Outcomes> found) {
        try {
            leftovers.get().forEach(name -> found.add(leftover(name)));
            return Optional.empty();
        } catch (FailureException e) {
            return Optional.of(e.failure());
        }
    }

    private Interrupts.Registration protect() {
        return interrupts.protect("removing the stored tokens; Ctrl-C again leaves some of them");
    }

    private Outcomes leftover(ProfileName name) {
        try (LockFiles.Held held = sessions.lock(name)) {
            sessions.forget(name, StorageKind.KEYRING);
            return removed(name, Optional.of("only the keyring knew this profile"));
        } catch (FailureException e) {
            return failed(name, e.failure());
        }
    }

    private static Outcomes removed(ProfileName name, Optional<String> notRevoked) {
        return new Outcomes(name, true, true, notRevoked, false, Optional.empty(), Optional.empty());
    }

    private static Outcomes failed(ProfileName name, Failure failure) {
        return new Outcomes(name, true, false, Optional.empty(), false, Optional.empty(), Optional.of(failure));
    }

    // A renewal under way holds the lock for as long as the server takes. It is not waited for: it finds the
    // session gone when its answer comes, and revokes what it was granted.
    private Removed remove(ProfileName name) {
        Profile before = Profile.fresh(name, "");
        Optional<LockFiles.Held> held = Optional.empty();
        try {
            before = profiles.find(name).orElse(before);
            held = sessions.lockSoon(name);
            Optional<TokenSet> stored = Optional.empty();
            Optional<String> unread = Optional.empty();
            try {
                stored = before.endedAt().isPresent() ? Optional.empty() : sessions.stored(before);
            } catch (FailureException e) {
                unread = Optional.of(
                        "the tokens could not be read: " + e.failure().message());
            }
            Profiles.Taken taken = sessions.signOut(name);
            if (taken.unknownStore().isPresent()) {
                return new Removed(
                        before,
                        failed(name, unknownStore(name, taken.unknownStore().get())),
                        taken.tokens());
            }
            if (!taken.held()) {
                return new Removed(
                        before,
                        new Outcomes(name, false, true, Optional.empty(), false, Optional.empty(), Optional.empty()),
                        Optional.empty());
            }
            Optional<String> waiting = held.isPresent()
                    ? Optional.empty()
                    : Optional.of("a renewal is under way, which revokes what it is granted");
            Optional<TokenSet> tokens = taken.tokens().isPresent() ? taken.tokens() : stored;
            return new Removed(before, removed(name, unread.or(() -> waiting)), tokens);
        } catch (FailureException e) {
            return new Removed(before, failed(name, e.failure()), Optional.empty());
        } finally {
            held.ifPresent(LockFiles.Held::close);
        }
    }

    private static Failure unknownStore(ProfileName name, String store) {
        return new Failure.Storage(
                "profile " + name + " names a store that this program does not know: " + store
                        + "; tokens there, if any, are still there",
                Optional.of("remove them with the program that stored them"));
    }

    private Report report(
            List<Removed> removed, List<Outcomes> found, List<Path> copies, Optional<Failure> further, boolean local) {
        Map<ProfileName, Revocations.Wanted> wanted = new LinkedHashMap<>();
        for (Removed one : removed) {
            one.tokens()
                    .filter(tokens -> !local)
                    .ifPresent(
                            tokens -> wanted.put(one.profile().name(), new Revocations.Wanted(one.profile(), tokens)));
        }
        Map<ProfileName, Outcome> outcomes = revocations.revoke(wanted);
        List<Outcomes> all = new ArrayList<>();
        for (Removed one : removed) {
            all.add(one.tokens()
                    .map(tokens -> reported(
                            one.outcome(),
                            tokens,
                            Optional.ofNullable(outcomes.get(one.profile().name()))))
                    .orElse(one.outcome()));
        }
        all.addAll(found);
        return new Report(all, copies, further.or(this::interrupted));
    }

    private Optional<Failure> interrupted() {
        try {
            interrupts.check();
            return Optional.empty();
        } catch (FailureException e) {
            return Optional.of(e.failure());
        }
    }

    private static Outcomes reported(Outcomes removed, TokenSet tokens, Optional<Outcome> revocation) {
        Optional<String> why =
                revocation.isEmpty() ? Optional.of("it was not asked to (--local)") : why(revocation.get(), tokens);
        return new Outcomes(
                removed.profile(),
                true,
                removed.removed(),
                removed.notRevoked().or(() -> why),
                revocation.filter(Outcome.NotRevoked.class::isInstance).isPresent(),
                why.isPresent() ? tokens.expiresAt() : Optional.empty(),
                removed.failure());
    }

    private static Optional<String> why(Outcome outcome, TokenSet stored) {
        if (outcome instanceof Outcome.NotRevoked failed) {
            return Optional.of(failed.why());
        }
        if (outcome instanceof Outcome.AccessTokenKept) {
            return Optional.of(stored.authority() + " does not revoke access tokens");
        }
        return outcome instanceof Outcome.NotOffered
                ? Optional.of(stored.authority() + " offers no revocation"
                        + (stored.refresh().isPresent()
                                ? ", so the refresh token stays valid until that server ends it"
                                : ""))
                : Optional.empty();
    }
}
