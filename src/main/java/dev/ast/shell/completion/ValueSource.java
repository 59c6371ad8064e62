package dev.ast.shell.completion;

import dev.ast.command.Values;
import dev.ast.domain.ProfileName;
import java.util.List;
import java.util.Optional;

/**
 * Provides the values that come from the user's own files: profiles, contexts, providers. It answers from memory or local
 * files within milliseconds, and never uses a server or a keyring.
 */
@FunctionalInterface
public interface ValueSource {

    /**
     * The values of a kind, at least those that match what was typed best, see {@link Match#best}.
     *
     * @param profile the profile that the line names, for its contexts
     * @return in any order; empty for a kind that it does not know
     */
    List<Proposal> values(Values.Kind kind, String typed, Optional<ProfileName> profile);
}
