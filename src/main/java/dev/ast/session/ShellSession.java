package dev.ast.session;

import dev.ast.domain.ProfileName;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an interactive shell holds: the profile that it works with. The shell takes the profile that counts when it
 * starts and keeps it until the user switches, so that a switch in another window never redirects a command typed in
 * this one. One-shot commands and scripts have an empty one, until a line of theirs switches.
 */
public final class ShellSession {
    private volatile @Nullable Held held;
    private volatile Optional<ProfileName> previous = Optional.empty();
    private volatile boolean script;

    private record Held(ProfileName name, boolean switchedTo) {}

    /** The profile that this shell works with; empty outside a shell. */
    public Optional<ProfileName> profile() {
        Held now = held;
        return now == null ? Optional.empty() : Optional.of(now.name());
    }

    /** Whether the user switched to the profile in this shell, which counts more than the environment around it. */
    public boolean switchedTo() {
        Held now = held;
        return now != null && now.switchedTo();
    }

    /** Works with a profile from the start on. */
    public void begin(ProfileName name) {
        held = new Held(name, false);
    }

    /** Works with the profile that the user switched to. */
    public void switchTo(ProfileName name) {
        held = new Held(name, true);
    }

    /** Works with the same profile as another shell's session. */
    public void follow(ShellSession other) {
        held = other.held;
    }

    /** From now on this is a script, whose switches end with it. */
    public void beginScript() {
        script = true;
    }

    /** Whether switches end with what runs here. */
    boolean isScript() {
        return script;
    }

    /** The profile before the last switch of a script. */
    Optional<ProfileName> previous() {
        return previous;
    }

    /** Switches a script to a profile. */
    void holdAfter(ProfileName before, ProfileName name) {
        previous = Optional.of(before);
        switchTo(name);
    }
}
