package dev.ast.shell.grammar;

import dev.ast.command.OptionSpec;
import java.util.Optional;

/**
 * An option of a line.
 *
 * @param own whether it belongs to the command; otherwise it is a global one
 * @param value empty text for a flag; absent when the value is missing
 * @param word the index of the word that contains the value, or else the option
 */
public record GivenOption(OptionSpec option, boolean own, Optional<String> value, int word) {

    /** Whether the value is a secret itself, and not {@code -} or {@code @FILE}, which name where to read it. */
    public boolean isLiteralSecret() {
        return option.secret()
                && value.isPresent()
                && !value.get().equals("-")
                && !value.get().startsWith("@");
    }
}
