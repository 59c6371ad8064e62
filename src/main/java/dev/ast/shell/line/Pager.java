package dev.ast.shell.line;

/** Shows results that are longer than the screen. */
@FunctionalInterface
public interface Pager {
    /**
     * Shows a text until the user has seen enough.
     *
     * @param text as it would be printed on the terminal
     * @return whether it was shown; otherwise it is to be printed
     */
    boolean show(byte[] text);
}
