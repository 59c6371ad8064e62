package dev.ast.app;

import dev.ast.domain.FailureException;
import dev.ast.domain.Identity;
import dev.ast.domain.Profile;
import dev.ast.domain.ProfileName;
import dev.ast.domain.SelectedContext;
import dev.ast.domain.StorageKind;
import dev.ast.output.view.Times;
import dev.ast.profile.Profiles;
import dev.ast.profile.StoredSessions;
import dev.ast.session.SessionKeeper;
import dev.ast.session.ShellSession;
import dev.ast.shell.interactive.Standing;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Optional;

/** What prompt, bar and greeting show of the shell's session, from files only: no keyring and no server is asked. */
final class ShellStanding {
    private final Profiles profiles;
    private final StoredSessions sessions;
    private final InstantSource clock;
    private final Times times;

    ShellStanding(Profiles profiles, StoredSessions sessions, InstantSource clock) {
        this.profiles = profiles;
        this.sessions = sessions;
        this.clock = clock;
        this.times = new Times(clock, () -> ZoneOffset.UTC);
    }

    /**
     * The present state.
     *
     * @param kept how long the session lasts, as far as the background knows
     */
    Standing of(ShellSession shell, Optional<SessionKeeper.Life> kept) {
        try {
            ProfileName name = shell.profile().orElse(ProfileName.DEFAULT);
            Optional<Profile> found = profiles.find(name);
            if (found.isEmpty()) {
                return of(
                        Profile.fresh(name, ""),
                        name.equals(ProfileName.DEFAULT) ? Standing.State.SIGNED_OUT : Standing.State.MISSING,
                        Optional.empty());
            }
            Profile profile = found.get();
            Optional<SessionKeeper.Life> life =
                    kept.filter(known -> known.profile().equals(name)).or(() -> life(profile));
            boolean over = life.flatMap(SessionKeeper.Life::sessionEnd)
                    .filter(end -> !end.isAfter(clock.instant()))
                    .isPresent();
            Standing.State state = profile.endedAt().isPresent() || (profile.signedIn() && over)
                    ? Standing.State.ENDED
                    : profile.hasCredential() ? Standing.State.SIGNED_IN : Standing.State.SIGNED_OUT;
            return of(profile, state, state == Standing.State.SIGNED_IN ? life.flatMap(this::left) : Optional.empty());
        } catch (FailureException e) {
            return Standing.UNKNOWN;
        }
    }

    private static Standing of(Profile profile, Standing.State state, Optional<String> left) {
        return new Standing(
                profile.name().value(),
                profile.context().map(SelectedContext::name),
                profile.identity().flatMap(Identity::label),
                state,
                left,
                profile.storage().map(StorageKind::word),
                profile.isProtected());
    }

    // A keyring may ask the user for its password, and the prompt must not wait.
    private Optional<SessionKeeper.Life> life(Profile profile) {
        return profile.signedIn()
                        && profile.storage().filter(StorageKind.FILE::equals).isPresent()
                ? sessions.stored(profile).map(tokens -> SessionKeeper.Life.of(profile.name(), tokens))
                : Optional.empty();
    }

    private Optional<String> left(SessionKeeper.Life life) {
        Optional<Instant> end = life.sessionEnd();
        if (end.isPresent()) {
            return Optional.of(times.rest(end.get()) + " left");
        }
        return life.renewable()
                ? Optional.of("renewed automatically")
                : life.accessEnd().map(access -> times.rest(access) + " left");
    }
}
