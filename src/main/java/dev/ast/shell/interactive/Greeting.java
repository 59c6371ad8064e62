package dev.ast.shell.interactive;

import java.util.ArrayList;
import java.util.List;

/** The two lines with which the shell begins: who and where, and how to go on. */
public final class Greeting {
    private Greeting() {}

    /**
     * The lines.
     *
     * @param version of this program
     * @param separator between the parts of a line
     */
    public static List<String> lines(Standing standing, String version, String separator) {
        String program = "ast " + version;
        return switch (standing.state()) {
            case SIGNED_IN ->
                List.of(
                        String.join(separator, signedIn(standing, program)),
                        "Type a command; Tab completes, Ctrl-R searches, ? helps, Ctrl-D leaves.");
            case SIGNED_OUT, ENDED ->
                List.of(
                        program
                                + separator
                                + (standing.state() == Standing.State.ENDED
                                        ? "the session of " + standing.profile() + " has ended"
                                        : "not signed in to " + standing.profile()),
                        "Sign in with: login" + separator + "? helps, Ctrl-D leaves.");
            case MISSING, UNKNOWN -> List.of(program, "Type a command; ? helps, Ctrl-D leaves.");
        };
    }

    private static List<String> signedIn(Standing standing, String program) {
        List<String> parts = new ArrayList<>();
        parts.add(program);
        parts.add(standing.identity().map(who -> who + " on ").orElse("")
                + standing.profile()
                + standing.context().map(name -> "/" + name).orElse(""));
        standing.left().ifPresent(parts::add);
        if (standing.guarded()) {
            parts.add("protected: changes are asked for");
        }
        return parts;
    }
}
