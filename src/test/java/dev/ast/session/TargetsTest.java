package dev.ast.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.ast.credential.file.CredentialsFile;
import dev.ast.credential.file.LockFiles;
import dev.ast.credential.file.PrivateFiles;
import dev.ast.domain.Exit;
import dev.ast.domain.FailureException;
import dev.ast.domain.Identity;
import dev.ast.domain.Profile;
import dev.ast.domain.ProfileName;
import dev.ast.domain.StorageKind;
import dev.ast.host.AstHome;
import dev.ast.host.Environment;
import dev.ast.profile.Directories;
import dev.ast.profile.Profiles;
import dev.ast.provider.Providers;
import dev.ast.support.MovableTime;
import dev.ast.support.NoLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which profile is meant: one rule for commands, prompt and {@code why}. */
class TargetsTest {
    private static final ProfileName PROD = new ProfileName("production-eu");
    private static final ProfileName STAGING = new ProfileName("staging");

    private final ShellSession shell = new ShellSession();

    @TempDir
    private Path folder;

    private Path current;
    private Profiles profiles;
    private Directories directories;

    @BeforeEach
    void makeProfiles() throws IOException {
        MovableTime time = new MovableTime();
        AstHome home = new AstHome(folder.resolve("home"), false);
        PrivateFiles files = new PrivateFiles(home.directory());
        CredentialsFile file = new CredentialsFile(home, files, new LockFiles(home, files, time, time));
        current = Files.createDirectories(folder.resolve("work/deep/er")).toRealPath();
        profiles = new Profiles(file);
        directories = new Directories(file, () -> current);
        profiles.create(Profile.fresh(PROD, "sandbox"));
        profiles.create(Profile.fresh(STAGING, "sandbox"));
    }

    private String chosen(Map<String, String> environment) {
        Targets.Chosen chosen = targets(environment).choose(Selection.NONE);
        return chosen.name() + ": " + chosen.rule();
    }

    private Targets targets(Map<String, String> environment) {
        return new Targets(profiles, directories, new Providers(List.of()), Environment.of(environment), shell);
    }

    private static Selection named(String name) {
        return new Selection(Optional.of(new ProfileName(name)), Optional.empty(), Optional.empty(), Optional.empty());
    }

    @Test
    void aSwitchInThisShellCountsMoreThanTheEnvironment() {
        Map<String, String> environment = Map.of("AST_PROFILE", "staging");
        shell.begin(STAGING);
        assertThat(chosen(environment)).isEqualTo("staging: environment AST_PROFILE");
        ProfileSwitcher switcher = new ProfileSwitcher(profiles, shell, Environment.of(environment), NoLog.LOG);
        switcher.use("production-eu", false);
        assertThat(chosen(environment)).isEqualTo("production-eu: selected in this shell");
        assertThat(switcher.overruled())
                .hasValueSatisfying(text -> assertThat(text).contains("AST_PROFILE=staging"));
        assertThat(switcher.overruled()).as("reported once").isEmpty();
    }

    @Test
    void anOptionCountsMost() {
        shell.switchTo(STAGING);
        assertThat(targets(Map.of("AST_PROFILE", "staging"))
                        .choose(named("production-eu"))
                        .name())
                .isEqualTo(PROD);
    }

    @Test
    void whatTheShellStartedWithStaysWhenAnotherProcessSwitches() {
        shell.begin(STAGING);
        profiles.activate(PROD);
        assertThat(chosen(Map.of())).isEqualTo("staging: this shell started with it");
    }

    @Test
    void aDirectoryNamesAProfileForAllBelowIt() throws IOException {
        Path deep = current;
        current = deep.getParent();
        directories.bind(STAGING);
        current = deep;
        profiles.activate(PROD);
        assertThat(chosen(Map.of())).isEqualTo("staging: bound to " + deep.getParent());
        assertThat(chosen(Map.of("AST_PROFILE", "production-eu"))).startsWith("production-eu: environment");
        current = folder.toRealPath();
        assertThat(chosen(Map.of())).isEqualTo("production-eu: active profile");
        current = deep;
        profiles.rename(STAGING, new ProfileName("stage"));
        assertThat(chosen(Map.of())).startsWith("stage: bound");
        profiles.remove(new ProfileName("stage"));
        assertThat(chosen(Map.of())).isEqualTo("production-eu: active profile");
        assertThat(directories.unbind()).isEmpty();
        assertThat(deep).as("nothing is written there").isEmptyDirectory();
    }

    @Test
    void onlyAProfileThatExistsCanBeBound() {
        assertThatExceptionOfType(FailureException.class)
                .isThrownBy(() -> directories.bind(new ProfileName("stagin")))
                .withMessageContaining("did you mean staging?");
        directories.bind(PROD);
        assertThat(directories.unbind()).map(Directories.Binding::profile).contains(PROD);
        assertThat(directories.here()).isEmpty();
    }

    @Test
    void aProfileThatDoesNotExistIsMissingAndNotSignedOut() {
        Targets targets = targets(Map.of());
        for (String name : List.of("prodction-eu", "nope")) {
            assertThatExceptionOfType(FailureException.class)
                    .isThrownBy(() -> targets.resolve(named(name)))
                    .satisfies(thrown -> assertThat(thrown.failure().exit()).isEqualTo(Exit.NOT_SIGNED_IN))
                    .withMessage(
                            name.equals("nope")
                                    ? "there is no profile nope"
                                    : "there is no profile prodction-eu; did you mean production-eu?");
        }
        assertThat(targets.profile(named("default")).name()).isEqualTo(ProfileName.DEFAULT);
    }

    @Test
    void tellsWhatOtherProcessesDid() {
        shell.begin(STAGING);
        profiles.activate(STAGING);
        ShellWatch watch = new ShellWatch(profiles, shell);
        watch.settle();
        assertThat(watch.news()).isEmpty();
        Identity ada = new Identity(
                Optional.of("1"), Optional.of("Ada"), Optional.of("ada@example.com"), Optional.empty(), List.of());
        profiles.change(STAGING, profile -> profile.identifiedAs(ada).storedIn(StorageKind.FILE));
        assertThat(watch.news()).containsExactly("another process signed in to staging as ada@example.com");
        profiles.change(STAGING, profile -> profile.ended(Instant.EPOCH));
        assertThat(watch.news())
                .containsExactly("the session of staging has ended; sign in with: ast login --profile staging");
        profiles.change(STAGING, profile -> profile.identifiedAs(ada).storedIn(StorageKind.FILE));
        watch.settle();
        profiles.change(STAGING, Profile::signedOut);
        assertThat(watch.news())
                .containsExactly("another process signed out of staging; sign in with: ast login --profile staging");
        profiles.activate(PROD);
        assertThat(watch.news())
                .containsExactly("another process switched to profile production-eu; this shell stays with staging");
        profiles.remove(STAGING);
        assertThat(watch.news())
                .containsExactly("another process removed profile staging; choose one with: ast profile use");
        assertThat(watch.news()).isEmpty();
    }
}
