package dev.ast.reliability;

/**
 * How a command is ended.
 *
 * @param aimed whether the moment is near the one in which something is won or lost, instead of anywhere in its life
 */
record Kill(Signal signal, Target target, boolean aimed) {
    /** A signal, and the exit codes that it leads to. */
    enum Signal {
        INT,
        TERM,
        HUP,
        KILL;

        /** Whether a command that got this signal may end so. */
        boolean explains(int code) {
            return switch (this) {
                case INT -> code == 130;
                case TERM -> code == 143;
                // 129 where it comes before the program is there to answer it; 130 where it is sent to the program
                // below the launcher, to which that passes SIGINT on as SIGHUP.
                case HUP -> code == 143 || code == 129 || code == 130;
                case KILL -> code == 137;
            };
        }
    }

    /** Who gets the signal. */
    enum Target {
        /** The process that the caller started. */
        PROCESS,
        /** The Java program below it, where that is a process of its own. */
        PROGRAM,
        /** The whole process group, as a terminal does it. */
        GROUP,
        /** The process that renews, which has a session of its own; only SIGKILL reaches it. */
        RENEWAL;

        /** Whether a command can be killed in this way. */
        boolean fits(Victim victim, Signal signal) {
            return this != RENEWAL || (signal == Signal.KILL && (victim == Victim.TOKEN || victim == Victim.API));
        }
    }

    /** Before and after the server's answer, in milliseconds: within this an aimed kill comes. */
    static final int AIMED_BEFORE = 20;

    /** See {@link #AIMED_BEFORE}. */
    static final int AIMED_AFTER = 40;
}
