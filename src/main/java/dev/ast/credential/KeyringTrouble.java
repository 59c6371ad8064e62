package dev.ast.credential;

/** The ways in which a system keyring fails. "Nothing stored" is not one of them. */
public enum KeyringTrouble {
    /** There is no keyring here: no session bus, no service on it, no collection to put things into. */
    UNAVAILABLE(
            "no system keyring is available", "start the keyring, or keep tokens in a file: ast login --storage file"),
    /** There is one, it is locked, and nobody may be asked to unlock it. */
    LOCKED("the system keyring is locked", "unlock the keyring, then run the command again"),
    /** Unlocking or access was refused, by the user or because no dialog could be shown. */
    DENIED("the system keyring refused access", "unlock the keyring or allow the access, then run the command again"),
    /** It did not answer in time. */
    TIMED_OUT("the system keyring does not answer", "restart the keyring or log in to the desktop again, then retry"),
    /** What is stored is not what was written. */
    CORRUPT("what is stored in the system keyring cannot be read", "sign in again: ast login"),
    /** The tokens are larger than the keyring takes. */
    TOO_BIG("the tokens are too large for the system keyring", "keep tokens in a file: ast login --storage file"),
    /** Any other failure. */
    FAILED("the system keyring failed", "restart the keyring, or keep tokens in a file: ast login --storage file");

    private final String message;
    private final String hint;

    KeyringTrouble(String message, String hint) {
        this.message = message;
        this.hint = hint;
    }

    /** The message for the user, before the reason. */
    public String message() {
        return message;
    }

    /** What the user can do. */
    public String hint() {
        return hint;
    }
}
