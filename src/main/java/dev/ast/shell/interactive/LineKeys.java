package dev.ast.shell.interactive;

import java.util.List;
import java.util.Objects;
import org.jline.keymap.KeyMap;
import org.jline.reader.Binding;
import org.jline.reader.LineReader;
import org.jline.reader.Macro;
import org.jline.reader.Reference;
import org.jline.terminal.Terminal;
import org.jline.terminal.impl.MouseSupport;

/** The keys of the line editor beyond those that JLine binds itself. */
final class LineKeys {
    // As readline: long enough for Escape and a letter in place of Alt, and for a slow connection.
    private static final long ESCAPE_MILLIS = 500;
    /** What follows these belongs to them: keys of a keypad, and strings. */
    private static final List<String> INTRODUCERS = List.of("\u001bO", "\u001bP", "\u001bX");

    private LineKeys() {}

    /**
     * Binds all keys in the editor's key map and in that of the list of completions.
     *
     * @param nothing what an unknown key does
     */
    static void bind(LineReader reader, Terminal terminal, Binding nothing) {
        KeyMap<Binding> line = map(reader, LineReader.EMACS);
        KeyMap<Binding> list = map(reader, LineReader.MENU);
        line.unbind(INTRODUCERS.toArray(String[]::new));
        line.unbind("\u0018\u0016"); // Ctrl-X Ctrl-V, into commands of vi, with no way to see that
        for (KeyMap<Binding> map : List.of(line, list)) {
            // Nobody asks the terminal for these; they come if another program has not turned them off.
            map.unbind(MouseSupport.keys(terminal));
            map.unbind("\u001b[I", "\u001b[O");
            bind(map, LineReader.UP_LINE_OR_SEARCH, KeySequences.UP);
            bind(map, LineReader.DOWN_LINE_OR_SEARCH, KeySequences.DOWN);
            bind(map, LineReader.BACKWARD_CHAR, KeySequences.LEFT);
            bind(map, LineReader.FORWARD_CHAR, KeySequences.RIGHT);
        }
        bind(list, LineReader.REVERSE_MENU_COMPLETE, KeySequences.BACK_TAB);
        bind(line, LineReader.BACKWARD_WORD, KeySequences.WORD_LEFT);
        bind(line, LineReader.FORWARD_WORD, KeySequences.WORD_RIGHT);
        bind(line, LineReader.BEGINNING_OF_LINE, KeySequences.HOME);
        bind(line, LineReader.END_OF_LINE, KeySequences.END);
        bind(line, LineReader.OVERWRITE_MODE, KeySequences.INSERT);
        bind(line, LineReader.DELETE_CHAR, KeySequences.DELETE);
        bind(line, LineReader.KILL_WORD, KeySequences.DELETE_WORD);
        bind(line, LineReader.HISTORY_SEARCH_BACKWARD, KeySequences.PAGE_UP);
        bind(line, LineReader.HISTORY_SEARCH_FORWARD, KeySequences.PAGE_DOWN);
        for (List<String> key : KeySequences.KEYPAD) {
            line.bind(new Macro(key.get(1)), key.get(0));
        }
        line.bind(new Reference(LineReader.ACCEPT_LINE), "\u001bOM");
        line.bind(nothing, KeySequences.ESCAPE, KeySequences.ESCAPE + KeySequences.ESCAPE);
        line.setNomatch(nothing);
        line.setAmbiguousTimeout(ESCAPE_MILLIS);
    }

    private static KeyMap<Binding> map(LineReader reader, String name) {
        return Objects.requireNonNull(reader.getKeyMaps().get(name));
    }

    private static void bind(KeyMap<Binding> map, String widget, KeySequences key) {
        map.bind(new Reference(widget), key.array());
    }
}
