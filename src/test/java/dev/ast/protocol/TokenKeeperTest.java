package dev.ast.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ast.credential.file.CredentialsFile;
import dev.ast.credential.file.FileTokenRepository;
import dev.ast.credential.file.LockFiles;
import dev.ast.credential.file.PrivateFiles;
import dev.ast.credential.file.TokenFiles;
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
import dev.ast.profile.Profiles;
import dev.ast.profile.StoredSessions;
import dev.ast.provider.Provider;
import dev.ast.session.Credentials;
import dev.ast.session.EnvironmentTokens;
import dev.ast.session.MachineTokens;
import dev.ast.session.Target;
import dev.ast.support.MovableTime;
import dev.ast.support.NoLog;
import dev.ast.support.PlainProvider;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A token file is written before its token is stale, over real files, with time passed in. */
class TokenKeeperTest {
    private static final ServerOrigin SERVER = ServerOrigin.parse("https://api.example.com");
    private static final ProfileName NAME = ProfileName.DEFAULT;

    private final MovableTime time = new MovableTime();

    @TempDir
    private Path folder;

    private StoredSessions sessions;
    private Profiles profiles;
    private Duration life = Duration.ofHours(1);
    private int renewals;
    private Optional<FailureException> trouble = Optional.empty();

    @BeforeEach
    void openStore() {
        AstHome home = new AstHome(folder, false);
        PrivateFiles files = new PrivateFiles(folder);
        LockFiles locks = new LockFiles(home, files, time, time);
        CredentialsFile file = new CredentialsFile(home, files, locks);
        profiles = new Profiles(file);
        sessions = new StoredSessions(profiles, kind -> new FileTokenRepository(file), locks, time, NoLog.LOG);
    }

    private TokenSet tokens(String access) {
        Instant now = time.instant();
        return new TokenSet(
                SERVER,
                SERVER,
                Secret.of(access),
                "Bearer",
                Optional.of(Secret.of("refresh-canary")),
                now,
                Optional.of(now.plus(life)),
                Optional.empty(),
                List.of());
    }

    private Optional<Renewed> renew(ProfileName name, Predicate<TokenSet> stale) {
        trouble.ifPresent(failure -> {
            throw failure;
        });
        TokenSet fresh = tokens("access-" + ++renewals);
        sessions.renew(name, fresh);
        return Optional.of(new Renewed(fresh, Optional.empty()));
    }

    private TokenKeeper keeper() {
        EnvironmentTokens none = new EnvironmentTokens(
                Environment.of(Map.of()),
                time,
                (target, id, secret, audience) -> {
                    throw new AssertionError("there is no key pair");
                },
                text -> {});
        return new TokenKeeper(
                new Credentials(
                        sessions,
                        none,
                        new MachineTokens(time, target -> {
                            throw new AssertionError("the token of a machine is not wanted");
                        }),
                        this::renew,
                        time,
                        failure -> {}),
                time,
                Runnable::run);
    }

    private Target target() {
        Provider provider = PlainProvider.at(SERVER);
        return new Target(profiles.require(NAME), provider, SERVER, SERVER, "test");
    }

    private TokenFiles.Kept signedIn() {
        sessions.signIn(Profile.fresh(NAME, "example"), tokens("access-0"), StorageKind.FILE);
        TokenFiles.Kept file = new TokenFiles(folder, folder.resolve("exec")).create();
        file.write(Secret.of("access-0"));
        return file;
    }

    @Test
    void aReaderNeverSeesAStaleTokenWhateverItsLife() {
        for (Duration one : List.of(Duration.ofSeconds(10), Duration.ofMinutes(5), Duration.ofHours(1))) {
            life = one;
            try (TokenFiles.Kept file = signedIn()) {
                Secret written = Secret.of("access-0");
                Instant begin = time.instant();
                int before = renewals;
                while (time.instant().isBefore(begin.plus(life.multipliedBy(3)))) {
                    TokenKeeper.Once once = keeper().once(file, target(), written, Duration.ZERO);
                    written = once.token();
                    assertThat(file.path()).hasContent(written.reveal());
                    assertThat(once.pause()).isBetween(Duration.ofMillis(500), Duration.ofSeconds(30));
                    time.pass(once.pause());
                    assertThat(sessions.tokens(NAME).orElseThrow().endedAt(time.instant()))
                            .as("%s", life)
                            .isFalse();
                }
                assertThat(renewals - before).isBetween(2, 20);
            }
        }
    }

    @Test
    void aTokenThatHasToLastLongerIsRenewedEarlier() {
        try (TokenFiles.Kept file = signedIn()) {
            time.pass(Duration.ofMinutes(35));
            Secret written = Secret.of("access-0");
            assertThat(keeper().once(file, target(), written, Duration.ZERO)
                            .token()
                            .same(written))
                    .isTrue();
            keeper().once(file, target(), written, Duration.ofMinutes(30));
            assertThat(file.path()).hasContent("access-1");
        }
    }

    @Test
    void aFailureLeavesTheTokenAndIsTriedAgain() {
        try (TokenFiles.Kept file = signedIn()) {
            time.pass(Duration.ofHours(2));
            trouble = Optional.of(Failure.unreachable("no network", "try again"));
            TokenKeeper.Once once = keeper().once(file, target(), Secret.of("access-0"), Duration.ZERO);
            assertThat(file.path()).hasContent("access-0");
            assertThat(once.pause()).isEqualTo(Duration.ofSeconds(10));

            trouble = Optional.empty();
            keeper().once(file, target(), once.token(), Duration.ZERO);
            assertThat(file.path()).hasContent("access-1");
        }
    }
}
