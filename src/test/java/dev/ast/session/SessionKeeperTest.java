package dev.ast.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ast.credential.file.CredentialsFile;
import dev.ast.credential.file.FileTokenRepository;
import dev.ast.credential.file.LockFiles;
import dev.ast.credential.file.PrivateFiles;
import dev.ast.domain.Failure;
import dev.ast.domain.FailureException;
import dev.ast.domain.Profile;
import dev.ast.domain.ProfileName;
import dev.ast.domain.Renewed;
import dev.ast.domain.Secret;
import dev.ast.domain.ServerOrigin;
import dev.ast.domain.StorageKind;
import dev.ast.domain.TokenSet;
import dev.ast.host.AstHome;
import dev.ast.host.Environment;
import dev.ast.profile.Directories;
import dev.ast.profile.Profiles;
import dev.ast.profile.StoredSessions;
import dev.ast.provider.Provider;
import dev.ast.provider.Providers;
import dev.ast.support.MovableTime;
import dev.ast.support.NoLog;
import dev.ast.support.PlainProvider;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The session of an open shell is renewed before a command would wait for it. */
class SessionKeeperTest {
    private static final ServerOrigin SERVER = ServerOrigin.parse("https://api.example.com");

    private final MovableTime time = new MovableTime();
    private final List<Instant> renewals = new ArrayList<>();
    private final List<Instant> waited = new ArrayList<>();

    @TempDir
    private Path folder;

    private StoredSessions sessions;
    private Targets targets;
    private Duration lifetime = Duration.ofHours(1);
    private Optional<FailureException> trouble = Optional.empty();

    @BeforeEach
    void openStore() {
        AstHome home = new AstHome(folder.resolve("home"), false);
        PrivateFiles files = new PrivateFiles(home.directory());
        LockFiles locks = new LockFiles(home, files, time, time);
        CredentialsFile file = new CredentialsFile(home, files, locks);
        Profiles profiles = new Profiles(file);
        sessions = new StoredSessions(profiles, kind -> new FileTokenRepository(file), locks, time, NoLog.LOG);
        Provider provider = PlainProvider.at(SERVER);
        targets = new Targets(
                profiles,
                new Directories(file, () -> folder),
                new Providers(List.of(provider)),
                Environment.of(Map.of()),
                new ShellSession());
    }

    private Credentials credentials(List<Instant> renewed) {
        return new Credentials(
                sessions,
                EnvironmentTokens.plain(Environment.of(Map.of()), time),
                CredentialsTest.NO_MACHINE,
                (name, stale) -> renew(name, stale, renewed),
                time,
                failure -> {});
    }

    private Optional<Renewed> renew(ProfileName name, Predicate<TokenSet> stale, List<Instant> renewed) {
        Optional<TokenSet> stored = sessions.tokens(name);
        if (stored.isEmpty() || !stale.test(stored.get())) {
            return stored.map(tokens -> new Renewed(tokens, Optional.empty()));
        }
        trouble.ifPresent(failure -> {
            throw failure;
        });
        renewed.add(time.instant());
        TokenSet fresh = tokens();
        sessions.renew(name, fresh);
        return Optional.of(new Renewed(fresh, Optional.empty()));
    }

    private TokenSet tokens() {
        Instant now = time.instant();
        return new TokenSet(
                SERVER,
                SERVER,
                Secret.of("access-" + now),
                "Bearer",
                Optional.of(Secret.of("refresh-" + now)),
                now,
                Optional.of(now.plus(lifetime)),
                Optional.empty(),
                List.of());
    }

    private SessionKeeper keeper() {
        return new SessionKeeper(targets, credentials(renewals), time, Runnable::run);
    }

    private void signIn() {
        sessions.signIn(Profile.fresh(ProfileName.DEFAULT, "example"), tokens(), StorageKind.FILE);
    }

    /** Eight hours of an open shell, with a command every few seconds. */
    private void live(SessionKeeper keeper, Duration hours, Duration step) {
        Credentials commands = credentials(waited);
        Instant end = time.instant().plus(hours);
        Instant next = time.instant();
        while (time.instant().isBefore(end)) {
            if (!time.instant().isBefore(next)) {
                next = time.instant().plus(keeper.once());
            }
            commands.fresh(targets.resolve(Selection.NONE), Optional.empty(), Duration.ZERO);
            time.pass(step);
        }
    }

    @Test
    void noCommandWaitsForARenewalOfLongTokens() {
        signIn();
        live(keeper(), Duration.ofHours(8), Duration.ofSeconds(10));
        assertThat(waited).isEmpty();
        assertThat(renewals).hasSizeBetween(8, 10);
    }

    @Test
    void norOfTokensThatLiveSeconds() {
        lifetime = Duration.ofSeconds(20);
        signIn();
        live(keeper(), Duration.ofMinutes(20), Duration.ofMillis(500));
        assertThat(waited).isEmpty();
        assertThat(renewals).hasSizeBetween(60, 300);
    }

    @Test
    void tellsOnceThatTheServerIsAwayAndThatItIsBack() {
        lifetime = Duration.ofMinutes(10);
        signIn();
        SessionKeeper keeper = keeper();
        time.pass(Duration.ofMinutes(9));
        trouble = Optional.of(Failure.unreachable("cannot reach https://api.example.com: connection refused", "later"));
        keeper.once();
        time.pass(Duration.ofSeconds(30));
        keeper.once();
        assertThat(keeper.life()).map(SessionKeeper.Life::renewable).contains(true);
        time.pass(Duration.ofMinutes(1));
        keeper.once();
        assertThat(keeper.news())
                .contains("the session could not be renewed: cannot reach https://api.example.com: connection refused");
        assertThat(keeper.news()).isEmpty();
        trouble = Optional.empty();
        keeper.once();
        assertThat(keeper.news()).contains("the server answers again");
        assertThat(keeper.news()).isEmpty();
    }

    @Test
    void nobodyIsSignedIn() {
        assertThat(keeper().once()).isPositive();
        assertThat(keeper().life()).isEmpty();
        assertThat(renewals).isEmpty();
    }
}
