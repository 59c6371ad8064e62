package dev.ast.sandbox;

import java.util.function.Supplier;

/** What the user sees of the sandbox while it works. */
public interface SandboxScreen {

    /** Prints something useful. */
    void say(String line);

    /** Shows the messages of the program that runs in the sandbox. */
    void show(String line);

    /** Prints that something takes a while, for as long as it does. */
    <T> T during(String what, Supplier<T> work);
}
