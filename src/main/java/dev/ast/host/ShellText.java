package dev.ast.host;

/** Text for a POSIX shell. */
public final class ShellText {
    private ShellText() {}

    /** A text as one word that the shell takes as it is. */
    public static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }

    /** The same without quotes where there is nothing to quote. */
    public static String word(String text) {
        return text.matches("[A-Za-z0-9_./:@%+=,-]+") ? text : quoted(text);
    }
}
