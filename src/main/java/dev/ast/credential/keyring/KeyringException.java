package dev.ast.credential.keyring;

import dev.ast.credential.KeyringState;
import dev.ast.credential.KeyringTrouble;

/** A keyring that did not do what it was asked for; the reason never holds what is stored. */
public final class KeyringException extends Exception {
    private static final long serialVersionUID = 1L;

    private final KeyringTrouble trouble;

    /** @param reason details for the user, may be empty */
    public KeyringException(KeyringTrouble trouble, String reason) {
        super(reason);
        this.trouble = trouble;
    }

    /** What went wrong. */
    public KeyringTrouble trouble() {
        return trouble;
    }

    /** The same as a state of the keyring. */
    public KeyringState state() {
        String reason = getMessage();
        return KeyringState.of(trouble, reason == null ? "" : reason);
    }
}
