package dev.ast.credential.keyring.macos;

import java.util.List;

/**
 * Generic passwords of the login keychain: {@code SecItemAdd} and its siblings of Security.framework. Each call gives the
 * {@code OSStatus} of {@code SecBase.h}; 0 is success.
 */
public interface MacSecurity {
    /** A status, and the bytes that were asked for (none unless it is 0). */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Password(int status, byte[] bytes) {}

    /** A status, and the accounts that were found. */
    record Accounts(int status, List<String> names) {}

    /** Whether calls may show a dialog. */
    int allowInteraction(boolean allowed);

    /** Looks at the default keychain; {@code errSecInteractionNotAllowed} when it is locked. */
    int defaultKeychain();

    /** Reads a password. */
    Password find(String service, String account);

    /** Makes a password; {@code errSecDuplicateItem} when there is one. */
    int add(String service, String account, String label, byte[] password);

    /** Changes a password; {@code errSecItemNotFound} when there is none. */
    int update(String service, String account, byte[] password);

    /** Removes a password; {@code errSecItemNotFound} when there is none. */
    int delete(String service, String account);

    /** The accounts of a service; {@code errSecItemNotFound} when there are none. */
    Accounts accounts(String service);
}
