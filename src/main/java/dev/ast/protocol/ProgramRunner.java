package dev.ast.protocol;

import java.util.List;

/** Runs a program with a token. */
@FunctionalInterface
public interface ProgramRunner {
    /**
     * Runs it to its end, or has the launcher run it in the place of this process.
     *
     * @param program its words, as the user typed them
     * @return its exit code, 128 and the number of the signal that ended it
     * @throws dev.ast.domain.FailureException (not_found), (not_executable); (storage) when a token file cannot be written
     */
    int run(List<String> program, ProgramAccess access);
}
