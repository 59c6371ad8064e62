package dev.ast.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ast.app.SealedEnvironment;
import dev.ast.app.SettingsReader;
import dev.ast.credential.file.CredentialsFile;
import dev.ast.credential.file.FileTokenRepository;
import dev.ast.credential.file.LockFiles;
import dev.ast.credential.file.PrivateFiles;
import dev.ast.domain.FailureException;
import dev.ast.domain.Profile;
import dev.ast.domain.ProfileName;
import dev.ast.domain.Secret;
import dev.ast.domain.Workload;
import dev.ast.host.AstHome;
import dev.ast.host.Environment;
import dev.ast.oauth.OAuthClient;
import dev.ast.profile.Profiles;
import dev.ast.profile.StoredSessions;
import dev.ast.provider.Provider;
import dev.ast.session.Selection;
import dev.ast.support.MovableTime;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import dev.ast.support.NoLog;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a user at a terminal is asked for, when the line does not say it. */
class AskedValuesTest {
    private static final Profile FRESH = Profile.fresh(ProfileName.DEFAULT, "");

    private final MovableTime time = new MovableTime();
    private final List<String> questions = new ArrayList<>();

    @TempDir
    private Path home;

    /** A screen whose user gives these answers; an empty one is a plain Enter. */
    private SignInScreen screen(String... answers) {
        Deque<String> left = new ArrayDeque<>(Arrays.asList(answers));
        return (SignInScreen) Proxy.newProxyInstance(
                SignInScreen.class.getClassLoader(),
                new Class<?>[] {SignInScreen.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "canAsk" -> true;
                    case "ask" -> {
                        questions.add(arguments[0].toString());
                        yield Optional.of(left.remove()).filter(answer -> !answer.isEmpty());
                    }
                    case "askSecret" -> {
                        questions.add(arguments[0] + " (hidden)");
                        yield Secret.of(left.remove());
                    }
                    default -> throw new AssertionError(method);
                });
    }

    private Provider provider(String id) {
        return SettingsReader.prepared(SealedEnvironment.of(home.resolve("config.yml")))
                .platforms()
                .require(id);
    }

    private static LoginRequest request() {
        return new LoginRequest(
                Selection.NONE,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                SignInWay.AUTOMATIC,
                false,
                false,
                false,
                false,
                Optional.empty(),
                new ClientRequest(
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        List.of(),
                        List.of(),
                        Map.of(),
                        false,
                        Optional.empty(),
                        false,
                        Workload.NONE),
                new LoginWait(false, Optional.empty(), Optional.empty()));
    }

    private Profile asked(String id, String... answers) {
        return new MissingValues(provider(id), request(), Optional.empty()).asked(FRESH, screen(answers));
    }

    @Test
    void tenantAndClientAreAskedFor() {
        Profile profile = asked("okta", " acme.okta.com ", "my-client");

        assertThat(questions).containsExactly("Okta domain, such as acme.okta.com", "Client id");
        assertThat(profile.issuer()).hasToString("Optional[https://acme.okta.com]");
        assertThat(profile.clientId()).contains("my-client");
        assertThat(profile.provider()).isEqualTo("okta");
    }

    @Test
    void whatStaysUnansweredIsMissing() {
        assertThatThrownBy(() -> asked("okta", "acme.okta.com", ""))
                .isInstanceOf(FailureException.class)
                .hasMessage("provider okta needs the client id");
    }

    @Test
    void anAnswerThatIsNoIssuerIsRefused() {
        assertThatThrownBy(() -> asked("dex", "dex example", "c"))
                .isInstanceOf(FailureException.class)
                .hasMessageContaining("is not the issuer of Dex, such as https://dex.example.com");
    }

    @Test
    void theSecretIsAskedForWithoutEchoWhereThePresetHasOne() {
        AstHome files = new AstHome(home.resolve("home"), false);
        PrivateFiles written = new PrivateFiles(files.directory());
        LockFiles locks = new LockFiles(files, written, time, time);
        CredentialsFile file = new CredentialsFile(files, written, locks);
        Profiles profiles = new Profiles(file);
        ClientSecrets secrets = new ClientSecrets(
                Environment.of(Map.of()),
                profiles,
                new StoredSessions(profiles, kind -> new FileTokenRepository(file), locks, time, NoLog.LOG));
        Provider google = provider("google");
        Profile profile = asked("google", "my-client");

        OAuthClient client =
                secrets.complete(google, google.clientOf(profile), profile, request(), screen("secret-of-the-test"));

        assertThat(questions).containsExactly("Client id", "Secret of the client my-client (hidden)");
        assertThat(client.options().anySecret().map(Secret::reveal)).contains("secret-of-the-test");
    }
}
