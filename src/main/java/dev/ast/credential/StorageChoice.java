package dev.ast.credential;

import dev.ast.domain.Failure;
import dev.ast.domain.StorageKind;
import java.util.Optional;
import java.util.function.Function;

/**
 * Which store takes the tokens of a login. Reading never chooses: it follows what the profile recorded at its login.
 *
 * <table>
 * <caption>The choice</caption>
 * <tr><th>setting</th><th>keyring ready</th><th>unavailable</th><th>locked, refused, hung, failing</th></tr>
 * <tr><td>auto</td><td>keyring</td><td>file, with a notice</td><td>storage failure</td></tr>
 * <tr><td>keyring</td><td>keyring</td><td>storage failure</td><td>storage failure</td></tr>
 * <tr><td>file</td><td colspan="3">file; the keyring is not looked at</td></tr>
 * <tr><td>helper:NAME</td><td colspan="3">the helper, or storage failure; the keyring is not looked at</td></tr>
 * </table>
 */
public final class StorageChoice {
    private StorageChoice() {}

    /**
     * A store, and a notice for the user.
     *
     * @param notice one line to show once; empty when the store is the one that was to be expected
     */
    public record Chosen(StorageKind store, Optional<String> notice) {}

    /**
     * Chooses.
     *
     * @param prepare looks at the keyring or the helper; called at most once, and not at all for
     *     {@link StorageSetting#FILE}
     * @throws dev.ast.domain.FailureException (storage) when the keyring or the helper is wanted and cannot be used, and
     *     when a keyring is there but does not open: tokens never go to the file only because a keyring was locked
     */
    public static Chosen forLogin(StorageSetting setting, Function<StorageKind, KeyringState> prepare) {
        StorageKind wanted = setting.store().orElse(StorageKind.KEYRING);
        if (wanted.equals(StorageKind.FILE)) {
            return new Chosen(wanted, Optional.empty());
        }
        KeyringState state = prepare.apply(wanted);
        if (state.ready()) {
            return new Chosen(wanted, Optional.empty());
        }
        boolean missing = state.trouble().equals(Optional.of(KeyringTrouble.UNAVAILABLE));
        if (setting.store().isEmpty() && missing) {
            return new Chosen(
                    StorageKind.FILE,
                    Optional.of(state.message() + "; tokens are kept in a file readable by this user only"));
        }
        if (missing) {
            throw Failure.storage(state.message(), "start a keyring, or use storage auto or file");
        }
        throw state.failure();
    }
}
