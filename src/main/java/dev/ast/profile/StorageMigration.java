package dev.ast.profile;

import dev.ast.credential.KeyringState;
import dev.ast.credential.KeyringTrouble;
import dev.ast.credential.StoreMove;
import dev.ast.credential.TokenRepository;
import dev.ast.credential.file.LockFiles;
import dev.ast.credential.keyring.KeyringTokenRepository;
import dev.ast.domain.Failure;
import dev.ast.domain.FailureException;
import dev.ast.domain.Profile;
import dev.ast.domain.ProfileName;
import dev.ast.domain.StorageKind;
import dev.ast.host.Interrupts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/** Moves tokens between the stores, and finds those that only the keyring still knows. */
public final class StorageMigration {
    private final Profiles profiles;
    private final StoredSessions sessions;
    private final Function<StorageKind, TokenRepository> stores;
    private final Function<StorageKind, KeyringState> prepare;
    private final Interrupts interrupts;

    /** Moves between the given stores. */
    public StorageMigration(
            Profiles profiles,
            StoredSessions sessions,
            Function<StorageKind, TokenRepository> stores,
            Function<StorageKind, KeyringState> prepare,
            Interrupts interrupts) {
        this.profiles = profiles;
        this.sessions = sessions;
        this.stores = stores;
        this.prepare = prepare;
        this.interrupts = interrupts;
    }

    /**
     * What a move did.
     *
     * @param moved the profiles whose tokens were moved
     * @param already the ones whose tokens were there already
     * @param failure why it stopped before the end, if so
     */
    public record Moved(
            StorageKind to, List<ProfileName> moved, List<ProfileName> already, Optional<Failure> failure) {}

    /**
     * Moves the tokens of one profile, or of all. It stops at the first that fails; what was moved before stays moved.
     *
     * @throws FailureException (storage) when the target cannot be used, (usage) when there is no such profile
     */
    public Moved move(Optional<ProfileName> only, StorageKind to) {
        KeyringState state = prepare.apply(to);
        if (!state.ready()) {
            throw state.failure();
        }
        List<ProfileName> moved = new ArrayList<>();
        List<ProfileName> already = new ArrayList<>();
        List<Profile> chosen = only.isPresent()
                ? List.of(profiles.require(only.get()))
                : profiles.list().all();
        Optional<Failure> failure = Optional.empty();
        for (Profile profile : chosen) {
            if (!profile.signedIn()) {
                continue;
            }
            interrupts.check();
            try (Interrupts.Registration section = interrupts.protect(
                            "moving the tokens of " + profile.name() + "; Ctrl-C again leaves a copy in both stores");
                    LockFiles.Held held = sessions.lock(profile.name())) {
                Optional<Profile> now = profiles.find(profile.name()).filter(Profile::signedIn);
                if (now.isPresent()) {
                    (move(now.get(), to) ? moved : already).add(profile.name());
                }
            } catch (FailureException e) {
                if (e.failure() instanceof Failure.Interrupted) {
                    throw e;
                }
                failure = Optional.of(e.failure());
                break;
            }
        }
        return new Moved(to, List.copyOf(moved), List.copyOf(already), failure);
    }

    private boolean move(Profile profile, StorageKind to) {
        ProfileName name = profile.name();
        StorageKind from = profile.storage().orElse(to);
        if (from.equals(to)) {
            removeLeftovers(name, to);
            return false;
        }
        StoreMove.Result result = StoreMove.move(
                name,
                stores.apply(from),
                stores.apply(to),
                kind -> profiles.change(name, stored -> stored.storedIn(kind)));
        if (result == StoreMove.Result.NOTHING_STORED) {
            throw StoredSessions.gone(name, from);
        }
        return true;
    }

    // Which helper an interrupted move came from is recorded nowhere: a move back to it and away again removes the
    // copy.
    private void removeLeftovers(ProfileName name, StorageKind current) {
        for (StorageKind other : List.of(StorageKind.FILE, StorageKind.KEYRING)) {
            boolean noKeyring = other.equals(StorageKind.KEYRING)
                    && prepare.apply(other).trouble().equals(Optional.of(KeyringTrouble.UNAVAILABLE));
            if (!other.equals(current) && !noKeyring) {
                StoreMove.removeLeftover(name, stores.apply(current), stores.apply(other));
            }
        }
    }

    /**
     * Profiles with an item in the keyring whose record does not name it; none when there is no keyring.
     *
     * @throws FailureException (storage) when the keyring is there but does not answer
     */
    public List<ProfileName> onlyInKeyring() {
        if (!(stores.apply(StorageKind.KEYRING) instanceof KeyringTokenRepository repository)) {
            return List.of();
        }
        if (repository.probe().trouble().equals(Optional.of(KeyringTrouble.UNAVAILABLE))) {
            return List.of();
        }
        Set<ProfileName> left = new TreeSet<>(repository.profiles());
        profiles.list().all().stream()
                .filter(profile -> profile.storage().equals(Optional.of(StorageKind.KEYRING)))
                .forEach(profile -> left.remove(profile.name()));
        return List.copyOf(left);
    }
}
