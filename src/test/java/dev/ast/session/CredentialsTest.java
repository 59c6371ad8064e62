package dev.ast.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.ast.credential.file.CredentialsFile;
import dev.ast.credential.file.FileTokenRepository;
import dev.ast.credential.file.LockFiles;
import dev.ast.credential.file.PrivateFiles;
import dev.ast.domain.CredentialSource;
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
import dev.ast.support.Case;
import dev.ast.support.MovableTime;
import dev.ast.support.NoLog;
import dev.ast.support.PlainProvider;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which credential a command gets, and when it is renewed; over real files, with time passed in. */
class CredentialsTest {
    static final MachineTokens NO_MACHINE = new MachineTokens(InstantSource.system(), target -> {
        throw new AssertionError("the token of a machine is not wanted");
    });
    private static final ServerOrigin SERVER = ServerOrigin.parse("https://api.example.com");
    private static final ServerOrigin OTHER = ServerOrigin.parse("https://other.example.com");
    private static final ProfileName NAME = ProfileName.DEFAULT;

    private final MovableTime time = new MovableTime();
    private final List<Failure> afterwards = new ArrayList<>();
    private final List<String> renewals = new ArrayList<>();

    @TempDir
    private Path folder;

    private StoredSessions sessions;
    private Profiles profiles;
    private Optional<FailureException> trouble = Optional.empty();
    private Optional<Failure> unsaved = Optional.empty();

    @BeforeEach
    void openStore() {
        AstHome home = new AstHome(folder.resolve("home"), false);
        PrivateFiles files = new PrivateFiles(home.directory());
        LockFiles locks = new LockFiles(home, files, time, time);
        CredentialsFile file = new CredentialsFile(home, files, locks);
        profiles = new Profiles(file);
        sessions = new StoredSessions(profiles, kind -> new FileTokenRepository(file), locks, time, NoLog.LOG);
    }

    /** Renews in the store, as the program does, only without a server. */
    private Optional<Renewed> renew(ProfileName name, java.util.function.Predicate<TokenSet> stale) {
        Optional<TokenSet> stored = sessions.tokens(name);
        if (stored.isEmpty() || !stale.test(stored.get())) {
            return stored.map(tokens -> new Renewed(tokens, Optional.empty()));
        }
        renewals.add(stored.get().access().reveal());
        trouble.ifPresent(failure -> {
            throw failure;
        });
        TokenSet fresh = tokens("access-" + renewals.size(), "refresh-" + renewals.size(), Duration.ofHours(1));
        if (unsaved.isEmpty()) {
            sessions.renew(name, fresh);
        }
        return Optional.of(new Renewed(fresh, unsaved));
    }

    private Credentials credentials(Map<String, String> environment) {
        return new Credentials(
                sessions,
                EnvironmentTokens.plain(Environment.of(environment), time),
                NO_MACHINE,
                this::renew,
                time,
                afterwards::add);
    }

    private TokenSet tokens(String access, String refresh, Duration life) {
        Instant now = time.instant();
        return new TokenSet(
                SERVER,
                SERVER,
                Secret.of(access),
                "Bearer",
                Optional.of(refresh).filter(text -> !text.isEmpty()).map(Secret::of),
                now,
                Optional.of(now.plus(life)),
                Optional.empty(),
                List.of());
    }

    private void signIn(TokenSet tokens) {
        sessions.signIn(Profile.fresh(NAME, "example"), tokens, StorageKind.FILE);
    }

    private Target target(ServerOrigin server) {
        Provider provider = PlainProvider.at(SERVER, "FIRST_TOKEN", "SECOND_TOKEN");
        return new Target(
                profiles.find(NAME).orElseGet(() -> Profile.fresh(NAME, "example")), provider, server, SERVER, "test");
    }

    private String fresh(Credentials credentials, Duration minimum) {
        return credentials
                .fresh(target(SERVER), Optional.empty(), minimum)
                .tokens()
                .access()
                .reveal();
    }

    @Test
    void optionBeforeEnvironmentBeforeStoredLogin() {
        signIn(tokens("stored", "refresh", Duration.ofHours(1)));
        Credentials all = credentials(Map.of("AST_TOKEN", "any", "FIRST_TOKEN", "first", "SECOND_TOKEN", "second"));
        assertThat(all.fresh(target(SERVER), Optional.of(Secret.of("option")), Duration.ZERO)
                        .source())
                .isEqualTo(new CredentialSource.Option());
        assertThat(fresh(all, Duration.ZERO)).isEqualTo("any");
        assertThat(fresh(credentials(Map.of("FIRST_TOKEN", "first", "SECOND_TOKEN", "second")), Duration.ZERO))
                .isEqualTo("first");
        assertThat(fresh(credentials(Map.of("FIRST_TOKEN", "", "SECOND_TOKEN", " second\n")), Duration.ZERO))
                .isEqualTo("second");
        assertThat(fresh(credentials(Map.of()), Duration.ZERO)).isEqualTo("stored");
        assertThat(all.variables(target(SERVER)))
                .containsExactly(
                        new Credentials.Variable("AST_TOKEN", true, true),
                        new Credentials.Variable("FIRST_TOKEN", true, false),
                        new Credentials.Variable("SECOND_TOKEN", true, false));
        assertThat(renewals).isEmpty();
    }

