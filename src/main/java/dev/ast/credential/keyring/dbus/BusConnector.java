package dev.ast.credential.keyring.dbus;

/** Opens the connection to the session bus, when it is first needed. */
@FunctionalInterface
public interface BusConnector {
    /** Connects. @throws BusException (no bus) with the reason, (timed out) after the deadline */
    Bus connect(Deadline deadline) throws BusException;
}
