package dev.ast.app;

import dev.ast.domain.Exit;
import dev.ast.domain.Failure;
import dev.ast.protocol.KeeperProcess;
import java.io.IOException;

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
        PlainParts parts = PlainParts.over(base);
        try {
            boolean kept = KeeperProcess.keep(
                    base.input().standard(),
                    base.screen().bytes(),
                    parts.store().tokenFiles(),
                    parts.session().targets(),
                    parts.session().tokenKeeper(),
                    base.clock().instant(),
                    base.interrupts());
            return (kept ? Exit.OK : Exit.USAGE).code();
        } catch (IOException e) {
            throw Failure.storage("the token file could not be written", "check the disk");
        }
    }
}
