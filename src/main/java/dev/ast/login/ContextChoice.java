package dev.ast.login;

import dev.ast.domain.Identity;
import dev.ast.domain.Profile;
import dev.ast.domain.SelectedContext;
import dev.ast.session.Contexts;
import java.util.Optional;

/** Selects a context at the end of a sign-in. */
final class ContextChoice {
    private ContextChoice() {}

    /** The context after a sign-in: the one asked for, else the one before if it still exists, else none. */
    static Profile after(LoginRequest request, Profile profile, Optional<Identity> before, SignInScreen screen) {
        Optional<String> asked = request.account().or(() -> request.selection().context());
        if (asked.isPresent()) {
            Optional<SelectedContext> found = Contexts.of(profile).find(asked.get());
            if (found.isPresent()) {
                return profile.inContext(found);
            }
            screen.say("There is no account " + asked.get() + " for this identity; it is not selected.");
        }
        boolean otherUser = before.flatMap(Identity::subject).isPresent()
                && !before.flatMap(Identity::subject).equals(profile.identity().flatMap(Identity::subject));
        if (otherUser || profile.context().isEmpty()) {
            return otherUser ? profile.inContext(Optional.empty()) : profile;
        }
        SelectedContext last = profile.context().get();
        Optional<SelectedContext> now =
                profile.contexts().stream().filter(last::same).findFirst();
        if (now.isEmpty()) {
            screen.say("The " + last.kind() + " " + last.name() + " is not there any more; none is selected.");
        }
        return profile.inContext(now);
    }
}
