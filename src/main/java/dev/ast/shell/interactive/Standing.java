package dev.ast.shell.interactive;

import java.util.Optional;

/**
 * What prompt, bar and greeting show: the profile that every command of this shell is about, and its session.
 *
 * @param profile its name
 * @param context the selected account, organization or workspace
 * @param identity who is signed in
 * @param state the session
 * @param left how long it lasts, in words; empty while that is not known
 * @param storage where the tokens are
 * @param guarded whether changes are asked for
 */
public record Standing(
        String profile,
        Optional<String> context,
        Optional<String> identity,
        State state,
        Optional<String> left,
        Optional<String> storage,
        boolean guarded) {

    /** The state of the session. */
    public enum State {
        SIGNED_IN("signed in"),
        SIGNED_OUT("signed out"),
        ENDED("session ended"),
        MISSING("profile missing"),
        /** The file of profiles cannot be read; the next command reports why. */
        UNKNOWN("unknown");

        private final String words;

        State(String words) {
            this.words = words;
        }

        /** For the user. */
        public String words() {
            return words;
        }
    }

    /** Where nothing is known. */
    public static final Standing UNKNOWN = new Standing(
            "default", Optional.empty(), Optional.empty(), State.UNKNOWN, Optional.empty(), Optional.empty(), false);
}
