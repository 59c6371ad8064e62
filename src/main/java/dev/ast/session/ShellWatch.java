package dev.ast.session;

import dev.ast.domain.FailureException;
import dev.ast.domain.Identity;
import dev.ast.domain.Profile;
import dev.ast.domain.ProfileName;
import dev.ast.profile.Profiles;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Notices what other processes change of the profile that a shell works with. Only the file of profiles is looked at,
 * and read again only when it has changed.
 */
public final class ShellWatch {
    private final Profiles profiles;
    private final ShellSession shell;
    private @Nullable Seen last;

    /** Watches for the given shell. */
    public ShellWatch(Profiles profiles, ShellSession shell) {
        this.profiles = profiles;
        this.shell = shell;
    }

    private record Seen(Optional<ProfileName> held, Optional<Profile> profile, ProfileName active) {}

    /** Takes the present state for known: what this shell has done itself is no news. */
    public void settle() {
        last = seen();
    }

    /** What has changed since the last call of this or {@link #settle}, as sentences for the user. */
    public List<String> news() {
        Seen before = last;
        Seen now = seen();
        last = now;
        if (before == null || now == null || !before.held().equals(now.held())) {
            return List.of();
        }
        List<String> news = new ArrayList<>();
        now.held().ifPresent(name -> changes(name, before, now, news));
        boolean elsewhere = !before.active().equals(now.active())
                && now.held().filter(now.active()::equals).isEmpty();
        if (elsewhere) {
            news.add("another process switched to profile " + now.active() + "; this shell stays with "
                    + now.held().map(ProfileName::value).orElse("its own"));
        }
        return news;
    }

    private static void changes(ProfileName name, Seen before, Seen now, List<String> news) {
        boolean there = before.profile().isPresent();
        boolean stays = now.profile().isPresent();
        boolean was = before.profile().filter(Profile::signedIn).isPresent();
        boolean is = now.profile().filter(Profile::signedIn).isPresent();
        if (there && !stays) {
            news.add("another process removed profile " + name + "; choose one with: ast profile use");
        } else if (was && !is) {
            boolean ended = now.profile().flatMap(Profile::endedAt).isPresent();
            news.add(
                    ended
                            ? "the session of " + name + " has ended; sign in with: " + name.loginCommand()
                            : "another process signed out of " + name + "; sign in with: " + name.loginCommand());
        } else if (is && (!was || !who(before).equals(who(now)))) {
            news.add("another process signed in to " + name
                    + who(now).map(label -> " as " + label).orElse(""));
        }
    }

    private static Optional<String> who(Seen seen) {
        return seen.profile().flatMap(Profile::identity).flatMap(Identity::label);
    }

    private @Nullable Seen seen() {
        try {
            Optional<ProfileName> held = shell.profile();
            return new Seen(held, held.flatMap(profiles::find), profiles.active());
        } catch (FailureException e) {
            return null; // the next command reports what is wrong with the file
        }
    }
}
