package dev.ast.output;

import dev.ast.domain.Exit;
import dev.ast.domain.Failure;
import java.util.Optional;

/**
 * A result that is shown, and yet the command does not end with 0.
 *
 * @param result what is shown first
 * @param exit the exit code
 * @param failure what is reported after it, if anything
 */
public record Outcome(Object result, int exit, Optional<Failure> failure) {

    /** A result with an exit code and nothing to say, for example that of another program. */
    public static Outcome of(Object result, int exit) {
        return new Outcome(result, exit, Optional.empty());
    }

    /** The same with one of our own codes. */
    public static Outcome of(Object result, Exit exit) {
        return of(result, exit.code());
    }

    /** A result that was reached only partly: shown, then the failure is reported and decides the code. */
    public static Outcome failed(Object result, Failure failure) {
        return new Outcome(result, failure.exit().code(), Optional.of(failure));
    }
}
