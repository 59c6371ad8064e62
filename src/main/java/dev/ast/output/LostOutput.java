package dev.ast.output;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** What was to be written on standard output could not be written; the work stops, because nobody gets its result. */
public final class LostOutput extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean quiet;

    LostOutput(String reason, boolean quiet) {
        this("standard output", reason, quiet);
    }

    LostOutput(String where, String reason, boolean quiet) {
        super("cannot write to " + where + ": " + reason);
        this.quiet = quiet;
    }

    static LostOutput ofStandardOutput(IOException e) {
        String reason = reason(e);
        return new LostOutput(reason, readerWentAway(reason));
    }

    static String reason(IOException e) {
        return e.getMessage() == null ? "unknown reason" : e.getMessage();
    }

    // The system's text depends on the locale, so on Linux the kind of the descriptor decides: writing to a pipe fails
    // for no other reason than a reader that has gone.
    private static boolean readerWentAway(String reason) {
        String text = reason.toLowerCase(Locale.ROOT);
        if (text.contains("broken pipe")
                || text.contains("pipe is being closed")
                || text.contains("pipe has been ended")) {
            return true;
        }
        try {
            String target = Files.readSymbolicLink(Path.of("/proc/self/fd/1")).toString();
            return target.startsWith("pipe:") && !text.contains("space");
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }

    /** Whether the reader went away on purpose, as {@code head} does: nothing is printed then, the code is still 1. */
    public boolean quiet() {
        return quiet;
    }
}