    @Test
    void nothingOfOneServerGoesToAnother() {
        signIn(tokens("stored", "refresh", Duration.ofHours(1)));
        for (Map<String, String> environment : List.of(Map.<String, String>of(), Map.of("AST_TOKEN", "any"))) {
            assertThatExceptionOfType(FailureException.class)
                    .isThrownBy(() -> credentials(environment).fresh(target(OTHER), Optional.empty(), Duration.ZERO))
                    .satisfies(e -> assertThat(e.failure()).isEqualTo(new Failure.OtherOrigin(NAME, SERVER, OTHER)));
        }
        assertThat(renewals).isEmpty();
    }

    @Test
    @Case("C01")
    void aTokenOfNoPlatformIsForTheServerOfItsProfileOrForTheOneThatIsNamed() {
        Credentials credentials = credentials(Map.of("AST_TOKEN", "any"));
        // By option the home stays, by AST_SERVER it becomes the named server; the answer is the same.
        Target option = target(OTHER);
        Target variable = new Target(option.profile(), option.provider(), OTHER, OTHER, "test");
        for (Target named : List.of(option, variable)) {
            assertThat(credentials
                            .fresh(named, Optional.empty(), Duration.ZERO)
                            .tokens()
                            .origin())
                    .isEqualTo(OTHER);
        }
        signIn(tokens("stored", "refresh", Duration.ofHours(1)));
        Target signedIn = new Target(target(OTHER).profile(), option.provider(), OTHER, OTHER, "test");
        for (Target named : List.of(target(OTHER), signedIn)) {
            assertThatExceptionOfType(FailureException.class)
                    .isThrownBy(() -> credentials.fresh(named, Optional.empty(), Duration.ZERO))
                    .satisfies(e -> assertThat(e.failure()).isEqualTo(new Failure.OtherOrigin(NAME, SERVER, OTHER)));
        }
    }

    /** The window is a fifth of the life, at most five minutes. */
    @Test
    void renewsInTheLastFifthOrTheLastFiveMinutes() {
        Credentials credentials = credentials(Map.of());
        signIn(tokens("stored", "refresh", Duration.ofMinutes(10)));
        time.pass(Duration.ofMinutes(8).minusSeconds(1));
        assertThat(fresh(credentials, Duration.ZERO)).isEqualTo("stored");
        time.pass(Duration.ofSeconds(1));
        assertThat(fresh(credentials, Duration.ZERO)).isEqualTo("access-1");
        time.pass(Duration.ofMinutes(55).minusSeconds(1));
        assertThat(fresh(credentials, Duration.ZERO)).isEqualTo("access-1");
        time.pass(Duration.ofSeconds(1));
        assertThat(fresh(credentials, Duration.ZERO)).isEqualTo("access-2");
        assertThat(renewals).containsExactly("stored", "access-1");
    }

    @Test
    @Case("H07")
    void aLongerRestMakesNoStormOfRefreshes() {
        Credentials credentials = credentials(Map.of());
        signIn(tokens("stored", "refresh", Duration.ofHours(1)));
        assertThat(fresh(credentials, Duration.ofMinutes(30))).isEqualTo("stored");
        time.pass(Duration.ofMinutes(31));
        assertThat(fresh(credentials, Duration.ofMinutes(30))).isEqualTo("access-1");
        for (int i = 0; i < 10; i++) {
            assertThat(fresh(credentials, Duration.ofHours(5))).isEqualTo("access-1");
        }
        assertThat(renewals).hasSize(1);
    }

    @Test
    void passingTroubleStopsNobodyWhileTheTokenIsGood() {
        Credentials credentials = credentials(Map.of());
        signIn(tokens("stored", "refresh", Duration.ofMinutes(10)));
        time.pass(Duration.ofMinutes(9));
        for (FailureException passing : List.of(
                Failure.unreachable("away", "later"), Failure.failed("refused", "x"), Failure.storage("full", "x"))) {
            trouble = Optional.of(passing);
            assertThat(fresh(credentials, Duration.ZERO)).isEqualTo("stored");
        }
        for (Failure end : List.of(
                new Failure.SessionEnded(NAME, "revoked"), new Failure.Interrupted(dev.ast.domain.Exit.INTERRUPTED))) {
            trouble = Optional.of(end.asException());
            assertThatExceptionOfType(FailureException.class).isThrownBy(() -> fresh(credentials, Duration.ZERO));
        }
        time.pass(Duration.ofMinutes(1));
        trouble = Optional.of(Failure.unreachable("away", "later"));
        assertThatExceptionOfType(FailureException.class)
                .isThrownBy(() -> fresh(credentials, Duration.ZERO))
                .withMessageContaining("away");
    }

