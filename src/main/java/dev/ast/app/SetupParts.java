package dev.ast.app;

import dev.ast.command.CredentialCommands;
import dev.ast.command.Selections;
import dev.ast.domain.Failure;
import dev.ast.domain.ServerOrigin;
import dev.ast.host.Environment;
import dev.ast.host.Launcher;
import dev.ast.host.Programs;
import dev.ast.protocol.HelperProtocols;
import dev.ast.protocol.OriginCredentials;
import dev.ast.protocol.SetupPlace;
import dev.ast.session.Selection;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** The helpers of other programs, and where such a program is set up on this computer to ask this one. */
record SetupParts(Selection selection, OriginCredentials origins, Environment environment, Supplier<Programs> programs)
        implements CredentialCommands.Setting {

    /** The commands that speak the protocols of other programs. */
    static CredentialCommands commands(
            Foundation base, SessionParts session, Selections selections, Supplier<OnlineParts> online) {
        OriginCredentials origins = session.originCredentials();
        return new CredentialCommands(
                HelperProtocols.all(
                        origins, base.environment(), () -> online.get().http()),
                selections,
                () -> base.input().standard(),
                base.conversations()::quietly,
                selection -> new SetupParts(selection, origins, base.environment(), session::programs));
    }

    @Override
    public SetupPlace place(Optional<String> host, Map<String, String> options) {
        return new SetupPlace(
                Launcher.ofProcess()
                        .map(Launcher::program)
                        .orElseThrow(() -> Failure.failed("nothing says where ast is", "start it by bin/ast")),
                origins.setUpFor(selection, host),
                selection.profile(),
                environment,
                programs,
                options);
    }

    @Override
    public boolean answers(ServerOrigin origin) {
        return origins.answers(selection, origin);
    }
}
