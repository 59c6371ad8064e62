package dev.ast.shell;

/** Whether the user has asked to leave the shell or script. */
public final class Leave {
    private volatile boolean asked;

    /** Asks to leave after the current command. */
    public void ask() {
        asked = true;
    }

    /** Whether the user has asked. */
    public boolean asked() {
        return asked;
    }
}
