package dev.ast.shell.interactive;

/** Runs one line as a script would; says and shows everything itself. */
@FunctionalInterface
public interface LineRunner {
    /** Runs the line. @return its exit code, which the shell does not end with */
    int run(String line);
}
