package dev.ast.diagnosis;

import dev.ast.domain.Exit;
import dev.ast.domain.Failure;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What a check has found out.
 *
 * @param what in words that are the same on every machine: it is all that goes into a report for others
 * @param about the thing that it is about, such as a file, a profile or a server; for the user only
 * @param detail more, such as the message of a failure; for the user only
 * @param next what the user can do; for the user only
 * @param exit how a command would end because of it
 * @param repair mends it, where that is safe, and says in words for everybody what was done
 */
public record Finding(
        Level level,
        String what,
        Optional<String> about,
        Optional<String> detail,
        Optional<String> next,
        Exit exit,
        Optional<Supplier<String>> repair) {

    /** How much it matters. */
    public enum Level {
        OK,
        WARNING,
        FAILED
    }

    private Finding(Level level, String what, Optional<String> next, Exit exit) {
        this(level, what, Optional.empty(), Optional.empty(), next, exit, Optional.empty());
    }

    /** All is well. */
    public static Finding ok(String what) {
        return new Finding(Level.OK, what, Optional.empty(), Exit.OK);
    }

    /** It works, but not as well as it could. */
    public static Finding warning(String what, String next) {
        return new Finding(Level.WARNING, what, Optional.of(next), Exit.OK);
    }

    /** Commands fail because of it. */
    public static Finding failed(Exit exit, String what, String next) {
        return new Finding(Level.FAILED, what, Optional.of(next), exit);
    }

    /** What could not be done, and why. */
    public static Finding of(Failure failure, String what) {
        return new Finding(
                Level.FAILED,
                what,
                Optional.empty(),
                Optional.of(failure.message()),
                failure.hint(),
                failure.exit(),
                Optional.empty());
    }

    /** The same about a thing. */
    public Finding about(Object thing) {
        return new Finding(level, what, Optional.of(thing.toString()), detail, next, exit, repair);
    }

    /** The same with more for the user. */
    public Finding detail(String text) {
        return new Finding(level, what, about, Optional.of(text), next, exit, repair);
    }

    /** The same with a tip, also where all is well. */
    public Finding next(String step) {
        return new Finding(level, what, about, detail, Optional.of(step), exit, repair);
    }

    /** The same with something that mends it. */
    public Finding repairedBy(Supplier<String> work) {
        return new Finding(level, what, about, detail, next, exit, Optional.of(work));
    }

    /** Whether it is more than {@link Level#OK}. */
    public boolean matters() {
        return level != Level.OK;
    }
}
