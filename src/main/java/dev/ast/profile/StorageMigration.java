package dev.ast.profile;

import dev.ast.credential.KeyringState;
import dev.ast.credential.KeyringTrouble;
import dev.ast.credential.StoreMove;
import dev.ast.credential.TokenRepository;
import dev.ast.credential.file.LockFiles;
import dev.ast.credential.keyring.KeyringTokenRepository;
import dev.ast.domain.Profile;
import dev.ast.domain.ProfileName;
import dev.ast.domain.StorageKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;

/** Moves tokens between the stores, and finds those that only the keyring still knows. */
public final class StorageMigration {
    private final Profiles profiles;
    private final StoredSessions sessions;
    private final Function<StorageKind, TokenRepository> stores;
    private final Supplier<KeyringState> keyring;

    /** Moves between the given stores. */
    public StorageMigration(
            Profiles profiles,
            StoredSessions sessions,
            Function<StorageKind, TokenRepository> stores,
            Supplier<KeyringState> keyring) {
        this.profiles = profiles;
        this.sessions = sessions;
        this.stores = stores;
        this.keyring = keyring;
    }

    /** The profiles whose tokens were moved, and the ones that were there already. */
    public record Moved(StorageKind to, List<ProfileName> moved, List<ProfileName> already) {}

    /**
     * Moves the tokens of one profile, or of all.
     *
     * @throws dev.ast.domain.FailureException (storage) when a store cannot be used; what was moved before stays moved
     */
    public Moved move(Optional<ProfileName> only, StorageKind to) {
        if (to == StorageKind.KEYRING) {
            KeyringState state = keyring.get();
            if (!state.ready()) {
                throw state.failure();
            }
        }
        List<ProfileName> moved = new ArrayList<>();
        List<ProfileName> already = new ArrayList<>();
        List<Profile> chosen = only.isPresent()
                ? List.of(profiles.require(only.get()))
                : profiles.list().all();
        StorageKind from = to == StorageKind.FILE ? StorageKind.KEYRING : StorageKind.FILE;
        for (Profile profile : chosen) {
            if (profile.storage().isEmpty()) {
                continue;
            }
            try (LockFiles.Held held = sessions.lock(profile.name())) {
                Optional<StorageKind> now = profiles.find(profile.name()).flatMap(Profile::storage);
                if (now.filter(to::equals).isPresent()) {
                    already.add(profile.name());
                    StoreMove.removeLeftover(profile.name(), stores.apply(to), stores.apply(from));
                } else if (now.isPresent()) {
                    StoreMove.move(
                            profile.name(),
                            stores.apply(from),
                            stores.apply(to),
                            kind -> profiles.change(profile.name(), stored -> stored.storedIn(kind)));
                    moved.add(profile.name());
                }
            }
        }
        return new Moved(to, List.copyOf(moved), List.copyOf(already));
    }

    /**
     * Profiles with an item in the keyring whose record does not say so; none when there is no keyring.
     *
     * @throws dev.ast.domain.FailureException (storage) when the keyring is there but does not answer
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
