package dev.ast.domain;

import java.util.Locale;

/** How a command can end, with the exit code that scripts rely on. */
public enum Exit {
    OK(0),
    FAILURE(1),
    USAGE(2),
    DENIED(3),
    NOT_SIGNED_IN(4),
    SESSION_ENDED(5),
    UNREACHABLE(6),
    STORAGE(7),
    TIMED_OUT(8),
    NOT_EXECUTABLE(126),
    NOT_FOUND(127),
    INTERRUPTED(130),
    TERMINATED(143);

    private final int code;

    Exit(int code) {
        this.code = code;
    }

    /** The code that the process ends with. */
    public int code() {
        return code;
    }

    /** The name that stands in JSON errors, for example {@code not_signed_in}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
