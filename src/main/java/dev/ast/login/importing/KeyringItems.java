package dev.ast.login.importing;

import dev.ast.domain.Failure;
import dev.ast.domain.FailureException;
import java.util.Optional;

/** The items of the Go program. A keyring that cannot be read is asked once; the rest of an import goes on without it. */
final class KeyringItems {
    /** What the Go program calls itself there, as Astronomer's does. */
    private static final String SERVICE = "astro-cli";

    private final Import.ForeignItems items;
    private Optional<Failure> trouble = Optional.empty();

    KeyringItems(Import.ForeignItems items) {
        this.items = items;
    }

    /** The secret that the program keeps under a name. */
    Optional<String> text(String user) {
        if (trouble.isPresent()) {
            return Optional.empty();
        }
        try {
            return items.text(SERVICE, user);
        } catch (FailureException e) {
            if (!(e.failure() instanceof Failure.Storage)) {
                throw e;
            }
            trouble = Optional.of(e.failure());
            return Optional.empty();
        }
    }

    /** Why the keyring could not be read, if so. */
    Optional<Failure> trouble() {
        return trouble;
    }
}
