package dev.ast.support;

import java.util.List;

/**
 * What a run of the program left behind.
 *
 * @param exit the exit code; 128 + n if signal n ended the process
 */
public record AstResult(int exit, String out, String err) {
    /** The lines of standard output. */
    public List<String> outLines() {
        return out.lines().toList();
    }

    /** The lines of standard error. */
    public List<String> errLines() {
        return err.lines().toList();
    }
}
