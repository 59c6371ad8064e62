package dev.ast.diagnosis;

import dev.ast.domain.ProfileName;
import java.util.Optional;
import java.util.function.Consumer;

/** Runs {@code doctor} as a whole. */
@FunctionalInterface
public interface Examination {

    /**
     * What is wanted.
     *
     * @param offline whether the network is left out
     * @param fix whether what can be mended safely is mended
     * @param writeTest whether the stores are written to, with an item that is removed again
     * @param bundle the file for a report for others
     * @param profile the one whose server is asked; those of all if it is not given
     */
    record Request(
            boolean offline, boolean fix, boolean writeTest, Optional<String> bundle, Optional<ProfileName> profile) {}

    /**
     * Runs the checks.
     *
     * @param running receives what is being looked at, in any thread
     * @throws dev.ast.domain.FailureException (failure) when the report cannot be written; (not_signed_in) when there is no
     *     such profile
     */
    Diagnosis run(Request request, Consumer<String> running);
}
