package dev.ast.credential;

import dev.ast.domain.Failure;
import dev.ast.domain.SecretShape;
import java.util.Locale;

/** Where tokens are to be kept: {@code ast.storage}, {@code AST_STORAGE} or the option. */
public enum StorageSetting {
    /** The system keyring where there is one, else the file. The default. */
    AUTO,
    /** The system keyring, or a failure. */
    KEYRING,
    /** The file; no keyring is looked at. */
    FILE;

    /** Reads a setting. @throws dev.ast.domain.FailureException (usage) for another word */
    public static StorageSetting parse(String word) {
        return parse("", word);
    }

    /**
     * The same for a setting with a name.
     *
     * @throws dev.ast.domain.FailureException (usage) for another word, with the name
     */
    public static StorageSetting parse(String name, String word) {
        for (StorageSetting setting : values()) {
            if (setting.word().equals(word)) {
                return setting;
            }
        }
        throw Failure.usage(
                "unknown storage " + SecretShape.quoted(word, 80) + (name.isEmpty() ? "" : " in " + name),
                "use auto, keyring or file");
    }

    /** As written in files and options. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
