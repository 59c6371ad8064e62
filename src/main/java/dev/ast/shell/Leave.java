package dev.ast.shell;

import java.util.OptionalInt;

/** Whether the user has asked to leave the shell or script, and with which code. */
public final class Leave {
    private volatile boolean asked;
    private volatile OptionalInt code = OptionalInt.empty();

    /** Asks to leave after the current command. */
    public void ask() {
        asked = true;
    }

    /** Asks to leave after the current command, with this code. */
    public void ask(int with) {
        code = OptionalInt.of(with);
        asked = true;
    }

    /** Whether the user has asked. */
    public boolean asked() {
        return asked;
    }

    /** The code that was named. */
    public OptionalInt code() {
        return code;
    }
}
