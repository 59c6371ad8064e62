package dev.ast.credential;

import dev.ast.domain.Failure;
import dev.ast.domain.FailureException;
import dev.ast.domain.ProfileName;
import dev.ast.domain.StorageKind;
import dev.ast.domain.TokenSet;
import dev.ast.json.JsonObject;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Moves the tokens of a profile from one store to another. The order keeps them in at least one place whatever
 * happens in between: write the copy, read it back, record the new store, only then remove the original. Who was
 * interrupted calls again. To be called under the profile's lock.
 */
public final class StoreMove {
    private StoreMove() {}

    /** How a move ended. */
    public enum Result {
        /** The tokens are in the target, and only there. */
        MOVED,
        /** Neither store has tokens of the profile. */
        NOTHING_STORED
    }

    /**
     * Moves.
     *
     * @param source the store that the profile's record names
     * @param record makes the new store durable, or throws
     * @throws FailureException (storage) when a step fails; the message names the store that holds the tokens
     */
    public static Result move(
            ProfileName profile, TokenRepository source, TokenRepository target, Consumer<StorageKind> record) {
        Optional<TokenSet> tokens = source.load(profile);
        if (tokens.isEmpty()) {
            return Result.NOTHING_STORED;
        }
        target.save(profile, tokens.get());
        if (!target.load(profile).map(copy -> same(copy, tokens.get())).orElse(false)) {
            throw Failure.storage(
                    "the copy of the tokens of " + profile + " in the " + name(target)
                            + " differs from the original, which stays in the " + name(source),
                    "ast auth migrate --to " + target.kind().word());
        }
        record.accept(target.kind());
        removeOld(profile, source, target);
        return Result.MOVED;
    }

    /**
     * Ends a move that was interrupted after the new store was recorded: removes what the other store still has.
     *
     * @param current the store that the profile's record names
     * @return whether something was removed; nothing is while the current store has no tokens
     */
    public static boolean removeLeftover(ProfileName profile, TokenRepository current, TokenRepository other) {
        if (current.load(profile).isEmpty() || other.load(profile).isEmpty()) {
            return false;
        }
        removeOld(profile, other, current);
        return true;
    }

    private static void removeOld(ProfileName profile, TokenRepository old, TokenRepository now) {
        try {
            old.delete(profile);
        } catch (FailureException e) {
            throw Failure.storage(
                    "the tokens of " + profile + " are in the " + name(now) + " now, but the old copy in the "
                            + name(old) + " could not be removed: " + e.getMessage(),
                    "ast auth migrate --to " + now.kind().word());
        }
    }

    private static boolean same(TokenSet one, TokenSet other) {
        return written(one).equals(written(other));
    }

    private static Map<String, ?> written(TokenSet tokens) {
        JsonObject json = new JsonObject();
        TokenJson.write(tokens, json);
        return json.members();
    }

    private static String name(TokenRepository store) {
        return store.kind().label();
    }
}
