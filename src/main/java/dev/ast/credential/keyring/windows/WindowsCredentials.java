package dev.ast.credential.keyring.windows;

import java.util.List;
import java.util.Optional;

/** Generic credentials of the signed-in user: {@code CredReadW} and its siblings of {@code wincred.h}. */
public interface WindowsCredentials {
    /** The most bytes that one credential holds, {@code CRED_MAX_CREDENTIAL_BLOB_SIZE}. */
    int LARGEST = 5 * 512;

    /** The bytes of a credential, empty when there is none of that name. */
    Optional<byte[]> read(String target) throws WindowsError;

    /**
     * Makes or replaces a credential.
     *
     * @param user shown by the Credential Manager
     */
    void write(String target, String user, byte[] blob) throws WindowsError;

    /** Removes a credential, if there is one. */
    void delete(String target) throws WindowsError;

    /** The names of all credentials that begin so. */
    List<String> targets(String prefix) throws WindowsError;
}
