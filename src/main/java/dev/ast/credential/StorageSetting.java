package dev.ast.credential;

import dev.ast.domain.Failure;
import dev.ast.domain.SecretShape;
import dev.ast.domain.StorageKind;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where tokens are to be kept: {@code ast.storage}, {@code AST_STORAGE} or the option. */
public final class StorageSetting {
    /** The system keyring where there is one, else the file. The default. */
    public static final StorageSetting AUTO = new StorageSetting(Optional.empty());
    /** The system keyring, or a failure. */
    public static final StorageSetting KEYRING = new StorageSetting(Optional.of(StorageKind.KEYRING));
    /** The file; no keyring is looked at. */
    public static final StorageSetting FILE = new StorageSetting(Optional.of(StorageKind.FILE));

    /** The words, for messages. */
    public static final String WORDS = "auto, keyring, file or helper:NAME";

    private final Optional<StorageKind> store;

    private StorageSetting(Optional<StorageKind> store) {
        this.store = store;
    }

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

    /** The store that is wanted; empty for {@link #AUTO}. */
    public Optional<StorageKind> store() {
        return store;
    }

    /** As written in files and options. */
    public String word() {
        return store.map(StorageKind::word).orElse("auto");
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof StorageSetting setting && store.equals(setting.store);
    }

    @Override
    public int hashCode() {
        return store.hashCode();
    }

    @Override
    public String toString() {
        return word();
    }
}
