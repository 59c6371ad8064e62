package dev.ast.credential.keyring.dbus;

/** A call over the bus that brought no result. The text holds no argument of the call, so no secret either. */
public final class BusException extends Exception {
    private static final long serialVersionUID = 1L;

    /** How a call can fail. */
    public enum Kind {
        /** There is no bus: no address, a dead socket, a kind of address that Java cannot connect to. */
        NO_BUS,
        /** The other side answered with an error; {@link #errorName()} has its name. */
        ERROR,
        /** No answer before the deadline. */
        TIMED_OUT,
        /** The connection ended. */
        CLOSED,
        /** The received data is not a D-Bus message. */
        MALFORMED,
        /** A message is larger than the limit. */
        TOO_BIG
    }

    private final Kind kind;
    private final String errorName;

    private BusException(Kind kind, String errorName, String message) {
        super(message);
        this.kind = kind;
        this.errorName = errorName;
    }

    /** A failure of this side or of the connection. */
    public static BusException of(Kind kind, String message) {
        return new BusException(kind, "", message);
    }

    /** An error answer. Only its name is kept: the other program's text may contain anything. */
    public static BusException error(String errorName) {
        return new BusException(Kind.ERROR, errorName, errorName);
    }

    /** How the call failed. */
    public Kind kind() {
        return kind;
    }

    /** The name of the error answer, for example {@code org.freedesktop.DBus.Error.ServiceUnknown}; else empty. */
    public String errorName() {
        return errorName;
    }
}
