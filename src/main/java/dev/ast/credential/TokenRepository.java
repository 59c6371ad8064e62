package dev.ast.credential;

import dev.ast.domain.ProfileName;
import dev.ast.domain.StorageKind;
import dev.ast.domain.TokenSet;
import java.util.Optional;

/**
 * One store of tokens, one record per profile. An absent record is an empty result; a store that cannot answer
 * (locked, hung, corrupt, not writable) fails with {@link dev.ast.domain.Failure.Storage}, so that it never looks like
 * being signed out.
 */
public interface TokenRepository {

    /** Which store this is. */
    StorageKind kind();

    /** The tokens of a profile. */
    Optional<TokenSet> load(ProfileName profile);

    /** Stores the tokens durably; when this returns they survive a crash of the machine. */
    void save(ProfileName profile, TokenSet tokens);

    /**
     * Gets ready for a {@link #save} that must follow a server's answer at once, where that can be done unseen: what the
     * save needs is loaded and proven before a refresh token that works only once is sent.
     *
     * @throws dev.ast.domain.FailureException (storage) when the save would fail
     */
    default void prepareToSave(ProfileName profile) {}

    /**
     * Stores tokens in place of those that are stored, durably. A sign-out that was quicker is not undone.
     *
     * @return whether there were any to replace
     */
    default boolean replace(ProfileName profile, TokenSet tokens) {
        if (load(profile).isEmpty()) {
            return false;
        }
        save(profile, tokens);
        return true;
    }

    /** Removes the tokens; nothing happens when there are none. */
    void delete(ProfileName profile);
}
