package dev.ast.app;

import dev.ast.command.CredentialCommands;
import dev.ast.domain.Failure;
import dev.ast.domain.ServerOrigin;
import dev.ast.host.Environment;
import dev.ast.host.Launcher;
import dev.ast.host.Programs;
import dev.ast.protocol.OriginCredentials;
import dev.ast.protocol.SetupPlace;
import dev.ast.session.Selection;
import java.util.Optional;
import java.util.function.Supplier;

/** Where another program is set up on this computer to ask this one. */
record SetupParts(
        Selection selection, OriginCredentials origins, Environment environment, Supplier<Programs> programs)
        implements CredentialCommands.Setting {
    @Override
    public SetupPlace place(Optional<String> host) {
        return new SetupPlace(
                Launcher.ofProcess()
                        .map(Launcher::program)
                        .orElseThrow(() -> Failure.failed("nothing says where ast is", "start it by bin/ast")),
                origins.setUpFor(selection, host),
                selection.profile(),
                environment,
                programs);
    }

    @Override
    public boolean answers(ServerOrigin origin) {
        return origins.answers(selection, origin);
    }
}
