package dev.ast.profile;

import dev.ast.credential.file.CredentialsFile;
import dev.ast.credential.file.FileTokenRepository;
import dev.ast.domain.Failure;
import dev.ast.domain.FailureException;
import dev.ast.domain.Profile;
import dev.ast.domain.ProfileName;
import dev.ast.domain.TokenSet;
import dev.ast.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;

/** The list of profiles, and which one is active. All is read anew, so that other processes' changes are seen. */
public final class Profiles {
    private final CredentialsFile file;

    /** The profiles in the given file. */
    public Profiles(CredentialsFile file) {
        this.file = file;
    }

    /**
     * The state of all profiles at one moment.
     *
     * @param active the profile that is used when nothing else names one
     * @param previous the one that {@code profile use -} goes back to
     * @param all every profile, sorted by name
     */
    public record Listing(ProfileName active, Optional<ProfileName> previous, List<Profile> all) {}

    /** Reads everything. */
    public Listing list() {
        JsonObject document = file.read();
        List<Profile> all = new ArrayList<>();
        document.object("profiles").ifPresent(profiles -> {
            for (String text : profiles.members().keySet()) {
                Optional<ProfileName> name = ProfileName.of(text);
                name.ifPresent(
                        valid -> profiles.object(text).ifPresent(object -> all.add(ProfileJson.read(valid, object))));
            }
        });
        all.sort((one, other) -> one.name().compareTo(other.name()));
        return new Listing(activeIn(document), document.parsed("previous_profile", ProfileName::new), List.copyOf(all));
    }

    /** The active profile's name; {@code default} when none was chosen. */
    public ProfileName active() {
        return activeIn(file.head());
    }

    /** The active profile itself; a fresh one of the given provider when it does not exist yet. */
    public Profile activeOrFresh(String provider) {
        return activeOrFresh(file.now(), provider);
    }

    /** The same, looked at once with the bindings; empty where the current directory is bound to a profile. */
    public Optional<Profile> activeOrFresh(String provider, Directories unless) {
        CredentialsFile.Look now = file.now();
        return unless.in(now.head()).isPresent() ? Optional.empty() : Optional.of(activeOrFresh(now, provider));
    }

    private Profile activeOrFresh(CredentialsFile.Look now, String provider) {
        ProfileName name = activeIn(now.head());
        return orFresh(name, now.profile(name), provider);
    }

    /** One profile; a fresh one of the given provider when it does not exist yet. */
    public Profile findOrFresh(ProfileName name, String provider) {
        return orFresh(name, file.profile(name), provider);
    }

    private Profile orFresh(ProfileName name, Optional<JsonObject> object, String provider) {
        Optional<Profile> known = read(name, object);
        return known.isPresent() ? known.get() : Profile.fresh(name, provider);
    }

    private static ProfileName activeIn(JsonObject document) {
        return document.parsed("active_profile", ProfileName::new).orElse(ProfileName.DEFAULT);
    }

    /** One profile. */
    public Optional<Profile> find(ProfileName name) {
        return read(name, file.profile(name));
    }

    private Optional<Profile> read(ProfileName name, Optional<JsonObject> object) {
        return object.isEmpty() ? Optional.empty() : Optional.of(ProfileJson.read(name, object.get()));
    }

    /**
     * One profile that must exist.
     *
     * @throws FailureException (not_signed_in) when it does not
     */
    public Profile require(ProfileName name) {
        return find(name).orElseThrow(() -> unknown(name));
    }

    /** The failure for a name that no profile has. */
    public FailureException unknown(ProfileName name) {
        return Failure.NoSuchProfile.of(name, names()).asException();
    }

    /** The names of all profiles, in the order of the file; a damaged file can hold one that no profile can have. */
    public Set<String> names() {
        return file.names();
    }

    static FailureException unknown(ProfileName name, JsonObject document) {
        return Failure.NoSuchProfile.of(
                        name,
                        document.object("profiles")
                                .map(profiles -> profiles.members().keySet())
                                .orElse(Set.of()))
                .asException();
    }

    /** Writes a profile as given, whatever stood there; its tokens stay. */
    public void save(Profile profile) {
        file.update(document -> {
            refuseTwin(document, profile.name());
            ProfileJson.write(profile, object(document, profile.name()));
        });
    }

    /** Writes a profile and its tokens into the file, both or neither. */
    public void save(Profile profile, TokenSet tokens) {
        file.update(document -> {
            refuseTwin(document, profile.name());
            JsonObject object = object(document, profile.name());
            ProfileJson.write(profile, object);
            FileTokenRepository.write(tokens, object);
        });
    }

    /**
     * Refuses a name that another profile has but for upper and lower case.
     *
     * @throws FailureException (usage) when there is one
     */
    public void requireNoTwin(ProfileName name) {
        refuseTwin(file.read(), name);
    }

    /**
     * What a sign-out took out of the file.
     *
     * @param held whether there was anything to take: tokens, or the name of a store
     * @param tokens the tokens that lay in the file, if they can be understood
     * @param unknownStore the name of a store that this program does not know
     */
    public record Taken(boolean held, Optional<TokenSet> tokens, Optional<String> unknownStore) {}

