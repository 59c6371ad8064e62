package dev.ast.credential.keyring;

import dev.ast.credential.KeyringState;
import java.util.List;
import java.util.Optional;

/**
 * The keyring of an operating system, as far as {@code ast} uses it: texts under account names, for the service
 * {@code ast}. Nothing is opened before the first call. "Not stored" is an empty result or a silent return; everything
 * else that is not success is a {@link KeyringException}, so that a failure never looks like being signed out. A call
 * ends within 5 seconds, the time aside in which the user is asked.
 */
public interface Keyring extends AutoCloseable {
    /** The service that all items of this program carry. */
    String SERVICE = "ast";

    /** The largest text that is stored, in bytes of UTF-8. */
    int LARGEST = 512 * 1024;

    /** Looks whether the keyring can be used; reads only and asks nobody. */
    KeyringState probe();

    /** Asks the user to unlock the keyring if it is locked and the user may be asked. */
    void unlock() throws KeyringException;

    /** The text of an account. */
    Optional<String> get(String account) throws KeyringException;

    /**
     * Stores a text in place of what the account had.
     *
     * @param label what keyring programs show
     */
    void set(String account, String label, String text) throws KeyringException;

    /** Removes the text of an account, if there is one. */
    void delete(String account) throws KeyringException;

    /** The accounts that have a text, of every home. */
    List<String> accounts() throws KeyringException;

    /**
     * The text of another program's item, which is only read: one that the Go library {@code zalando/go-keyring} made.
     *
     * @param service what that program calls itself
     * @param user the name under which the item stands
     */
    Optional<String> foreign(String service, String user) throws KeyringException;

    /** Ends connections, if any were opened. The keyring can be used again afterwards. */
    @Override
    void close();
}
