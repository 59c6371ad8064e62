package dev.ast.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ast.credential.file.CredentialsFile;
import dev.ast.credential.file.LockFiles;
import dev.ast.credential.file.PrivateFiles;
import dev.ast.domain.Profile;
import dev.ast.domain.ProfileName;
import dev.ast.host.AstHome;
import dev.ast.host.Environment;
import dev.ast.profile.Profiles;
import dev.ast.support.MovableTime;
import dev.ast.support.NoLog;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProfileSwitcherTest {
    private static final ProfileName ONE = new ProfileName("one");
    private static final ProfileName TWO = new ProfileName("two");

    @TempDir
    private Path home;

    private final ShellSession shell = new ShellSession();
    private Profiles profiles;
    private ProfileSwitcher switcher;

    @BeforeEach
    void start() {
        AstHome directory = new AstHome(home.resolve("home"), false);
        PrivateFiles files = new PrivateFiles(directory.directory());
        MovableTime time = new MovableTime();
        profiles = new Profiles(new CredentialsFile(directory, files, new LockFiles(directory, files, time, time)));
        switcher = new ProfileSwitcher(profiles, shell, Environment.of(Map.of()), NoLog.LOG);
        profiles.create(Profile.fresh(ONE, "sandbox"));
        profiles.create(Profile.fresh(TWO, "sandbox"));
        switcher.use("one", false);
    }

    @Test
    void aSwitchIsForLaterCommandsToo() {
        assertThat(profiles.active()).isEqualTo(ONE);
        assertThat(switcher.use("two", false).name()).isEqualTo(TWO);
        assertThat(profiles.active()).isEqualTo(TWO);
        assertThat(switcher.use("-", false).name()).isEqualTo(ONE);
    }

    @Test
    void aSwitchOfAScriptEndsWithIt() {
        shell.beginScript();

        assertThat(switcher.use("two", false).name()).isEqualTo(TWO);
        assertThat(shell.profile()).contains(TWO);
        assertThat(profiles.active()).isEqualTo(ONE);
        assertThat(switcher.use("-", false).name()).isEqualTo(ONE);
        assertThat(switcher.use("-", false).name()).isEqualTo(TWO);
        assertThatThrownBy(() -> switcher.use("three", false)).hasMessageContaining("three");
        assertThat(shell.profile()).contains(TWO);

        switcher.use("two", true);
        assertThat(profiles.active()).isEqualTo(TWO);
    }
}
