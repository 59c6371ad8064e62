package dev.ast.diagnosis;

import dev.ast.credential.KeyringState;
import dev.ast.credential.KeyringTrouble;
import dev.ast.credential.StorageSetting;
import dev.ast.credential.TokenRepository;
import dev.ast.credential.file.PrivateFiles;
import dev.ast.credential.helper.HelperStores;
import dev.ast.credential.keyring.KeyringTokenRepository;
import dev.ast.domain.Exit;
import dev.ast.domain.Failure;
import dev.ast.domain.FailureException;
import dev.ast.domain.Profile;
import dev.ast.domain.ProfileName;
import dev.ast.domain.Secret;
import dev.ast.domain.ServerOrigin;
import dev.ast.domain.StorageKind;
import dev.ast.domain.TokenSet;
import dev.ast.host.AstHome;
import dev.ast.profile.Profiles;
import dev.ast.profile.StoredSessions;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** The stores of tokens: whether the keyring answers, and whether every session can be read. Reads only. */
public final class StoreChecks {
    // A keyring is asked for each of them, and an answer takes a while.
    private static final int MOST_READ = 200;

    private final Profiles profiles;
    private final StoredSessions sessions;
    private final Supplier<KeyringTokenRepository> keyring;
    private final Supplier<HelperStores> helpers;
    private final StorageSetting wanted;
    private final InstantSource clock;

    /**
     * Checks of the stores of a home.
     *
     * @param keyring asked only where it is used
     * @param helpers the stores behind credential helpers; asked only where one is used
     * @param wanted where tokens of new sessions go
     */
    public StoreChecks(
            Profiles profiles,
            StoredSessions sessions,
            Supplier<KeyringTokenRepository> keyring,
            Supplier<HelperStores> helpers,
            StorageSetting wanted,
            InstantSource clock) {
        this.profiles = profiles;
        this.sessions = sessions;
        this.keyring = keyring;
        this.helpers = helpers;
        this.wanted = wanted;
        this.clock = clock;
    }

    /** All of them. */
    public List<Check> all() {
        return List.of(
                new Check("keyring", this::keyring),
                new Check("helper-stores", this::helpers),
                new Check("sessions", this::sessions));
    }

    private List<Finding> keyring() {
        boolean used = profiles.list().all().stream()
                .anyMatch(profile -> profile.storage().equals(Optional.of(StorageKind.KEYRING)));
        if (!used && !wanted.mayUseKeyring()) {
            return List.of(Finding.ok("is not used"));
        }
        KeyringState state = keyring.get().probe();
        if (state.trouble().isEmpty()) {
            return List.of(Finding.ok("is there and unlocked"));
        }
        KeyringTrouble trouble = state.trouble().get();
        Finding found;
        if (used) {
            found = Finding.failed(Exit.STORAGE, trouble.message(), trouble.hint());
        } else if (trouble == KeyringTrouble.UNAVAILABLE) {
            found = Finding.ok("none is available, so tokens are kept in the file");
        } else {
            found = Finding.warning(trouble.message(), trouble.hint());
        }
        return List.of(state.reason().isEmpty() ? found : found.detail(state.reason()));
    }

    private List<Finding> helpers() {
        Set<StorageKind> used = new LinkedHashSet<>();
        wanted.store().filter(StorageKind::isHelper).ifPresent(used::add);
        profiles.list().all().stream()
                .flatMap(profile -> profile.storage().stream())
                .filter(StorageKind::isHelper)
                .forEach(used::add);
        List<Finding> found = new ArrayList<>();
        for (StorageKind kind : used) {
            try {
                helpers.get().of(kind).check();
                found.add(Finding.ok("answers").about(kind.label()));
            } catch (FailureException e) {
                if (e.failure() instanceof Failure.Interrupted) {
                    throw e;
                }
                found.add(Finding.of(e.failure(), "cannot be used").about(kind.label()));
            }
        }
        return found.isEmpty() ? List.of(Finding.ok("none is used")) : found;
    }

    private List<Finding> sessions() {
        List<Finding> found = new ArrayList<>();
        int read = 0;
        for (Profile profile : profiles.list().all()) {
            if (profile.storage().isPresent() && read < MOST_READ) {
                Optional<Finding> trouble = session(profile);
                trouble.ifPresent(one -> found.add(one.about(profile.name())));
                read++;
            }
        }
        if (read == 0) {
            return List.of(Finding.ok("nobody is signed in").next("ast login"));
        }
        String all = read == 1 ? "1 profile" : read + " profiles";
        return found.isEmpty() ? List.of(Finding.ok("the tokens of " + all + " can be read")) : found;
    }

    private Optional<Finding> session(Profile profile) {
        try {
            Optional<TokenSet> tokens = sessions.tokens(profile);
            if (tokens.isEmpty()) {
                return Optional.of(Finding.failed(
                        Exit.STORAGE,
                        "the tokens are not where they should be",
                        profile.name().loginCommand()));
            }
            return tokens.get()
                    .sessionEnd(profile.name(), clock.instant())
                    .map(ended -> Finding.warning(
                                    "the session has ended", profile.name().loginCommand())
                            .detail(ended.message()));
        } catch (FailureException e) {
            if (e.failure() instanceof Failure.Interrupted) {
                throw e;
            }
            return Optional.of(Finding.of(e.failure(), "the tokens cannot be read"));
        }
    }

    /** A check of the given name that writes an item of its own into a store, reads it again and removes it. */
    public Check writing(String check, Supplier<? extends TokenRepository> target) {
        return new Check(check, () -> {
            TokenRepository store = target.get();
            ProfileName name = free();
            Secret text = Secret.of("written by ast doctor");
            try {
                store.save(
                        name,
                        TokenSet.given(
                                ServerOrigin.parse("http://127.0.0.1:1"), text, clock.instant(), Optional.empty()));
                return written(store.load(name)
                        .filter(tokens -> tokens.access().same(text))
                        .isPresent());
            } finally {
                store.delete(name);
            }
        });
    }

    /** A check that writes a file of its own into the home, reads it again and removes it. */
    public static Check writingToHome(PrivateFiles files, AstHome home) {
        return new Check("home-write", () -> {
            Path file = home.directory().resolve("doctor-write-test");
            byte[] text = "written by ast doctor".getBytes(StandardCharsets.UTF_8);
            try {
                files.replace(file, text);
                return written(files.read(file, text.length)
                        .filter(read -> Arrays.equals(read, text))
                        .isPresent());
            } finally {
                files.remove(file);
            }
        });
    }

    private static List<Finding> written(boolean same) {
        return List.of(
                same
                        ? Finding.ok("an item was written, read again and removed")
                        : Finding.failed(
                                Exit.STORAGE, "an item that was written is not there", "ast auth migrate --to file"));
    }

    /** A name that no profile has. */
    private ProfileName free() {
        ProfileName name = new ProfileName("doctor-write-test");
        for (int i = 2; profiles.find(name).isPresent(); i++) {
            name = new ProfileName("doctor-write-test-" + i);
        }
        return name;
    }
}
