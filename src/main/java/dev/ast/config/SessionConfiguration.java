package dev.ast.config;

import dev.ast.api.ApiCall;
import dev.ast.api.PersonalTokens;
import dev.ast.credential.file.CredentialsFile;
import dev.ast.credential.file.LockFiles;
import dev.ast.credential.keyring.KeyringTokenRepository;
import dev.ast.diagnosis.Reasons;
import dev.ast.host.Browser;
import dev.ast.host.Environment;
import dev.ast.host.Input;
import dev.ast.host.Interrupts;
import dev.ast.host.Launcher;
import dev.ast.host.Programs;
import dev.ast.host.Sleeper;
import dev.ast.http.Http;
import dev.ast.login.AccountClaim;
import dev.ast.login.BrowserLogin;
import dev.ast.login.DeviceLogin;
import dev.ast.login.Login;
import dev.ast.login.LoginStorage;
import dev.ast.login.Logout;
import dev.ast.login.PasswordLogin;
import dev.ast.login.ProfileSetup;
import dev.ast.login.Revocations;
import dev.ast.login.TokenText;
import dev.ast.login.importing.Import;
import dev.ast.oauth.IdTokens;
import dev.ast.oauth.OAuthTokens;
import dev.ast.oauth.TokenRevocationClient;
import dev.ast.output.Screen;
import dev.ast.profile.Profiles;
import dev.ast.profile.StorageMigration;
import dev.ast.profile.StoredSessions;
import dev.ast.protocol.RegistryCredentials;
import dev.ast.provider.AccountNames;
import dev.ast.provider.Houston;
import dev.ast.provider.Identities;
import dev.ast.provider.PlatformClients;
import dev.ast.provider.Providers;
import dev.ast.session.ContextRefresh;
import dev.ast.session.ContextSwitcher;
import dev.ast.session.Credentials;
import dev.ast.session.DeferredFailures;
import dev.ast.session.EnvironmentTokens;
import dev.ast.session.OAuthRenewal;
import dev.ast.session.ProfileSwitcher;
import dev.ast.session.RenewalProcess;
import dev.ast.session.SessionCheck;
import dev.ast.session.SessionReport;
import dev.ast.session.ShellSession;
import dev.ast.session.Targets;
import dev.ast.session.TokenRenewal;
import dev.ast.shell.interactive.ShellConversations;
import java.time.InstantSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The session, signing in and out, and requests. */
@Configuration(proxyBeanMethods = false)
public class SessionConfiguration {

    @Bean
    ShellSession shellSession() {
        return new ShellSession();
    }

    @Bean
    DeferredFailures deferredFailures() {
        return new DeferredFailures();
    }

    @Bean
    Targets targets(Profiles profiles, Providers providers, Environment environment, ShellSession shell) {
        return new Targets(profiles, providers, environment, shell);
    }

    /** Renews in a process of its own; in this one only where there is no launcher to start it. */
    @Bean
    TokenRenewal tokenRenewal(
            ObjectProvider<OAuthTokens> tokens,
            Programs programs,
            StoredSessions sessions,
            LockFiles locks,
            Interrupts interrupts) {
        return Launcher.ofProcess()
                .<TokenRenewal>map(launcher -> new RenewalProcess(launcher, programs, sessions, locks, interrupts))
                .orElseGet(() -> new OAuthRenewal(tokens::getObject));
    }

    @Bean
    ContextSwitcher contextSwitcher(Profiles profiles, Targets targets, SessionCheck check, InstantSource clock) {
        return new ContextSwitcher(profiles, targets, check, clock);
    }

    @Bean
    ContextRefresh contextRefresh(
            ContextSwitcher switcher, Targets targets, InstantSource clock, ShellConversations conversations) {
        return new ContextRefresh(switcher, targets, clock, conversations::quietly);
    }

    @Bean
    EnvironmentTokens environmentTokens(
            Environment environment,
            InstantSource clock,
            ObjectProvider<OAuthTokens> tokens,
            ObjectProvider<PlatformClients> clients,
            Screen screen) {
        return new EnvironmentTokens(
                environment,
                clock,
                (target, id, secret, audience) -> tokens.getObject()
                        .byKeyPair(
                                clients.getObject().of(target.provider(), target.profileAtHome()),
                                id,
                                secret,
                                audience),
                warning -> screen.err("warning: " + warning + "\n"));
    }

