package dev.ast.shell.interactive;

import org.jline.keymap.BindingReader;
import org.jline.keymap.KeyMap;
import org.jline.utils.NonBlockingReader;
import org.jspecify.annotations.Nullable;

/**
 * Skips what the terminal sends and no key map knows: keys with other modifiers, reports of the mouse, the focus and the
 * colours, keys as modifyOtherKeys and kitty describe them. Such a sequence is recognized by its form (ECMA-48), so that
 * nothing of it is taken for typed text.
 */
final class UnknownKeys {
    /** How long the rest of a sequence may take; the Escape key alone is followed by nothing. */
    static final long REST_MILLIS = 200;

    private static final char BELL = '\u0007';
    private static final int LONGEST = 4_096;
    /** The mouse as X10 reports it: three bytes after the letter. */
    private static final int MOUSE_BYTES = 3;

    private final BindingReader reader;
    private final KeyMap<Boolean> any = new KeyMap<>();

    /** Skips in what this reader reads. */
    UnknownKeys(BindingReader reader) {
        this.reader = reader;
        for (char c = 0; c < KeyMap.KEYMAP_LENGTH; c++) {
            any.bind(true, String.valueOf(c));
        }
        any.setUnicode(true);
    }

    /**
     * Skips the rest of a sequence whose Escape has been read.
     *
     * @return whether there was any
     */
    boolean skip() {
        int next = next();
        if (next < 0) {
            return false;
        }
        while (next == KeySequences.ESCAPE.charAt(0)) {
            next = next(); // Alt with a key that sends a sequence itself
        }
        switch (next) {
            case '[' -> skipControl();
            case 'O' -> skipNumbers(next());
            // Strings: device control, start of string, operating system command, privacy message, application command.
            case 'P', 'X', ']', '^', '_' -> skipString();
            default -> {
                // Alt with a character, which is read.
            }
        }
        return true;
    }

    /** CSI: numbers and signs, and at last a letter or one of {@code @ [ \ ] ^ _ ` { | } ~}. */
    private void skipControl() {
        int next = next();
        if (next == '[') {
            next(); // a function key of the Linux console
        } else if (next == 'M') {
            for (int left = MOUSE_BYTES; left > 0; left--) {
                next();
            }
        } else {
            for (int read = 0; next >= ' ' && next < '@' && read < LONGEST; read++) {
                next = next();
            }
        }
    }

    private void skipNumbers(int first) {
        int next = first;
        while ((next >= '0' && next <= '9') || next == ';') {
            next = next();
        }
    }

    /** A string ends with BEL, or with Escape and a backslash. */
    private void skipString() {
        int before = 0;
        for (int read = 0; read < LONGEST; read++) {
            int next = next();
            if (next < 0 || next == BELL || (before == '\u001b' && next == '\\')) {
                return;
            }
            before = next;
        }
    }

    /** The next character if it comes at once; -1 otherwise. */
    private int next() {
        boolean pending = !reader.getCurrentBuffer().isEmpty();
        if (!pending) {
            int coming = reader.peekCharacter(REST_MILLIS);
            if (coming == NonBlockingReader.READ_EXPIRED || coming == NonBlockingReader.EOF) {
                return -1;
            }
        }
        @Nullable Boolean read = reader.readBinding(any);
        String last = reader.getLastBinding();
        return read == null || last == null || last.isEmpty() ? -1 : last.codePointAt(0);
    }
}
