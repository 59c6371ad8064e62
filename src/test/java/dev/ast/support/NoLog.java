package dev.ast.support;

import dev.ast.credential.file.EventFile;
import dev.ast.profile.EventLog;
import java.nio.file.Path;
import java.time.InstantSource;

/** The log of tests that are about something else: it gets no entries. */
public final class NoLog {
    /** The log. */
    public static final EventLog LOG = new EventLog(
            new EventFile(Path.of("/nowhere/log")), () -> false, InstantSource.system(), text -> text, () -> "test");

    private NoLog() {}
}