    @Test
    @Case("H10")
    void whoSignedOutMeanwhileIsNotSignedIn() {
        Credentials credentials = new Credentials(
                sessions,
                EnvironmentTokens.plain(Environment.of(Map.of()), time),
                NO_MACHINE,
                (name, stale) -> Optional.empty(),
                time,
                afterwards::add);
        signIn(tokens("stored", "refresh", Duration.ofMinutes(10)));
        time.pass(Duration.ofMinutes(9));
        assertThatExceptionOfType(FailureException.class)
                .isThrownBy(() -> fresh(credentials, Duration.ZERO))
                .satisfies(e -> assertThat(e.failure()).isEqualTo(new Failure.NotSignedIn(NAME)));
    }

    @Test
    void withoutRefreshTokenTheSessionLastsAsLongAsTheToken() {
        Credentials credentials = credentials(Map.of());
        signIn(tokens("stored", "", Duration.ofMinutes(10)));
        time.pass(Duration.ofMinutes(10).minusSeconds(1));
        assertThat(fresh(credentials, Duration.ZERO)).isEqualTo("stored");
        time.pass(Duration.ofSeconds(1));
        assertThatExceptionOfType(FailureException.class)
                .isThrownBy(() -> fresh(credentials, Duration.ZERO))
                .satisfies(e -> assertThat(e.failure()).isInstanceOf(Failure.SessionEnded.class));
    }

    @Test
    void whatCouldNotBeSavedServesThisProcessAndIsSavedLater() {
        Credentials credentials = credentials(Map.of());
        signIn(tokens("stored", "refresh", Duration.ofMinutes(10)));
        time.pass(Duration.ofMinutes(10));
        unsaved = Optional.of(new Failure.Storage("the disk is full", Optional.empty()));
        assertThat(fresh(credentials, Duration.ZERO)).isEqualTo("access-1");
        assertThat(afterwards).containsExactly(unsaved.get());
        assertThat(sessions.tokens(NAME).orElseThrow().access().reveal()).isEqualTo("stored");
        assertThat(fresh(credentials, Duration.ZERO)).isEqualTo("access-1");
        assertThat(sessions.tokens(NAME).orElseThrow().access().reveal()).isEqualTo("access-1");
        assertThat(renewals).containsExactly("stored");
    }

    @Test
    @Case("H11")
    void afterARefusalTheWinnersTokenIsTriedBeforeASecondRenewal() {
        Credentials credentials = credentials(Map.of());
        signIn(tokens("stored", "refresh", Duration.ofHours(1)));
        Credential refused = credentials.fresh(target(SERVER), Optional.empty(), Duration.ZERO);
        sessions.renew(NAME, tokens("of another process", "r", Duration.ofHours(1)));
        assertThat(credentials
                        .afterRefusal(target(SERVER), refused)
                        .orElseThrow()
                        .tokens()
                        .access()
                        .reveal())
                .isEqualTo("of another process");
        assertThat(renewals).isEmpty();
        Credential again = credentials.fresh(target(SERVER), Optional.empty(), Duration.ZERO);
        assertThat(credentials
                        .afterRefusal(target(SERVER), again)
                        .orElseThrow()
                        .tokens()
                        .access()
                        .reveal())
                .isEqualTo("access-1");
        Credential given =
                credentials(Map.of("AST_TOKEN", "any")).fresh(target(SERVER), Optional.empty(), Duration.ZERO);
        assertThat(credentials.afterRefusal(target(SERVER), given)).isEmpty();
    }

    @Test
    @Case("H02")
    void theLoserOfARaceEndsNothing() {
        TokenSet first = tokens("stored", "refresh", Duration.ofHours(1));
        signIn(first);
        TokenSet winner = tokens("winner", "refresh of the winner", Duration.ofHours(1));
        sessions.renew(NAME, winner);
        assertThat(sessions.end(NAME, first)).isFalse();
        assertThat(sessions.tokens(NAME).orElseThrow().access().reveal()).isEqualTo("winner");
        assertThat(sessions.end(NAME, winner)).isTrue();
        assertThatExceptionOfType(FailureException.class)
                .isThrownBy(() -> sessions.tokens(NAME))
                .satisfies(e -> assertThat(e.failure()).isInstanceOf(Failure.SessionEnded.class));
        // Who is renewing while somebody signs out writes nothing back.
        sessions.signOut(NAME);
        sessions.renew(NAME, winner);
        assertThat(sessions.tokens(NAME)).isEmpty();
    }
}
