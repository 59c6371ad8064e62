package dev.ast.credential.keyring.windows;

/** A call of Windows that failed, with its error code ({@code winerror.h}). */
public final class WindowsError extends Exception {
    private static final long serialVersionUID = 1L;

    private final int code;

    /** @param code the result of {@code GetLastError} */
    public WindowsError(int code) {
        super("Windows error " + code);
        this.code = code;
    }

    /** The result of {@code GetLastError}. */
    public int code() {
        return code;
    }
}
