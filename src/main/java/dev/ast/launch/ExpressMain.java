package dev.ast.launch;

import dev.ast.AstApplication;
import java.util.List;
import java.util.OptionalInt;

/** Starts with the express lane, and goes on as the full program where that cannot answer. */
public final class ExpressMain {

    private ExpressMain() {}

    /**
     * Starts the program.
     *
     * @param args the words of the command line
     */
    public static void main(String[] args) {
        OptionalInt code = ExpressLane.run(List.of(args));
        if (code.isEmpty()) {
            AstApplication.main(args);
        } else if (code.getAsInt() != 0) {
            // Nothing is open and nothing is left to write; the hooks of the JVM would only cost time.
            Runtime.getRuntime().halt(code.getAsInt());
        }
    }
}
