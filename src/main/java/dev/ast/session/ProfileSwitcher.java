package dev.ast.session;

import dev.ast.domain.Failure;
import dev.ast.domain.Profile;
import dev.ast.domain.ProfileName;
import dev.ast.profile.Profiles;
import java.util.Optional;

/** Switches the active profile, here and for what is started later. */
public final class ProfileSwitcher {
    /** The word that stands for the profile before. */
    public static final String PREVIOUS = "-";

    private final Profiles profiles;
    private final ShellSession shell;

    /** Switches in the given list and shell. */
    public ProfileSwitcher(Profiles profiles, ShellSession shell) {
        this.profiles = profiles;
        this.shell = shell;
    }

    /**
     * Makes a profile the active one.
     *
     * @param word a profile's name, or {@value #PREVIOUS}
     * @return the profile that is active now
     * @throws dev.ast.domain.FailureException (usage) when there is no such profile, or no previous one
     */
    public Profile use(String word) {
        ProfileName name = word.equals(PREVIOUS)
                ? profiles.list()
                        .previous()
                        .filter(previous -> previous.equals(ProfileName.DEFAULT)
                                || profiles.find(previous).isPresent())
                        .orElseThrow(() -> Failure.usage("there is no previous profile", "ast profile list"))
                : new ProfileName(word);
        profiles.activate(name);
        Optional<Profile> now = profiles.find(name);
        shell.switchTo(name);
        return now.orElseGet(() -> Profile.fresh(name, ""));
    }
}
