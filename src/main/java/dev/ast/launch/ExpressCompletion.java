package dev.ast.launch;

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
import dev.ast.credential.TokenRepository;
import dev.ast.login.SignInScreen;
import dev.ast.login.TokenText;
import dev.ast.profile.ProfileEditor;
import dev.ast.profile.Profiles;
import dev.ast.profile.StoredSessions;
import dev.ast.provider.Providers;
import dev.ast.session.ContextSwitcher;
import dev.ast.session.Credentials;
import dev.ast.session.ProfileSwitcher;
import dev.ast.session.SessionCheck;
import dev.ast.session.ShellSession;
import dev.ast.session.Targets;
import dev.ast.shell.Leave;
import dev.ast.shell.ProgramCommands;
import dev.ast.shell.ShellCommands;
import dev.ast.shell.completion.LineCompleter;
import dev.ast.shell.completion.StoredNames;
import dev.ast.shell.grammar.Catalog;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;

/**
 * The catalogue that the call-back of shell completion needs: all commands, of which only the call-back itself is run
 * here. What the others would need beside it falls through to the full program.
 */
record ExpressCompletion(
        Profiles profiles,
        InstantSource clock,
        StoredSessions sessions,
        Targets targets,
        Credentials credentials,
        SessionCheck check) {

    Catalog catalog(SessionCommands session, Selections selections) {
        Providers providers = new Providers(List.of());
        ShellSession shell = new ShellSession();
        ProgramCommands commands = new ProgramCommands(
                new LoginCommands(
                        FallThrough.part(),
                        FallThrough.part(),
                        profiles,
                        targets,
                        credentials,
                        selections,
                        new TokenText(FallThrough.part()),
                        conversation -> FallThrough.<SignInScreen>part().get()),
                new StorageCommands(FallThrough.part()),
                session,
                new ProfileCommands(
                        profiles,
                        new ProfileEditor(
                                profiles,
                                sessions,
                                kind -> FallThrough.<TokenRepository>part().get()),
                        new ProfileSwitcher(profiles, shell),
                        targets,
                        providers,
                        selections),
                new ContextCommands(new ContextSwitcher(profiles, targets, check, clock), selections),
                new PatCommands(FallThrough.part(), selections),
                new ImportCommand(FallThrough.part()),
                new CredentialCommands(FallThrough.part(), selections, FallThrough.part()),
                new DiagnosisCommands(FallThrough.part(), selections),
                new ApiCommand(FallThrough.part(), selections, FallThrough.part()),
                new SandboxCommand(FallThrough.part(), line -> {}),
                new ShellCommands(FallThrough.part(), FallThrough.part(), () -> {}, new Leave()));
        Supplier<LineCompleter> completer = () -> new LineCompleter(
                commands.catalog(FallThrough.part(), FallThrough.part()),
                new StoredNames(profiles, targets, FallThrough.part(), selection -> {
                    throw new FallThrough(); // the full program asks the server, too
                }));
        return commands.catalog(FallThrough.part(), completer);
    }
}
