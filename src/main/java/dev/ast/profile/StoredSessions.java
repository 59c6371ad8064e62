package dev.ast.profile;

import dev.ast.credential.TokenRepository;
import dev.ast.credential.file.LockFiles;
import dev.ast.domain.Failure;
import dev.ast.domain.FailureException;
import dev.ast.domain.Profile;
import dev.ast.domain.ProfileName;
import dev.ast.domain.StorageKind;
import dev.ast.domain.TokenSet;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;

/**
 * The session of each profile: its tokens in the store that the profile's record names. Changes are made by the caller
 * that holds the profile's lock; the record never names a store before the tokens are safely in it.
 */
public final class StoredSessions {
    // Together a second and a half, which is longer than it takes to store an answer.
    private static final int LOOKS = 15;

    private final Profiles profiles;
    private final Function<StorageKind, TokenRepository> stores;
    private final LockFiles locks;
    private final InstantSource clock;
    private final EventLog log;

    /**
     * Sessions over the given stores.
     *
     * @param stores gives the repository of a kind; asked only when it is needed
     * @param log is told what changes
     */
    public StoredSessions(
            Profiles profiles,
            Function<StorageKind, TokenRepository> stores,
            LockFiles locks,
            InstantSource clock,
            EventLog log) {
        this.profiles = profiles;
        this.stores = stores;
        this.locks = locks;
        this.clock = clock;
        this.log = log;
    }

    /** Locks a profile's session against every other thread and process. */
    public LockFiles.Held lock(ProfileName name) {
        return locks.profile(name);
    }

    /**
     * The same for callers that cannot wait long; empty when another process holds the lock, as for a renewal under
     * way.
     */
    public Optional<LockFiles.Held> lockSoon(ProfileName name) {
        return locks.profileSoon(name);
    }

    /**
     * The tokens of a profile, from the store of its record.
     *
     * @return empty when nobody is signed in
     * @throws dev.ast.domain.FailureException (session_ended) when the server has refused to renew it, or (storage)
     *     when the store that holds the tokens cannot answer or has lost them
     */
    public Optional<TokenSet> tokens(Profile profile) {
        Optional<TokenSet> tokens = stored(profile);
        return tokens.isPresent() || profile.storage().isEmpty() ? tokens : settled(profile.name());
    }

    /**
     * The tokens once nobody is changing the session: a sign-out removes them before the record that names their store,
     * and a reader between the two must not report them as lost.
     */
    private Optional<TokenSet> settled(ProfileName name) {
        try (LockFiles.Held held = lock(name)) {
            Optional<Profile> profile = profiles.find(name);
            Optional<TokenSet> tokens = profile.flatMap(this::stored);
            profile.flatMap(Profile::storage).filter(kind -> tokens.isEmpty()).ifPresent(kind -> {
                throw gone(name, kind);
            });
            return tokens;
        }
    }

    /**
     * The tokens that are stored at this moment, whatever another process is doing to them.
     *
     * @throws dev.ast.domain.FailureException as {@link #tokens(Profile)}
     */
    public Optional<TokenSet> stored(Profile profile) {
        if (profile.storage().isPresent() && profile.endedAt().isPresent()) {
            throw new Failure.SessionEnded(profile.name(), "the server refused to renew it").asException();
        }
        Optional<StorageKind> kind = profile.storage();
        return kind.isEmpty() ? Optional.empty() : stores.apply(kind.get()).load(profile.name());
    }

    /** The failure for tokens that are not in the store of the profile's record. */
    static FailureException gone(ProfileName name, StorageKind kind) {
        return Failure.storage("the tokens of " + name + " are gone from the " + kind.label(), name.loginCommand());
    }

    /** The same by name, reading the record again. */
    public Optional<TokenSet> tokens(ProfileName name) {
        return profiles.find(name).flatMap(this::tokens);
    }

    /**
     * Stores a fresh sign-in: in the file tokens and record at once, elsewhere the tokens before the record that
     * names it. Tokens of an earlier sign-in in another store are removed afterwards.
     *
     * @return why those could not be removed, if so; the new ones are stored then, too
     */
    public Optional<Failure> signIn(Profile profile, TokenSet tokens, StorageKind kind) {
        Optional<StorageKind> before = profiles.find(profile.name()).flatMap(Profile::storage);
        if (kind.equals(StorageKind.FILE)) {
            profiles.save(profile.storedIn(kind), tokens);
        } else {
            profiles.requireNoTwin(profile.name());
            stores.apply(kind).save(profile.name(), tokens);
            profiles.save(profile.storedIn(kind));
        }
        try {
            before.filter(old -> !old.equals(kind))
                    .ifPresent(old -> stores.apply(old).delete(profile.name()));
            clearFile(profile.name(), kind);
            return Optional.empty();
        } catch (FailureException e) {
            return Optional.of(e.failure());
        }
    }

