package dev.ast.protocol;

import dev.ast.domain.Failure;
import dev.ast.domain.ServerOrigin;
import java.util.List;

/** How another program is set up to ask this one for its credentials; by hand, unless it says otherwise. */
public interface Setup {

    /** What to put where, for the user to read, with a line end. */
    String text(SetupPlace place);

    /**
     * Does it; what is done already stays as it is.
     *
     * @return what was done, a sentence each
     * @throws dev.ast.domain.FailureException when it cannot be done without losing what the user has set
     */
    default List<String> apply(SetupPlace place) {
        throw byHand();
    }

    /** Undoes exactly that. @return what was done, a sentence each; empty when there was nothing */
    default List<String> remove(SetupPlace place) {
        throw byHand();
    }

    private static RuntimeException byHand() {
        return Failure.usage("this program is set up by hand", "give --setup without --apply and --remove");
    }

    /** The origins that it is set up for. @throws dev.ast.domain.FailureException (usage) when there are none */
    static List<ServerOrigin> origins(SetupPlace place) {
        if (place.origins().isEmpty()) {
            throw Failure.usage("no profile answers for an origin yet", "name the host behind --setup");
        }
        return place.origins();
    }
}
