package dev.ast.output;

import java.util.Optional;

/** Where answers are typed. Both calls block until Enter; they run in a thread that may be abandoned. */
public interface Keyboard {
    /** The next line without its end, or nothing when there is none any more. */
    Optional<String> line();

    /**
     * The same without showing what is typed; echo is restored however it ends.
     *
     * @param question asks for it; run once nothing typed is shown any more, since a user may answer at once
     * @throws dev.ast.domain.FailureException (interrupted) at Ctrl-C, where that is typed as a character
     */
    Optional<char[]> secret(Runnable question);

    /**
     * The same for a line of any length, and an interrupt of the thread ends it.
     *
     * @param question asks for it
     */
    Optional<char[]> pasted(Runnable question);
}
