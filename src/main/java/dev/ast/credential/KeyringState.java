package dev.ast.credential;

import dev.ast.domain.Failure;
import dev.ast.domain.FailureException;
import java.util.Optional;

/**
 * The state of the system keyring, found out without writing to it.
 *
 * @param trouble empty when it can be used
 * @param reason details for the user, such as the address that nobody listens on; may be empty
 */
public record KeyringState(Optional<KeyringTrouble> trouble, String reason) {

    /** It is there and unlocked. */
    public static final KeyringState READY = new KeyringState(Optional.empty(), "");

    /** It cannot be used now. */
    public static KeyringState of(KeyringTrouble trouble, String reason) {
        return new KeyringState(Optional.of(trouble), reason);
    }

    /** Whether it can be used. */
    public boolean ready() {
        return trouble.isEmpty();
    }

    /** One line for the user, for example {@code the system keyring is locked}. */
    public String message() {
        String message = trouble.map(KeyringTrouble::message).orElse("the system keyring is ready");
        return reason.isEmpty() ? message : message + ": " + reason;
    }

    /** The trouble as a storage failure (exit code 7). @throws IllegalStateException when there is no trouble */
    public FailureException failure() {
        return Failure.storage(
                message(), trouble.orElseThrow(IllegalStateException::new).hint());
    }
}
