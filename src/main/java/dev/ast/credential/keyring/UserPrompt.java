package dev.ast.credential.keyring;

import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * How the user is asked to unlock a keyring.
 *
 * @param present whether the user may be asked: a terminal is there and {@code --no-input} is not
 * @param tell prints one line while a keyring waits for an answer
 */
public record UserPrompt(BooleanSupplier present, Consumer<String> tell) {
    /** Nobody is there. */
    public static final UserPrompt NOBODY = new UserPrompt(() -> false, line -> {});
}