    /** Takes identity, name of the store and tokens out of a profile's object, all at once; its settings stay. */
    public Taken signOut(ProfileName name) {
        AtomicReference<Taken> taken = new AtomicReference<>(new Taken(false, Optional.empty(), Optional.empty()));
        file.update(document -> document.object("profiles")
                .flatMap(profiles -> profiles.object(name.value()))
                .ifPresent(object -> {
                    boolean held = holdsCredential(object);
                    Profile profile = ProfileJson.read(name, object);
                    Optional<String> unknown =
                            profile.storage().isPresent() ? Optional.empty() : object.text("storage");
                    Optional<TokenSet> tokens = FileTokenRepository.take(object);
                    ProfileJson.write(profile.signedOut(), object);
                    taken.set(new Taken(held, tokens, unknown));
                }));
        return taken.get();
    }

    /** The profiles that name a store or have tokens in the file, also those that {@link #list} shows as signed out. */
    public List<ProfileName> withCredentials() {
        List<ProfileName> names = new ArrayList<>();
        file.read().object("profiles").ifPresent(profiles -> {
            for (String text : profiles.members().keySet()) {
                boolean holds =
                        profiles.object(text).filter(Profiles::holdsCredential).isPresent();
                ProfileName.of(text).filter(valid -> holds).ifPresent(names::add);
            }
        });
        names.sort(null);
        return names;
    }

    private static boolean holdsCredential(JsonObject profile) {
        return FileTokenRepository.holds(profile) || profile.text("storage").isPresent();
    }

    /** Changes a profile as it stands at that moment; nothing happens when it does not exist. */
    public void change(ProfileName name, UnaryOperator<Profile> change) {
        file.update(document -> document.object("profiles")
                .flatMap(profiles -> profiles.object(name.value()))
                .ifPresent(object -> ProfileJson.write(change.apply(ProfileJson.read(name, object)), object)));
    }

    /**
     * Writes a new profile.
     *
     * @throws FailureException (usage) when the name is taken
     */
    public void create(Profile profile) {
        file.update(document -> {
            refuseTwin(document, profile.name());
            if (document.objectOrNew("profiles").has(profile.name().value())) {
                throw Failure.usage(
                        "there is a profile " + profile.name() + " already", "ast profile show " + profile.name());
            }
            ProfileJson.write(profile, object(document, profile.name()));
        });
    }

    /** Removes a profile from the list; whatever tokens the file holds for it go too, and so do its directories. */
    public void remove(ProfileName name) {
        file.update(document -> {
            document.object("profiles").ifPresent(profiles -> profiles.remove(name.value()));
            for (String member : List.of("active_profile", "previous_profile")) {
                if (document.text(member).filter(name.value()::equals).isPresent()) {
                    document.remove(member);
                }
            }
            Directories.rebind(document, name, Optional.empty());
        });
    }

    /**
     * Gives a profile another name, in the file only: tokens in a keyring are the caller's to move first.
     *
     * @throws FailureException (usage) when the old name is unknown or the new one is taken
     */
    public void rename(ProfileName from, ProfileName to) {
        file.update(document -> {
            JsonObject profiles = document.objectOrNew("profiles");
            JsonObject object = profiles.object(from.value()).orElseThrow(() -> unknown(from, document));
            if (profiles.has(to.value())) {
                throw Failure.usage("there is a profile " + to + " already", "choose another name");
            }
            profiles.remove(from.value());
            refuseTwin(document, to);
            profiles.put(to.value(), object);
            for (String member : List.of("active_profile", "previous_profile")) {
                if (document.text(member).filter(from.value()::equals).isPresent()) {
                    document.put(member, to.value());
                }
            }
            Directories.rebind(document, from, Optional.of(to));
        });
    }

    /**
     * Makes a profile the active one; the one before becomes the previous one.
     *
     * @throws FailureException (usage) when there is no such profile
     */
    public void activate(ProfileName name) {
        file.update(document -> {
            ProfileName before = activeIn(document);
            boolean known = document.object("profiles")
                    .map(profiles -> profiles.has(name.value()))
                    .orElse(false);
            if (!known && !name.equals(ProfileName.DEFAULT)) {
                throw unknown(name, document);
            }
            if (!before.equals(name)) {
                document.put("previous_profile", before).put("active_profile", name);
            }
        });
    }

    static JsonObject object(JsonObject document, ProfileName name) {
        return document.objectOrNew("profiles").objectOrNew(name.value());
    }

    // Names that differ only in case would share lock files, and keyring items on systems that fold case.
    private static void refuseTwin(JsonObject document, ProfileName name) {
        document.object("profiles").ifPresent(profiles -> {
            for (String other : profiles.members().keySet()) {
                if (!other.equals(name.value())
                        && other.toLowerCase(Locale.ROOT).equals(name.value().toLowerCase(Locale.ROOT))) {
                    throw Failure.usage(
                            "the name " + name + " differs from profile " + other + " only in upper and lower case",
                            "choose another name");
                }
            }
        });
    }
}
