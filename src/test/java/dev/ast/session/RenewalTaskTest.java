package dev.ast.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ast.credential.TokenRepository;
import dev.ast.credential.file.CredentialsFile;
import dev.ast.credential.file.FileTokenRepository;
import dev.ast.credential.file.LockFiles;
import dev.ast.credential.file.PrivateFiles;
import dev.ast.domain.Exit;
import dev.ast.domain.Failure;
import dev.ast.domain.Profile;
import dev.ast.domain.ProfileName;
import dev.ast.domain.Renewed;
import dev.ast.domain.Secret;
import dev.ast.domain.ServerOrigin;
import dev.ast.domain.StorageKind;
import dev.ast.domain.TokenSet;
import dev.ast.host.AstHome;
import dev.ast.profile.Profiles;
import dev.ast.profile.StoredSessions;
import dev.ast.support.Case;
import dev.ast.support.MovableTime;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import dev.ast.support.NoLog;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a renewal process does with what a command asks of it. */
class RenewalTaskTest {
    private static final ProfileName PROD = new ProfileName("prod");
    private static final ServerOrigin SERVER = ServerOrigin.parse("https://api.example.com");

    @TempDir
    private Path folder;

    private final MovableTime time = new MovableTime();
    private Profiles profiles;
    private StoredSessions sessions;
    private int failures;

    @BeforeEach
    void signIn() {
        AstHome home = new AstHome(folder, false);
        PrivateFiles files = new PrivateFiles(folder);
        LockFiles locks = new LockFiles(home, files, time, time);
        CredentialsFile file = new CredentialsFile(home, files, locks);
        profiles = new Profiles(file);
        FileTokenRepository real = new FileTokenRepository(file);
        sessions = new StoredSessions(profiles, kind -> failing(real), locks, time, NoLog.LOG);
        sessions.signIn(Profile.fresh(PROD, "oidc").at(SERVER), tokens("old", "old-refresh"), StorageKind.FILE);
    }

    @Test
    void itRenewsWhatTheCommandFoundStaleAndAnswersWithTheNewTokens() {
        RenewalAnswer answer = run(request("old"), Exit.OK);

        assertThat(answer.failure()).isEmpty();
        assertThat(answer.tokens().orElseThrow().access().reveal()).isEqualTo("new");
        assertThat(stored()).isEqualTo("new");
    }

    @Test
    @Case("H01")
    void itRenewsNothingThatAnotherProcessHasRenewed() {
        RenewalAnswer answer = run(request("older"), Exit.OK);

        assertThat(answer.tokens().orElseThrow().access().reveal()).isEqualTo("old");
        assertThat(stored()).isEqualTo("old");
    }

