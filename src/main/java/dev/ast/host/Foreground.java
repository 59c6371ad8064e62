package dev.ast.host;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whether this process may read its terminal: one in the background is stopped by the system when it tries. */
public final class Foreground {
    private static final Path SELF = Path.of("/proc/self/stat");
    private static final int GROUP = 2;
    private static final int OF_TERMINAL = 5;

    private Foreground() {}

    /** By the process table of Linux; false where there is none to ask. */
    public static boolean ofProcess() {
        try {
            return in(Files.readString(SELF, StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            return false;
        }
    }

    /** @param stat a line as proc(5) describes it, in which the program's name may have spaces and brackets */
    static boolean in(String stat) {
        String[] fields = stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ", -1);
        return fields.length > OF_TERMINAL && fields[GROUP].equals(fields[OF_TERMINAL]);
    }
}
