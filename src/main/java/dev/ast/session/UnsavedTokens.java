package dev.ast.session;

import dev.ast.domain.Failure;
import dev.ast.domain.FailureException;
import dev.ast.domain.ProfileName;
import dev.ast.domain.Renewed;
import dev.ast.domain.TokenSet;
import dev.ast.profile.StoredSessions;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** The stored tokens of profiles, and the renewed ones that could not be stored yet: each use tries again. */
final class UnsavedTokens {
    private final StoredSessions sessions;
    private final Consumer<Failure> afterwards;
    private final Map<ProfileName, TokenSet> unsaved = new ConcurrentHashMap<>();

    UnsavedTokens(StoredSessions sessions, Consumer<Failure> afterwards) {
        this.sessions = sessions;
        this.afterwards = afterwards;
    }

    /** The tokens of a target; empty when nobody is signed in. */
    Optional<TokenSet> of(Target target) {
        ProfileName name = target.profile().name();
        TokenSet kept = unsaved.get(name);
        if (kept == null) {
            return sessions.tokens(target.profile());
        }
        try {
            boolean stored = sessions.renew(name, kept);
            unsaved.remove(name);
            if (!stored) {
                return Optional.empty(); // signed out meanwhile
            }
        } catch (FailureException e) {
            afterwards.accept(e.failure());
        }
        return Optional.of(kept);
    }

    /** The tokens of a renewal, kept if they could not be stored, which is then said. */
    TokenSet keep(ProfileName name, Renewed renewed) {
        renewed.unsaved().ifPresent(failure -> {
            unsaved.put(name, renewed.tokens());
            afterwards.accept(failure);
        });
        return renewed.tokens();
    }
}
