package dev.ast.profile;

import dev.ast.credential.TokenRepository;
import dev.ast.credential.file.LockFiles;
import dev.ast.domain.Failure;
import dev.ast.domain.Profile;
import dev.ast.domain.ProfileName;
import dev.ast.domain.ProgramSettings;
import dev.ast.domain.ServerOrigin;
import dev.ast.domain.StorageKind;
import dev.ast.domain.TokenSet;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Creates, changes, renames and removes profiles, with their sessions where they have one. */
public final class ProfileEditor {
    private final Profiles profiles;
    private final StoredSessions sessions;
    private final Function<StorageKind, TokenRepository> stores;

    /** Edits the given list. */
    public ProfileEditor(Profiles profiles, StoredSessions sessions, Function<StorageKind, TokenRepository> stores) {
        this.profiles = profiles;
        this.sessions = sessions;
        this.stores = stores;
    }

    /**
     * What is to be set; absent values stay as they are.
     *
     * @param programs changes what other programs may be given
     */
    public record Change(
            Optional<String> provider,
            Optional<ServerOrigin> server,
            Optional<URI> issuer,
            Optional<String> clientId,
            Optional<List<String>> scopes,
            Optional<Boolean> guarded,
            UnaryOperator<ProgramSettings> programs) {
        Profile on(Profile profile, String otherwise) {
            String before = profile.provider().isEmpty() ? otherwise : profile.provider();
            return profile.setUp(
                            provider.orElse(before),
                            server.or(profile::server),
                            issuer.or(profile::issuer),
                            clientId.or(profile::clientId),
                            scopes.or(profile::scopes))
                    .guarded(guarded.orElse(profile.isProtected()))
                    .giving(programs.apply(profile.programs()));
        }
    }

    /**
     * Adds a profile.
     *
     * @throws dev.ast.domain.FailureException (usage) when the name is taken
     */
    public void create(ProfileName name, Change change, String provider) {
        profiles.create(change.on(Profile.fresh(name, ""), provider));
    }

    /**
     * Changes a profile.
     *
     * @throws dev.ast.domain.FailureException (usage) when it does not exist
     */
    public void set(ProfileName name, Change change) {
        profiles.require(name);
        profiles.change(name, profile -> change.on(profile, profile.provider()));
    }

    /**
     * Renames a profile. Tokens outside the file are copied to the new name first and removed from the old one last, so that
     * a crash in between loses nothing.
     */
    public void rename(ProfileName from, ProfileName to) {
        if (from.equals(to)) {
            throw Failure.usage("both names are the same", "choose another name");
        }
        try (LockFiles.Held held = sessions.lock(from)) {
            Profile profile = profiles.require(from);
            Optional<StorageKind> elsewhere = profile.storage().filter(kind -> !kind.equals(StorageKind.FILE));
            if (profiles.find(to).isPresent()) {
                throw Failure.usage("there is a profile " + to + " already", "choose another name");
            }
            if (elsewhere.isPresent()) {
                Optional<TokenSet> tokens = sessions.tokens(profile);
                tokens.ifPresent(set -> stores.apply(elsewhere.get()).save(to, set));
            }
            profiles.rename(from, to);
            elsewhere.ifPresent(kind -> stores.apply(kind).delete(from));
        }
    }

    /**
     * Removes a profile.
     *
     * @throws dev.ast.domain.FailureException (usage) when it is unknown or still signed in
     */
    public void remove(ProfileName name) {
        try (LockFiles.Held held = sessions.lock(name)) {
            Profile profile = profiles.require(name);
            if (profile.signedIn()) {
                throw Failure.usage("profile " + name + " is signed in", "ast logout --profile " + name);
            }
            profile.storage().ifPresent(kind -> stores.apply(kind).delete(name));
            profiles.remove(name);
        }
    }
}
