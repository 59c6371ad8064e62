package dev.ast.login;

import dev.ast.credential.file.LockFiles;
import dev.ast.domain.Profile;
import dev.ast.domain.ProfileName;
import dev.ast.domain.StorageKind;
import dev.ast.domain.TokenSet;
import dev.ast.host.Interrupts;
import dev.ast.profile.Profiles;
import dev.ast.profile.SessionEvent;
import dev.ast.profile.StoredSessions;
import java.util.Optional;

/** Writes what a sign-in brought: the profile, and its tokens unless a machine can get them again. */
record SessionStorage(Profiles profiles, StoredSessions sessions, Interrupts interrupts) {

    /**
     * Stores a profile as one of the server that its tokens belong to, whatever its platform names later.
     *
     * @param kind where the tokens go; empty to store none, and to remove those of a sign-in before
     * @throws dev.ast.domain.FailureException (storage) when it cannot be written
     */
    void store(Profile profile, TokenSet granted, Optional<StorageKind> kind, SignInScreen screen) {
        Profile signedIn = profile.at(granted.origin());
        try (Interrupts.Registration section = interrupts.protect(
                        "storing the tokens of " + profile.name() + "; Ctrl-C again loses this sign-in");
                LockFiles.Held held = sessions.lock(profile.name())) {
            if (kind.isEmpty()) {
                sessions.signOut(profile.name());
                profiles.save(signedIn.unstored());
                return;
            }
            sessions.signIn(signedIn, granted, kind.get())
                    .ifPresent(failure ->
                            screen.say("The tokens of the sign-in before could not be removed: " + failure.message()));
        }
    }

    /** Removes the id_token from what is stored. */
    void dropIdToken(ProfileName name) {
        try (LockFiles.Held held = sessions.lock(name)) {
            sessions.tokens(name).ifPresent(tokens -> sessions.replace(name, tokens.with(Optional.empty())));
        }
    }

    /**
     * Ends a sign-in with an entry in the log. A first sign-in, or one beside an active profile that nobody is signed in
     * to, becomes the active one.
     *
     * @return whether it became the active one
     */
    boolean complete(ProfileName name) {
        profiles.find(name).ifPresent(profile -> sessions.log().add(SessionEvent.Kind.SIGN_IN, profile));
        ProfileName active = profiles.active();
        boolean idle =
                profiles.find(active).map(profile -> !profile.hasCredential()).orElse(true);
        if (active.equals(name) || !idle) {
            return false;
        }
        profiles.activate(name);
        return true;
    }
}
