package dev.ast.login;

import dev.ast.credential.KeyringState;
import dev.ast.credential.StorageChoice;
import dev.ast.credential.StorageSetting;
import dev.ast.domain.Failure;
import dev.ast.domain.ProfileName;
import dev.ast.domain.StorageKind;
import dev.ast.profile.StorageMigration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Decides which store a sign-in uses: option, {@code AST_STORAGE}, {@code config.yml}, else the keyring if there is
 * one.
 */
public final class LoginStorage {
    private final Supplier<StorageSetting> setting;
    private final Function<StorageKind, KeyringState> prepare;
    private final Consumer<String> tell;

    /**
     * Decides by the given sources.
     *
     * @param setting of the environment or the settings
     * @param prepare looks at the keyring, unlocking it where the user can be asked, or at a helper
     * @param tell prints that the tokens go to a file, and why
     */
    public LoginStorage(
            Supplier<StorageSetting> setting, Function<StorageKind, KeyringState> prepare, Consumer<String> tell) {
        this.setting = setting;
        this.prepare = prepare;
        this.tell = tell;
    }

    /**
     * The store for a sign-in, by the option if it is given. Tokens never go from the keyring to the file by
     * themselves.
     *
     * @param before where the tokens of the profile are now
     * @throws dev.ast.domain.FailureException (storage) when they are in a keyring that has gone
     */
    public StorageKind choose(Optional<StorageSetting> option, Optional<StorageKind> before) {
        StorageSetting wanted = option.orElseGet(setting);
        StorageChoice.Chosen chosen = StorageChoice.forLogin(wanted, prepare);
        boolean steppedDown = wanted.store().isEmpty()
                && chosen.store().equals(StorageKind.FILE)
                && before.filter(StorageKind.KEYRING::equals).isPresent();
        if (steppedDown) {
            throw Failure.storage(
                    "the tokens of this profile are in the system keyring, which is not there now",
                    "start the keyring, or keep them in a file from now on: ast login --storage file");
        }
        if (before.filter(StorageKind.FILE::equals).isEmpty()) {
            chosen.notice().ifPresent(tell); // once, not at each further sign-in
        }
        return chosen.store();
    }

    /** Profiles that only the keyring still knows; none where the keyring is not to be looked at or is not there. */
    public List<ProfileName> leftovers(StorageMigration storage) {
        return setting.get().mayUseKeyring() ? storage.onlyInKeyring() : List.of();
    }
}