    @Test
    @Case("H05")
    void aCommandThatWasKilledBeforeItAskedChangesNothing() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        assertThat(task().run(InputStream.nullInputStream(), out)).isEqualTo(Exit.USAGE);
        assertThat(stored()).isEqualTo("old");
        assertThat(out.size()).isZero();
    }

    @Test
    @Case("H05")
    void aCommandThatWasKilledBeforeItsAnswerFindsItStored() {
        OutputStream closed = new OutputStream() {
            @Override
            public void write(int b) throws java.io.IOException {
                throw new java.io.IOException("Broken pipe");
            }
        };

        assertThat(task().run(new ByteArrayInputStream(request("old")), closed)).isEqualTo(Exit.OK);
        assertThat(stored()).isEqualTo("new");
    }

    @Test
    @Case("E06")
    void tokensThatCannotBeStoredAreHandedOverAndTriedAgain() {
        failures = 4;
        RenewalAnswer answer = run(request("old"), Exit.STORAGE);

        assertThat(answer.tokens().orElseThrow().access().reveal()).isEqualTo("new");
        assertThat(answer.failure().orElseThrow())
                .isInstanceOfSatisfying(
                        Failure.Storage.class,
                        failure -> assertThat(failure.message())
                                .isEqualTo("the renewed session of prod is not stored yet: no space left on device;"
                                        + " it is lost unless that is fixed within 10 s"));
        assertThat(stored()).as("after the disk had space again").isEqualTo("new");
        assertThat(time.pauses()).hasSize(4).containsOnly(Duration.ofSeconds(1));
    }

    @Test
    @Case("E06")
    void itDoesNotTryForever() {
        failures = Integer.MAX_VALUE;
        run(request("old"), Exit.STORAGE);

        assertThat(time.pauses()).hasSize((int) RenewalTask.PATIENCE.toSeconds());
        assertThat(stored()).isEqualTo("old");
    }

    @Test
    void failuresCrossTheProcessWithTheirKind() {
        ServerOrigin other = ServerOrigin.parse("https://other.example.com");
        List<Failure> all = List.of(
                new Failure.SessionEnded(PROD, "refused"),
                new Failure.NotSignedIn(PROD),
                new Failure.OtherOrigin(PROD, SERVER, other),
                new Failure.Unreachable("no answer", Optional.of("try again")),
                new Failure.Storage("disk full", Optional.empty()),
                new Failure.Denied("no", Optional.of("ask")),
                new Failure.Usage("bad value", Optional.empty()),
                new Failure.Failed("odd", Optional.of("look")));
        for (Failure failure : all) {
            byte[] written = new RenewalAnswer(Optional.empty(), Optional.of(failure)).written();
            assertThat(RenewalAnswer.read(written, PROD).orElseThrow().failure())
                    .contains(failure);
        }
    }

    private RenewalAnswer run(byte[] request, Exit expected) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        assertThat(task().run(new ByteArrayInputStream(request), out)).isEqualTo(expected);
        return RenewalAnswer.read(out.toByteArray(), PROD).orElseThrow();
    }

    private static byte[] request(String stale) {
        return new RenewalRequest(PROD, Optional.empty(), Optional.of(Secret.of(stale))).written();
    }

    private String stored() {
        return sessions.tokens(PROD).orElseThrow().access().reveal();
    }

    private RenewalTask task() {
        return new RenewalTask(new Server(), sessions, time);
    }

    /** Renews as the OAuth client does: decides on what is stored, and reports what cannot be stored. */
    private final class Server implements TokenRenewal {
        @Override
        public Optional<Renewed> renew(ProfileName profile, Predicate<TokenSet> stale) {
            TokenSet stored = sessions.tokens(profile).orElseThrow();
            if (!stale.test(stored)) {
                return Optional.of(new Renewed(stored, Optional.empty()));
            }
            TokenSet renewed = tokens("new", "new-refresh");
            try {
                sessions.renew(profile, renewed);
                return Optional.of(new Renewed(renewed, Optional.empty()));
            } catch (dev.ast.domain.FailureException e) {
                return Optional.of(new Renewed(renewed, Optional.of(e.failure())));
            }
        }
    }

    private TokenRepository failing(FileTokenRepository real) {
        return new TokenRepository() {
            @Override
            public StorageKind kind() {
                return real.kind();
            }

            @Override
            public Optional<TokenSet> load(ProfileName profile) {
                return real.load(profile);
            }

            @Override
            public void save(ProfileName profile, TokenSet tokens) {
                if (tokens.access().reveal().equals("new") && failures-- > 0) {
                    throw Failure.storage("no space left on device", "free space");
                }
                real.save(profile, tokens);
            }

            @Override
            public void delete(ProfileName profile) {
                real.delete(profile);
            }
        };
    }

    private TokenSet tokens(String access, String refresh) {
        return new TokenSet(
                SERVER,
                SERVER,
                Secret.of(access),
                "Bearer",
                Optional.of(Secret.of(refresh)),
                time.instant(),
                Optional.of(time.instant().plusSeconds(3600)),
                Optional.empty(),
                List.of(),
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }
}
