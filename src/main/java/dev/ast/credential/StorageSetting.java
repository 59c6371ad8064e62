package dev.ast.credential;

import dev.ast.domain.Failure;
import dev.ast.domain.SecretShape;
import dev.ast.domain.StorageKind;
import java.util.Optional;

/**
 * Where tokens are to be kept: {@code ast.storage}, {@code AST_STORAGE} or the option.
 *
 * @param store the store that is wanted; empty for {@link #AUTO}
 */
public record StorageSetting(Optional<StorageKind> store) {
    /** The system keyring where there is one, else the file. The default. */
    public static final StorageSetting AUTO = new StorageSetting(Optional.empty());
    /** The system keyring, or a failure. */
    public static final StorageSetting KEYRING = new StorageSetting(Optional.of(StorageKind.KEYRING));
    /** The file; no keyring is looked at. */
    public static final StorageSetting FILE = new StorageSetting(Optional.of(StorageKind.FILE));

    /** The words, for messages. */
    public static final String WORDS = "auto, keyring, file or helper:NAME";

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
        if (word.equals(AUTO.word())) {
            return AUTO;
        }
        return StorageKind.of(word)
                .map(kind -> new StorageSetting(Optional.of(kind)))
                .orElseThrow(() -> {
                    String hint = word.startsWith("helper:")
                            ? "name a program of PATH without docker-credential-, such as helper:pass; not ast itself"
                            : "use " + WORDS;
                    return Failure.usage(
                            "unknown storage " + SecretShape.quoted(word, 80) + (name.isEmpty() ? "" : " in " + name),
                            hint);
                });
    }

    /** Whether tokens of new sessions may go into the system keyring. */
    public boolean mayUseKeyring() {
        return store.orElse(StorageKind.KEYRING).equals(StorageKind.KEYRING);
    }

    /** As written in files and options. */
    public String word() {
        return store.map(StorageKind::word).orElse("auto");
    }

    @Override
    public String toString() {
        return word();
    }
}
