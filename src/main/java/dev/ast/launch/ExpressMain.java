package dev.ast.launch;

import java.util.List;

/** Runs the express lane, and tells the launcher when the full program must run instead. */
public final class ExpressMain {
    /** The code that asks the launcher for the full program; nothing was printed then. */
    public static final int FULL_PROGRAM = 99;

    private ExpressMain() {}

    /**
     * Starts the express lane.
     *
     * @param args the words of the command line
     */
    public static void main(String[] args) {
        int code = ExpressLane.run(List.of(args), ExpressMain::halt).orElse(FULL_PROGRAM);
        if (code != 0) {
            // Nothing is open and nothing is left to write; the hooks of the JVM would only cost time.
            halt(code);
        }
    }

    private static void halt(int code) {
        Runtime.getRuntime().halt(code);
    }
}
