package dev.ast.app;

import dev.ast.domain.Exit;
import dev.ast.domain.Failure;
import dev.ast.protocol.KeeperProcess;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicReference;

/** The process that keeps a token file for a program, see {@link KeeperProcess}. As {@link Renewal}, it does without beans. */
public final class Keeping {
    private Keeping() {}

    /**
     * Keeps the file that standard input asks for, as long as its process lives.
     *
     * @return the exit code
     * @throws dev.ast.domain.FailureException (storage) when the file cannot be written
     */
    public static int run(Foundation base) {
        StoreParts store = new StoreParts(base);
        Settings settings = SettingsReader.read(SealedEnvironment.of(base.home()), base, store);
        AtomicReference<OnlineParts> online = new AtomicReference<>();
        SessionParts session = new SessionParts(base, store, settings.platforms(), online::get);
        online.set(new OnlineParts(base, store, session, settings));
        try {
            boolean kept = KeeperProcess.keep(
                    base.input().standard(),
                    base.screen().bytes(),
                    store.tokenFiles(),
                    session.targets(),
                    session.tokenKeeper(),
                    base.clock().instant(),
                    base.interrupts());
            return (kept ? Exit.OK : Exit.USAGE).code();
        } catch (IOException e) {
            throw Failure.storage("the token file could not be written", "check the disk");
        }
    }
}
