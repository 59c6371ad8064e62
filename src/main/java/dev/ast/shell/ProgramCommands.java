package dev.ast.shell;

import dev.ast.command.ApiCommand;
import dev.ast.command.CommandSpec;
import dev.ast.command.ContextCommands;
import dev.ast.command.CredentialCommands;
import dev.ast.command.DiagnosisCommands;
import dev.ast.command.ImportCommand;
import dev.ast.command.LoginCommands;
import dev.ast.command.PatCommands;
import dev.ast.command.ProfileCommands;
import dev.ast.command.SandboxCommand;
import dev.ast.command.SessionCommands;
import dev.ast.command.StorageCommands;
import dev.ast.shell.completion.CompleteCommand;
import dev.ast.shell.completion.LineCompleter;
import dev.ast.shell.grammar.Catalog;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** All commands of the program, for both wirings. */
public record ProgramCommands(
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
        ShellCommands shell) {

    /**
     * Their catalog.
     *
     * @param self the catalog itself, asked when the completion script is
     * @param completer asked when a line is completed
     */
    public Catalog catalog(Supplier<Catalog> self, Supplier<LineCompleter> completer) {
        List<CommandSpec> specs = new ArrayList<>();
        specs.addAll(login.specs());
        specs.addAll(storage.specs());
        specs.addAll(session.specs());
        specs.addAll(profile.specs());
        specs.addAll(context.specs());
        specs.addAll(pat.specs());
        specs.addAll(importing.specs());
        specs.addAll(credential.specs());
        specs.addAll(diagnosis.specs());
        specs.add(api.spec());
        specs.addAll(sandbox.specs());
        specs.add(CompleteCommand.completion(self));
        specs.add(CompleteCommand.callBack(completer));
        specs.addAll(shell.specs());
        return new Catalog(specs);
    }
}
