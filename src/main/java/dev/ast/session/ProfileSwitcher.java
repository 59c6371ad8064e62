package dev.ast.session;

import dev.ast.domain.Failure;
import dev.ast.domain.Profile;
import dev.ast.domain.ProfileName;
import dev.ast.host.Environment;
import dev.ast.profile.EventLog;
import dev.ast.profile.Profiles;
import dev.ast.profile.SessionEvent;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** Switches the active profile, here and for what is started later. */
public final class ProfileSwitcher {
    /** The word that stands for the profile before. */
    public static final String PREVIOUS = "-";

    private final Profiles profiles;
    private final ShellSession shell;
    private final Environment environment;
    private final EventLog log;
    private final AtomicBoolean told = new AtomicBoolean();

    /**
     * Switches in the given list and shell.
     *
     * @param log is told of each switch that outlives a script
     */
    public ProfileSwitcher(Profiles profiles, ShellSession shell, Environment environment, EventLog log) {
        this.profiles = profiles;
        this.shell = shell;
        this.environment = environment;
        this.log = log;
    }

    /** What became of the variable that names another profile, to be said after the first switch. */
    public Optional<String> overruled() {
        return environment
                .get(Targets.VARIABLE)
                .filter(value -> shell.profile()
                        .filter(now -> !now.value().equals(value))
                        .isPresent())
                .filter(value -> told.compareAndSet(false, true))
                .map(value -> Targets.VARIABLE + "=" + value + " is set, and still decides in every other ast");
    }

    /**
     * Makes a profile the active one; in a script only for this script, unless it is saved.
     *
     * @param word a profile's name, or {@value #PREVIOUS}
     * @param save whether later commands use it too
     * @return the profile that is active now
     * @throws dev.ast.domain.FailureException (usage) when there is no such profile, or no previous one
     */
    public Profile use(String word, boolean save) {
        if (shell.isScript() && !save) {
            return inScript(word);
        }
        ProfileName name = word.equals(PREVIOUS)
                ? profiles.list()
                        .previous()
                        .filter(previous -> previous.equals(ProfileName.DEFAULT)
                                || profiles.find(previous).isPresent())
                        .orElseThrow(() -> Failure.usage("there is no previous profile", "ast profile list"))
                : new ProfileName(word);
        profiles.activate(name);
        Profile now = profiles.find(name).orElseGet(() -> Profile.fresh(name, ""));
        shell.switchTo(name);
        log.add(SessionEvent.Kind.PROFILE_USE, now);
        return now;
    }

    private Profile inScript(String word) {
        ProfileName before = shell.profile().orElseGet(profiles::active);
        ProfileName name = word.equals(PREVIOUS)
                ? shell.previous()
                        .or(() -> profiles.list().previous())
                        .orElseThrow(() -> Failure.usage("there is no previous profile", "ast profile list"))
                : new ProfileName(word);
        Profile used = name.equals(ProfileName.DEFAULT)
                ? profiles.find(name).orElseGet(() -> Profile.fresh(name, ""))
                : profiles.require(name);
        shell.holdAfter(before, name);
        return used;
    }
}
