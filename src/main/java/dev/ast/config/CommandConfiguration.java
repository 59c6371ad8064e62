package dev.ast.config;

import dev.ast.api.ApiCall;
import dev.ast.api.PersonalTokens;
import dev.ast.command.ApiCommand;
import dev.ast.command.ContextCommands;
import dev.ast.command.CredentialCommands;
import dev.ast.command.DiagnosisCommands;
import dev.ast.command.ImportCommand;
import dev.ast.command.LoginCommands;
import dev.ast.command.PatCommands;
import dev.ast.command.ProfileCommands;
import dev.ast.command.SandboxCommand;
import dev.ast.command.Selections;
import dev.ast.command.SessionCommands;
import dev.ast.command.StorageCommands;
import dev.ast.diagnosis.Reasons;
import dev.ast.host.AstHome;
import dev.ast.host.Input;
import dev.ast.host.Interrupts;
import dev.ast.host.Programs;
import dev.ast.host.Signals;
import dev.ast.host.Sleeper;
import dev.ast.http.Http;
import dev.ast.login.Login;
import dev.ast.login.Logout;
import dev.ast.login.TokenText;
import dev.ast.login.importing.Import;
import dev.ast.output.QrPicture;
import dev.ast.output.Screen;
import dev.ast.output.view.SignInLines;
import dev.ast.profile.ProfileEditor;
import dev.ast.profile.Profiles;
import dev.ast.profile.StorageMigration;
import dev.ast.protocol.RegistryCredentials;
import dev.ast.provider.Providers;
import dev.ast.sandbox.Sandbox;
import dev.ast.session.ContextSwitcher;
import dev.ast.session.Credentials;
import dev.ast.session.ProfileSwitcher;
import dev.ast.session.SessionCheck;
import dev.ast.session.SessionReport;
import dev.ast.session.Targets;
import dev.ast.shell.Leave;
import dev.ast.shell.ProgramCommands;
import dev.ast.shell.ShellCommands;
import dev.ast.shell.completion.LineCompleter;
import dev.ast.shell.grammar.Catalog;
import dev.ast.shell.interactive.ShellControls;
import java.time.InstantSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Everything that can be asked of the program. */
@Configuration(proxyBeanMethods = false)
public class CommandConfiguration {

    @Bean
    Selections selections(TokenText tokens) {
        return new Selections(tokens);
    }

    @Bean
    LoginCommands loginCommands(
            ObjectProvider<Login> login,
            ObjectProvider<Logout> logout,
            Profiles profiles,
            Targets targets,
            Credentials credentials,
            Selections selections,
            TokenText tokens,
            InstantSource clock) {
        return new LoginCommands(
                login::getObject,
                logout::getObject,
                profiles,
                targets,
                credentials,
                selections,
                tokens,
                conversation -> new SignInLines(conversation, clock, QrPicture::draw));
    }

    @Bean
    SessionCommands sessionCommands(
            SessionReport report, SessionCheck check, Targets targets, Credentials credentials, Selections selections) {
        return new SessionCommands(report, check, targets, credentials, selections);
    }

    @Bean
    ProfileCommands profileCommands(
            Profiles profiles,
            ProfileEditor editor,
            ProfileSwitcher switcher,
            Targets targets,
            Providers providers,
            Selections selections) {
        return new ProfileCommands(profiles, editor, switcher, targets, providers, selections);
    }

    @Bean
    ContextCommands contextCommands(ContextSwitcher switcher, Selections selections) {
        return new ContextCommands(switcher, selections);
    }

    @Bean
    PatCommands patCommands(ObjectProvider<PersonalTokens> tokens, Selections selections) {
        return new PatCommands(tokens::getObject, selections);
    }

    @Bean
    ImportCommand importCommand(ObjectProvider<Import> importing) {
        return new ImportCommand(importing::getObject);
    }

    @Bean
    CredentialCommands credentialCommands(
            ObjectProvider<RegistryCredentials> registries, Selections selections, Input input) {
        return new CredentialCommands(registries::getObject, selections, input::standard);
    }

    @Bean
    DiagnosisCommands diagnosisCommands(ObjectProvider<Reasons> reasons, Selections selections) {
        return new DiagnosisCommands(reasons::getObject, selections);
    }

    @Bean
    ApiCommand apiCommand(ObjectProvider<ApiCall> api, Selections selections, Input input) {
        return new ApiCommand(api::getObject, selections, () -> input);
    }

    @Bean
    Sandbox sandbox(
            Programs programs,
            AstHome home,
            InstantSource clock,
            Sleeper sleeper,
            Interrupts interrupts,
            Signals signals,
            Http http) {
        return new Sandbox(programs, home, clock, sleeper, interrupts, signals, http);
    }

    @Bean
    SandboxCommand sandboxCommand(ObjectProvider<Sandbox> sandbox, Screen screen) {
        return new SandboxCommand(sandbox::getObject, line -> {
            screen.out(line + "\n");
            screen.flush();
        });
    }

    @Bean
    ShellCommands shellCommands(ObjectProvider<Catalog> catalog, ShellControls shell, Leave leave) {
        return new ShellCommands(catalog::getObject, shell::history, shell::clear, leave);
    }

    @Bean
    StorageCommands storageCommands(ObjectProvider<StorageMigration> migration) {
        return new StorageCommands(migration::getObject);
    }

    @Bean
    Catalog catalog(
            LoginCommands login,
            StorageCommands storage,
            SessionCommands session,
            ProfileCommands profile,
            ContextCommands context,
            PatCommands pat,
            ImportCommand importing,
            CredentialCommands credential,
            DiagnosisCommands diagnosis,
            ApiCommand api,
            SandboxCommand sandbox,
            ShellCommands shell,
            ObjectProvider<Catalog> self,
            ObjectProvider<LineCompleter> completer) {
        return new ProgramCommands(
                        login,
                        storage,
                        session,
                        profile,
                        context,
                        pat,
                        importing,
                        credential,
                        diagnosis,
                        api,
                        sandbox,
                        shell)
                .catalog(self::getObject, completer::getObject);
    }
}
