package dev.ast.output;

import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/** Standard output that goes to a file or a program, until it is closed, which sends out what was collected. */
public final class Redirection implements AutoCloseable {
    private final Screen screen;
    private final OutputStream before;
    private final @Nullable LostOutput lostBefore;
    private final String name;
    private final boolean program;
    private boolean readerLeft;

    Redirection(Screen screen, OutputStream before, @Nullable LostOutput lostBefore, String name, boolean program) {
        this.screen = screen;
        this.before = before;
        this.lostBefore = lostBefore;
        this.name = name;
        this.program = program;
    }

    /** Whether the program that reads has stopped reading, as {@code head} does. */
    public boolean readerLeft() {
        return readerLeft;
    }

    OutputStream before() {
        return before;
    }

    @Nullable
    LostOutput lostBefore() {
        return lostBefore;
    }

    LostOutput lose(IOException e) {
        readerLeft = program;
        return new LostOutput(name, LostOutput.reason(e), program);
    }

    /** @throws LostOutput when the rest cannot be written to the file */
    @Override
    public void close() {
        try {
            screen.end(this);
        } catch (LostOutput e) {
            if (!program) {
                throw e;
            }
        }
    }
}
