package dev.ast.host;

import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * Catches a signal of the operating system by the class that the JDK has for it outside its API: there is no other. It
 * is compiled apart from all else, because javac's warning of that cannot be turned off together with {@code --release}.
 */
record CaughtSignal(Runnable action) implements SignalHandler {

    /**
     * Has the action run at each signal of that name, in a thread of the JVM.
     *
     * @throws IllegalArgumentException when this system has no such signal, or the JVM keeps it for itself
     */
    static void handle(String name, Runnable action) {
        Signal.handle(new Signal(name), new CaughtSignal(action));
    }

    @Override
    public void handle(Signal signal) {
        action.run();
    }
}
