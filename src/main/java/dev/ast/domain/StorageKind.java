package dev.ast.domain;

import java.util.Locale;

/** Which store holds a profile's tokens. */
public enum StorageKind {
    KEYRING,
    FILE;

    /** As written in files, options and JSON. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
