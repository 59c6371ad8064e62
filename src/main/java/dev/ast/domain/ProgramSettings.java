package dev.ast.domain;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What other programs may be given of a profile's session. Only the user sets this.
 *
 * @param alsoFor the origins, beside those of the profile itself, that its token may be given to
 * @param gitUser the user name that goes with the token where git wants one; absent for the usual one
 */
public record ProgramSettings(List<ServerOrigin> alsoFor, Optional<String> gitUser) {
    /** Nothing beside the profile's own. */
    public static final ProgramSettings NONE = new ProgramSettings(List.of(), Optional.empty());

    /** How many origins a profile can have. */
    public static final int MOST = 100;

    /** Copies the list. */
    public ProgramSettings {
        alsoFor = List.copyOf(alsoFor);
    }

    /**
     * The same with some origins added and others taken away.
     *
     * @throws FailureException (usage) when there are too many then, or one that is taken away is not there
     */
    public ProgramSettings with(List<ServerOrigin> more, List<ServerOrigin> less) {
        List<ServerOrigin> origins = new ArrayList<>(alsoFor);
        for (ServerOrigin origin : less) {
            if (!origins.remove(origin)) {
                throw Failure.usage(
                        "the profile's token is not given to " + origin + " by --also-for", "ast profile show");
            }
        }
        for (ServerOrigin origin : more) {
            if (!origins.contains(origin)) {
                origins.add(origin);
            }
        }
        if (origins.size() > MOST) {
            throw Failure.usage("a profile can have " + MOST + " origins of --also-for", "take some away by --not-for");
        }
        return new ProgramSettings(origins, gitUser);
    }

    /** The same with another user name for git. */
    public ProgramSettings withGitUser(String name) {
        return new ProgramSettings(alsoFor, Optional.of(name));
    }
}
