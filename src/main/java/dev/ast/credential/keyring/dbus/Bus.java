package dev.ast.credential.keyring.dbus;

import java.util.List;
import java.util.function.Predicate;

/** A connection to the session bus, used by one thread at a time. */
public interface Bus extends AutoCloseable {

    /**
     * Calls a method and waits for its answer.
     *
     * @param signature the types of the arguments
     * @param arguments as {@link WireWriter} takes them
     * @return the values of the answer
     * @throws BusException for every other end, {@link BusException.Kind#TIMED_OUT} after the deadline
     */
    List<Object> call(
            Deadline deadline,
            String destination,
            String path,
            String interfaceName,
            String member,
            String signature,
            List<Object> arguments)
            throws BusException;

    /** Waits for a signal; earlier ones that came during calls count too, each at most once. */
    BusMessage await(Deadline deadline, Predicate<BusMessage> wanted) throws BusException;

    /** Whether waits end early when the user presses Ctrl-C. False at first. */
    void cancellable(boolean cancellable);

    /** Ends the connection; whatever was asked on it is given up by the other side. */
    @Override
    void close();
}
