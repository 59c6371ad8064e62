package dev.ast.shell.interactive;

/** Runs one line as a script would, and prints its result or error. */
@FunctionalInterface
public interface LineRunner {
    /** Runs the line. @return its exit code, which the shell does not end with */
    int run(String line);
}