    // A move to the keyring that was killed may have left a copy, which nobody would look for there.
    private void clearFile(ProfileName name, StorageKind current) {
        if (!current.equals(StorageKind.FILE)) {
            stores.apply(StorageKind.FILE).delete(name);
        }
    }

    /**
     * Stores renewed tokens where the old ones are.
     *
     * @return whether they are stored; not when the profile was signed out meanwhile, which does not wait for a renewal
     */
    public boolean renew(ProfileName name, TokenSet tokens) {
        boolean stored = replace(name, tokens);
        if (stored) {
            profiles.find(name).ifPresent(profile -> log.add(SessionEvent.Kind.RENEWAL, profile));
        }
        return stored;
    }

    /** The same for tokens that no server has renewed, such as those that are to be renewed at their next use. */
    public boolean replace(ProfileName name, TokenSet tokens) {
        Optional<StorageKind> kind = profiles.find(name).flatMap(Profile::storage);
        if (kind.isEmpty() || !stores.apply(kind.get()).replace(name, tokens)) {
            return false;
        }
        if (profiles.find(name).flatMap(Profile::storage).isPresent()) {
            return true;
        }
        stores.apply(kind.get()).delete(name);
        return false;
    }

    /**
     * Gets ready for {@link #renew}, so that as little time as possible lies between the server's answer and the
     * durable write: a process that is killed there loses the session of a server that rotates refresh tokens.
     */
    public void prepareToRenew(ProfileName name) {
        profiles.find(name)
                .flatMap(Profile::storage)
                .ifPresent(kind -> stores.apply(kind).prepareToSave(name));
    }

    /**
     * Ends a session whose refresh token the server refused, if that token is still the stored one: the loser of a race
     * must not remove the winner's tokens. Two processes can race although there are locks if their files were deleted;
     * so a winner that has its answer but has not written it yet is waited for.
     *
     * @return whether the session was ended
     */
    public boolean end(ProfileName name, TokenSet refused) {
        for (int looks = 1; isStored(name, refused); looks++) {
            if (looks == LOOKS) {
                Optional<StorageKind> kind = profiles.find(name).flatMap(Profile::storage);
                Profile ended = profiles.find(name).orElseGet(() -> Profile.fresh(name, ""));
                profiles.change(name, current -> current.ended(clock.instant()));
                kind.ifPresent(where -> stores.apply(where).delete(name));
                log.add(SessionEvent.Kind.SESSION_ENDED, ended);
                return true;
            }
            locks.pause();
        }
        return false;
    }

    private boolean isStored(ProfileName name, TokenSet tokens) {
        return profiles.find(name)
                .filter(Profile::signedIn)
                .flatMap(this::tokens)
                .flatMap(TokenSet::refresh)
                .flatMap(now -> tokens.refresh().map(now::same))
                .orElse(false);
    }

    /**
     * Removes the tokens and the identity; the settings of the profile stay. It is not undone by a renewal under way:
     * what that has put into another store before it could see that the record is gone is removed here.
     *
     * @return what was taken out of the file
     */
    public Profiles.Taken signOut(ProfileName name) {
        Optional<Profile> before = profiles.find(name);
        Optional<StorageKind> elsewhere =
                before.flatMap(Profile::storage).filter(kind -> !kind.equals(StorageKind.FILE));
        elsewhere.ifPresent(kind -> stores.apply(kind).delete(name));
        Profiles.Taken taken = profiles.signOut(name);
        elsewhere.ifPresent(kind -> stores.apply(kind).delete(name));
        before.filter(profile -> taken.held()).ifPresent(profile -> log.add(SessionEvent.Kind.SIGN_OUT, profile));
        return taken;
    }

    /** What is told of changes. A sign-in is added by who knows the identity. */
    public EventLog log() {
        return log;
    }

    /** Removes tokens that no record names. */
    public void forget(ProfileName name, StorageKind kind) {
        stores.apply(kind).delete(name);
    }
}
