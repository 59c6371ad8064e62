package dev.ast.login;

import dev.ast.domain.Failure;
import dev.ast.domain.FailureException;
import dev.ast.domain.Profile;
import dev.ast.profile.Profiles;
import dev.ast.session.Credentials;
import dev.ast.session.Selection;
import dev.ast.session.Targets;
import java.time.Duration;
import java.util.Optional;

/** The session that is good already, for {@code login --if-needed}; it is renewed where that makes it good. */
record GoodSession(Profiles profiles, Credentials credentials, Targets targets) {

    /** The session of a profile, if a good one is enough, and the request changes nothing about it. */
    Optional<SignedIn> of(LoginRequest request, Profile draft) {
        if (!request.ifNeeded()) {
            return Optional.empty();
        }
        Optional<Profile> stored = profiles.find(draft.name());
        if (stored.isEmpty()
                || !stored.get().equals(draft.inContext(stored.get().context()))) {
            return Optional.empty();
        }
        try {
            Selection selection =
                    new Selection(Optional.of(draft.name()), Optional.empty(), Optional.empty(), Optional.empty());
            credentials.fresh(targets.resolve(selection), Optional.empty(), Duration.ZERO);
            return stored.map(profile ->
                    new SignedIn(profile, targets.resolve(selection).home(), profile.storage(), true, false));
        } catch (FailureException e) {
            if (e.failure() instanceof Failure.NotSignedIn
                    || e.failure() instanceof Failure.SessionEnded
                    || e.failure() instanceof Failure.OtherOrigin) {
                return Optional.empty();
            }
            throw e;
        }
    }
}
