package dev.ast.support;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The libraries that {@code NOTICE} names, as {@code group:name}, with their licences. */
public final class Notice {
    private static final Pattern LIBRARY = Pattern.compile("(?m)^([\\w.-]+:[\\w.-]+) +([\\w.-]+)$");

    private Notice() {}

    /** Reads the file; a library that is named twice is an error. */
    public static Map<String, String> read() throws IOException {
        Map<String, String> found = new TreeMap<>();
        Matcher library = LIBRARY.matcher(Files.readString(Path.of("NOTICE")));
        while (library.find()) {
            if (found.put(library.group(1), library.group(2)) != null) {
                throw new AssertionError("NOTICE names " + library.group(1) + " twice");
            }
        }
        return found;
    }
}
