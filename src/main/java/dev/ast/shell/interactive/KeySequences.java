package dev.ast.shell.interactive;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What terminals send for the keys that are no characters. A description of the terminal (terminfo) names one sequence
 * for each key at most, and often not the one that is sent: the modes of the terminal, tmux and screen, and settings of
 * PuTTY and rxvt change it. So all that the usual terminals send are known here.
 */
final class KeySequences {
    static final KeySequences UP = new KeySequences(arrow('A', true, true));
    static final KeySequences DOWN = new KeySequences(arrow('B', true, true));
    static final KeySequences RIGHT = new KeySequences(arrow('C', true, false));
    static final KeySequences LEFT = new KeySequences(arrow('D', true, false));
    /** Right with Ctrl, Alt or Meta. */
    static final KeySequences WORD_RIGHT = new KeySequences(arrow('C', false, true));
    /** Left with Ctrl, Alt or Meta. */
    static final KeySequences WORD_LEFT = new KeySequences(arrow('D', false, true));

    static final KeySequences HOME = new KeySequences(letter('H'), number(1, true, true), number(7, true, true));
    static final KeySequences END = new KeySequences(letter('F'), number(4, true, true), number(8, true, true));
    static final KeySequences INSERT = new KeySequences(number(2, true, true));
    static final KeySequences DELETE = new KeySequences(number(3, true, false));
    /** Delete with Ctrl, Alt or Meta. */
    static final KeySequences DELETE_WORD = new KeySequences(number(3, false, true));

    static final KeySequences PAGE_UP = new KeySequences(number(5, true, true));
    static final KeySequences PAGE_DOWN = new KeySequences(number(6, true, true));
    static final KeySequences BACK_TAB = new KeySequences(List.of("\u001b[Z", "\u001b[1;2Z"));

    /** Begins every sequence; alone, the Escape key. */
    static final String ESCAPE = "\u001b";

    /** The keys of a numeric keypad in application mode: each sequence and the text that it stands for. */
    static final List<List<String>> KEYPAD = keypad();

    private static final String CSI = "\u001b[";
    private static final String SS3 = "\u001bO";
    /** xterm adds 1 for Shift, 2 for Alt, 4 for Ctrl and 8 for Meta to 1. */
    private static final int SHIFT = 2;

    private static final int LAST_MODIFIER = 16;

    private final List<String> sequences;

    @SafeVarargs
    private KeySequences(List<String>... lists) {
        Set<String> all = new LinkedHashSet<>();
        for (List<String> list : lists) {
            all.addAll(list);
        }
        sequences = List.copyOf(all);
    }

    /** All that stand for this key, as JLine takes them. */
    String[] array() {
        return sequences.toArray(String[]::new);
    }

    /**
     * An arrow key.
     *
     * @param plain alone and with Shift
     * @param modified with Ctrl, Alt or Meta
     */
    private static List<String> arrow(char letter, boolean plain, boolean modified) {
        List<String> found = new ArrayList<>();
        char small = Character.toLowerCase(letter);
        if (plain) {
            found.addAll(List.of(CSI + letter, SS3 + letter));
            found.add(CSI + small); // rxvt, with Shift
        }
        for (int modifier = SHIFT; modifier <= LAST_MODIFIER; modifier++) {
            if (modifier == SHIFT ? plain : modified) {
                found.add(CSI + "1;" + modifier + letter);
                found.add(SS3 + "1;" + modifier + letter);
                found.add(CSI + modifier + letter); // old xterm
                found.add(SS3 + modifier + letter);
            }
        }
        if (modified) {
            found.add(SS3 + small); // rxvt, with Ctrl
            // Alt as an Escape before the key: rxvt, PuTTY, the terminals of macOS.
            for (String before : List.of(CSI + letter, SS3 + letter, CSI + small, SS3 + small)) {
                found.add(ESCAPE + before);
            }
        }
        return found;
    }

    /** Home or End by a letter, with any modifier. */
    private static List<String> letter(char letter) {
        List<String> found = new ArrayList<>(List.of(CSI + letter, SS3 + letter));
        for (int modifier = SHIFT; modifier <= LAST_MODIFIER; modifier++) {
            found.add(CSI + "1;" + modifier + letter);
            found.add(SS3 + "1;" + modifier + letter);
        }
        found.addAll(List.of(ESCAPE + CSI + letter, ESCAPE + SS3 + letter));
        return found;
    }

    /**
     * A key by a number, as those of the VT220 and the Linux console.
     *
     * @param plain alone and with Shift
     * @param modified with Ctrl, Alt or Meta
     */
    private static List<String> number(int number, boolean plain, boolean modified) {
        List<String> found = new ArrayList<>();
        if (plain) {
            found.add(CSI + number + "~");
            found.add(CSI + number + "$"); // rxvt, with Shift
        }
        for (int modifier = SHIFT; modifier <= LAST_MODIFIER; modifier++) {
            if (modifier == SHIFT ? plain : modified) {
                found.add(CSI + number + ";" + modifier + "~");
            }
        }
        if (modified) {
            found.addAll(List.of(CSI + number + "^", CSI + number + "@")); // rxvt, with Ctrl
            found.addAll(List.of(ESCAPE + CSI + number + "~", ESCAPE + CSI + number + "^"));
        }
        return found;
    }

    private static List<List<String>> keypad() {
        List<List<String>> keys = new ArrayList<>();
        for (int digit = 0; digit <= 9; digit++) {
            keys.add(List.of("\u001bO" + (char) ('p' + digit), String.valueOf(digit)));
        }
        String others = "X=j*k+l,m-n.o/";
        for (int i = 0; i < others.length(); i += 2) {
            keys.add(List.of("\u001bO" + others.charAt(i), others.substring(i + 1, i + 2)));
        }
        return List.copyOf(keys);
    }
}
