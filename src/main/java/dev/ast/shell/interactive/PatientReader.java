package dev.ast.shell.interactive;

import org.jline.keymap.KeyMap;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.UserInterruptException;
import org.jspecify.annotations.Nullable;

/**
 * Reads a line on a busy machine. A terminal's read returns nothing after a tenth of a second; JLine takes one that
 * returns within half of that for the end of the input, which can happen on a machine that lacks processor time. Only
 * Ctrl-D, or an end that is repeated at once, is the end.
 */
final class PatientReader {
    /** How often in a row the end of the input is ignored. */
    static final int PATIENCE = 3;

    private static final String CTRL_D = KeyMap.ctrl('D');

    private PatientReader() {}

    /**
     * Reads a line.
     *
     * @param mask what is shown for each character; null for the character itself, a control character made visible
     * @throws EndOfFileException at Ctrl-D or the end of the input
     * @throws UserInterruptException at Ctrl-C
     */
    static String read(LineReader reader, String prompt, @Nullable Character mask) {
        String typed = null;
        for (int ends = 1; ; ends++) {
            try {
                return mask == null
                        ? reader.readLine(prompt, null, TypedLineReader.VISIBLE, typed)
                        : reader.readLine(prompt, mask, typed);
            } catch (EndOfFileException e) {
                typed = e.getPartialLine();
                boolean meant = typed == null && CTRL_D.equals(reader.getLastBinding());
                if (meant || ends > PATIENCE) {
                    throw e;
                }
            }
        }
    }
}
