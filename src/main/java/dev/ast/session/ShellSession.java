package dev.ast.session;

import dev.ast.domain.ProfileName;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * What an interactive shell holds: the profile that it works with. The shell takes the active profile when it starts
 * and keeps it until the user switches, so that a switch in another window never redirects a command typed in this one.
 * One-shot commands and scripts have an empty one, until a line of theirs switches.
 */
public final class ShellSession {
    private final AtomicReference<Optional<ProfileName>> profile = new AtomicReference<>(Optional.empty());

    /** The profile that this shell works with; empty outside a shell. */
    public Optional<ProfileName> profile() {
        return profile.get();
    }

    /** From now on this shell works with the profile. */
    public void hold(ProfileName name) {
        profile.set(Optional.of(name));
    }
}
