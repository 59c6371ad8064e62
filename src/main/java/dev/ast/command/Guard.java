package dev.ast.command;

import dev.ast.domain.Failure;
import dev.ast.domain.Identity;
import dev.ast.domain.Profile;
import dev.ast.domain.ProfileName;
import dev.ast.profile.Profiles;
import java.util.Optional;

/** Lets commands that change something ask first where the profile is protected. */
public final class Guard {
    /** Goes on without a question. */
    static final OptionSpec YES = OptionSpec.flag("yes", "Do not ask, also where the profile is protected");

    private final Profiles profiles;

    /** Guards the given profiles. */
    public Guard(Profiles profiles) {
        this.profiles = profiles;
    }

    /**
     * Asks the user to type the profile's name, if it is protected.
     *
     * @param what the change, as {@code api DELETE /things/3}
     * @throws dev.ast.domain.FailureException (usage) when nobody can be asked; (failure) when the answer is another
     */
    void check(Call call, ProfileName name, String what) {
        Optional<Profile> profile = profiles.find(name).filter(Profile::isProtected);
        if (profile.isEmpty() || call.has(YES.name())) {
            return;
        }
        if (!call.conversation().canAsk()) {
            throw Failure.usage("profile " + name + " is protected: " + what + " needs --yes", "add --yes");
        }
        String context = profile.get()
                .context()
                .map(one -> " (" + one.kind() + " " + one.name() + ")")
                .orElse("");
        String identity = profile.get()
                .identity()
                .flatMap(Identity::label)
                .map(who -> " as " + who)
                .orElse("");
        call.conversation().show(what + " changes " + name + context + identity + ".");
        String typed = call.conversation().ask("Type the profile's name to go on", "--yes");
        if (!typed.equals(name.value())) {
            throw Failure.failed("that is not " + name + "; nothing was done", "type the name, or add --yes");
        }
    }
}