    @Bean
    Credentials credentials(
            StoredSessions sessions,
            EnvironmentTokens environment,
            TokenRenewal renewal,
            InstantSource clock,
            DeferredFailures late) {
        return new Credentials(sessions, environment, renewal, clock, late::add);
    }

    @Bean
    ProfileSwitcher profileSwitcher(Profiles profiles, ShellSession shell) {
        return new ProfileSwitcher(profiles, shell);
    }

    @Bean
    SessionReport sessionReport(Profiles profiles, Targets targets, Credentials credentials, InstantSource clock) {
        return new SessionReport(profiles, targets, credentials, clock);
    }

    @Bean
    SessionCheck sessionCheck(
            SessionReport report,
            Targets targets,
            Credentials credentials,
            ObjectProvider<Identities> identities,
            ObjectProvider<OAuthTokens> tokens,
            ObjectProvider<PlatformClients> clients) {
        return new SessionCheck(
                report, targets, credentials, identities::getObject, tokens::getObject, clients::getObject);
    }

    @Bean
    TokenText tokenText(Input input) {
        return new TokenText(() -> input);
    }

    @Bean
    ProfileSetup profileSetup(Profiles profiles, Targets targets, Providers providers) {
        return new ProfileSetup(profiles, targets, providers);
    }

    @Bean
    DeviceLogin deviceLogin(OAuthTokens tokens, Browser browser) {
        return new DeviceLogin(tokens, browser);
    }

    @Bean
    BrowserLogin browserLogin(
            OAuthTokens tokens,
            IdTokens idTokens,
            Browser browser,
            InstantSource clock,
            Sleeper sleeper,
            Interrupts interrupts) {
        return new BrowserLogin(tokens, idTokens, browser, clock, sleeper, interrupts);
    }

    @Bean
    Login login(
            ProfileSetup setup,
            Providers providers,
            Profiles profiles,
            StoredSessions sessions,
            DeviceLogin device,
            BrowserLogin web,
            Browser browser,
            Http http,
            PlatformClients clients,
            OAuthTokens tokens,
            Identities identities,
            Credentials credentials,
            Targets targets,
            LoginStorage storage,
            InstantSource clock,
            Interrupts interrupts) {
        return new Login(
                setup,
                providers,
                profiles,
                sessions,
                device,
                web,
                browser,
                new AccountClaim(new AccountNames(http)),
                new PasswordLogin(new Houston(http), browser),
                clients,
                tokens,
                identities,
                credentials,
                targets,
                storage,
                clock,
                interrupts);
    }

    @Bean
    Revocations revocations(
            Providers providers, PlatformClients clients, OAuthTokens tokens, TokenRevocationClient client) {
        return new Revocations(providers, clients, tokens, client);
    }

    @Bean
    Logout logout(
            Profiles profiles,
            StoredSessions sessions,
            CredentialsFile file,
            Revocations revocations,
            StorageMigration storage,
            LoginStorage setting,
            Interrupts interrupts) {
        return new Logout(profiles, sessions, file, revocations, () -> setting.leftovers(storage), interrupts);
    }

    @Bean
    PersonalTokens personalTokens(Targets targets, Credentials credentials, Http http) {
        return new PersonalTokens(targets, credentials, http);
    }

    @Bean
    Import importing(
            Environment environment,
            CredentialsFile file,
            Profiles profiles,
            StoredSessions sessions,
            Providers providers,
            PlatformClients clients,
            OAuthTokens tokens,
            LoginStorage storage,
            ObjectProvider<KeyringTokenRepository> keyring,
            InstantSource clock) {
        return new Import(
                environment,
                file,
                profiles,
                sessions,
                providers,
                clients,
                tokens,
                storage,
                (service, user) -> keyring.getObject().foreign(service, user),
                clock);
    }

    @Bean
    Reasons reasons(Targets targets, Credentials credentials) {
        return new Reasons(targets, credentials);
    }

    @Bean
    RegistryCredentials registryCredentials(Profiles profiles, Targets targets, Credentials credentials) {
        return new RegistryCredentials(profiles, targets, credentials);
    }

    @Bean
    ApiCall apiCall(Targets targets, Credentials credentials, Http http) {
        return new ApiCall(targets, credentials, http);
    }
}
