package dev.ast.login;

import dev.ast.domain.Failure;
import dev.ast.domain.FailureException;
import dev.ast.domain.Profile;
import dev.ast.domain.ProfileName;
import dev.ast.profile.Profiles;
import dev.ast.profile.StoredSessions;
import dev.ast.session.Credentials;
import dev.ast.session.Selection;
import dev.ast.session.Target;
import dev.ast.session.Targets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** The session that makes a sign-in needless: a good one for {@code login --if-needed}, or one of another process. */
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
            Selection selection = Selection.of(draft.name());
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

    /** The session of a profile that was signed in since then, as by another process. */
    Optional<SignedIn> storedSince(StoredSessions sessions, Instant since, ProfileName name) {
        Optional<Profile> profile = profiles.find(name).filter(Profile::signedIn);
        if (profile.isEmpty()) {
            return Optional.empty();
        }
        Target target = targets.resolve(Selection.of(name));
        // What is stored has whole seconds.
        Instant earliest = since.truncatedTo(ChronoUnit.SECONDS);
        return sessions.tokens(profile.get())
                .filter(tokens -> !tokens.issuedAt().isBefore(earliest))
                .map(tokens ->
                        new SignedIn(profile.get(), target.home(), profile.get().storage(), false, false));
    }
}
