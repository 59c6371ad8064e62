package dev.ast.output;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Standard output that goes to a file or a program, until it is closed, which sends out what was collected. */
public final class Redirection implements AutoCloseable {
    private final Screen screen;
    private final OutputStream before;
    private final @Nullable LostOutput lostBefore;
    private final String name;
    private final boolean program;
    private final @Nullable CollectedOutput collected;
    private boolean readerLeft;

    Redirection(Screen screen, OutputStream before, @Nullable LostOutput lostBefore, String name, boolean program) {
        this(screen, before, lostBefore, name, program, null);
    }

    /** Collects what still counts as printed on the terminal. */
    Redirection(Screen screen, OutputStream before, @Nullable LostOutput lostBefore, CollectedOutput collected) {
        this(screen, before, lostBefore, "standard output", false, collected);
    }

    private Redirection(
            Screen screen,
            OutputStream before,
            @Nullable LostOutput lostBefore,
            String name,
            boolean program,
            @Nullable CollectedOutput collected) {
        this.screen = screen;
        this.before = before;
        this.lostBefore = lostBefore;
        this.name = name;
        this.program = program;
        this.collected = collected;
    }

    /** Whether the program that reads has stopped reading, as {@code head} does. */
    public boolean readerLeft() {
        return readerLeft;
    }

    /** Whether standard output is still what the terminal shows. */
    boolean onTerminal() {
        return collected != null;
    }

    /** Lets through what was collected, and all that follows. */
    void letThrough() throws IOException {
        if (collected != null) {
            collected.letThrough();
        }
    }

    /** What was collected until now, unless it was let through. */
    public Optional<byte[]> collected() {
        return collected == null ? Optional.empty() : collected.bytes();
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
