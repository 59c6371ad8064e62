package dev.ast.domain;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which store holds a profile's tokens: the system keyring, the file, or the store behind a credential helper. */
public final class StorageKind {
    /** The system keyring. */
    public static final StorageKind KEYRING = new StorageKind("keyring", "system keyring");
    /** The file in the home of {@code ast}. */
    public static final StorageKind FILE = new StorageKind("file", "credentials file");

    private static final String HELPER = "helper:";
    private static final String PROGRAM = "docker-credential-";
    private static final int LONGEST = 64;

    private final String word;
    private final String label;

    private StorageKind(String word, String label) {
        this.word = word;
        this.label = label;
    }

    /**
     * Reads a word: {@code keyring}, {@code file} or {@code helper:NAME}. The name has 1 to 64 letters, digits, dots,
     * underscores and hyphens and starts with a letter or digit, so that no path is in it.
     *
     * @return empty for another word, and for {@code helper:ast}, which would ask this program
     */
    public static Optional<StorageKind> of(String word) {
        if (word.equals(KEYRING.word)) {
            return Optional.of(KEYRING);
        }
        if (word.equals(FILE.word)) {
            return Optional.of(FILE);
        }
        String name = word.startsWith(HELPER) ? word.substring(HELPER.length()) : "";
        return valid(name) ? Optional.of(new StorageKind(word, PROGRAM + name)) : Optional.empty();
    }

    private static boolean valid(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean letterOrDigit = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
            if (!letterOrDigit && (i == 0 || "._-".indexOf(c) < 0)) {
                return false;
            }
        }
        return !name.isEmpty() && name.length() <= LONGEST && !name.equals("ast") && !name.equals("ast.exe");
    }

    /** As written in files, options and JSON. */
    public String word() {
        return word;
    }

    /** What it is called in messages; of a helper the name of its program. */
    public String label() {
        return label;
    }

    /** Whether it is the store behind a credential helper, whose program is the {@link #label()}. */
    public boolean isHelper() {
        return word.startsWith(HELPER);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof StorageKind kind && word.equals(kind.word);
    }

    @Override
    public int hashCode() {
        return word.hashCode();
    }

    @Override
    public String toString() {
        return word;
    }
}
