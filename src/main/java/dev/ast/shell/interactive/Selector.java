package dev.ast.shell.interactive;

import java.io.IOError;
import java.io.InterruptedIOException;
import java.util.List;
import java.util.Optional;
import org.jline.keymap.BindingReader;
import org.jline.keymap.KeyMap;
import org.jline.reader.EndOfFileException;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Attributes;
import org.jline.terminal.Terminal;
import org.jline.terminal.Terminal.Signal;
import org.jline.terminal.Terminal.SignalHandler;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStyle;
import org.jline.utils.InfoCmp.Capability;

/** A list in which the arrow keys or a typed number choose, and Enter takes. When it ends, one line of it remains. */
final class Selector {
    private enum Key {
        UP,
        DOWN,
        FIRST,
        LAST,
        TAKE,
        LEAVE,
        CANCEL,
        DIGIT
    }

    private static final int FRAME = 3; // the question, the line with the cursor, and an empty one

    private final ShellTerminal shell;
    private final Terminal terminal;
    private final String question;
    private final List<String> choices;
    private final KeyMap<Key> keys = new KeyMap<>();
    private int at;
    private int top;
    private int number;
    private int drawn;

    /** @param choices at least one; texts that are safe to show */
    Selector(ShellTerminal shell, String question, List<String> choices) {
        this.shell = shell;
        this.terminal = shell.jline();
        this.question = question;
        this.choices = choices;
        keys.bind(Key.UP, "\u001b[A", "\u001bOA", "k", KeyMap.ctrl('P'));
        keys.bind(Key.DOWN, "\u001b[B", "\u001bOB", "j", "\t", KeyMap.ctrl('N'));
        keys.bind(Key.FIRST, "\u001b[H", "\u001bOH", "\u001b[1~", "g");
        keys.bind(Key.LAST, "\u001b[F", "\u001bOF", "\u001b[4~", "G");
        keys.bind(Key.TAKE, "\r", "\n");
        keys.bind(Key.LEAVE, "q", "\u001b", KeyMap.ctrl('D'));
        keys.bind(Key.CANCEL, KeyMap.ctrl('C')); // in raw mode it is not a signal
        keys.bind(Key.DIGIT, "0", "1", "2", "3", "4", "5", "6", "7", "8", "9");
        keys.setAmbiguousTimeout(100); // Escape alone, or the beginning of an arrow key
    }

    /**
     * Lets the user choose.
     *
     * @return the index; empty when the user left the list
     * @throws UserInterruptException at Ctrl-C
     */
    Optional<Integer> choose() {
        Thread choosing = Thread.currentThread();
        SignalHandler before = terminal.handle(Signal.INT, signal -> choosing.interrupt());
        Attributes attributes = terminal.enterRawMode();
        Optional<Integer> chosen = Optional.empty();
        try {
            terminal.puts(Capability.cursor_invisible);
            BindingReader reader = new BindingReader(terminal.reader());
            int ends = 0;
            while (true) {
                draw();
                Key key = reader.readBinding(keys);
                if (key == null && ++ends <= PatientReader.PATIENCE) {
                    continue;
                }
                ends = 0;
                if (key == Key.TAKE) {
                    chosen = Optional.of(at);
                    return chosen;
                }
                if (key == null || key == Key.LEAVE) {
                    return chosen;
                }
                if (key == Key.CANCEL) {
                    throw new UserInterruptException("");
                }
                move(key, reader.getLastBinding());
            }
        } catch (EndOfFileException e) {
            return chosen;
        } catch (IOError e) {
            if (e.getCause() instanceof InterruptedIOException) {
                throw new UserInterruptException("");
            }
            throw e;
        } finally {
            erase();
            terminal.writer().println(question + ": " + chosen.map(choices::get).orElse(""));
            terminal.puts(Capability.cursor_normal);
            terminal.setAttributes(attributes);
            terminal.handle(Signal.INT, before);
            terminal.flush();
        }
    }

    private void move(Key key, String typed) {
        number = key == Key.DIGIT ? next(typed.charAt(0) - '0') : 0;
        int last = choices.size() - 1;
        switch (key) {
            case UP -> at = at == 0 ? last : at - 1;
            case DOWN -> at = at == last ? 0 : at + 1;
            case FIRST -> at = 0;
            case LAST -> at = last;
            case DIGIT -> at = number > 0 ? number - 1 : at;
            case TAKE, LEAVE, CANCEL -> throw new IllegalStateException("these end the choice");
        }
    }

    /** The number typed so far, begun anew where it would lead beyond the list. */
    private int next(int digit) {
        int longer = number * 10 + digit;
        if (longer <= choices.size()) {
            return longer;
        }
        return digit <= choices.size() ? digit : 0;
    }

    private void draw() {
        erase();
        int rows = Math.max(1, Math.min(choices.size(), shell.height() - FRAME));
        top = Math.max(Math.min(top, at), at - rows + 1);
        line(new AttributedString(question + " (arrows or number, Enter takes, q leaves)"));
        int digits = String.valueOf(choices.size()).length();
        for (int i = top; i < top + rows; i++) {
            String mark = i == at ? "> " : "  ";
            String text = mark + String.format("%" + digits + "d  ", i + 1) + choices.get(i);
            line(i == at ? new AttributedString(text, AttributedStyle.BOLD) : new AttributedString(text));
        }
        drawn = rows + 1;
        terminal.flush();
    }

    private void line(AttributedString text) {
        // One column stays free, so that no line wraps.
        terminal.writer().println(text.columnSubSequence(0, shell.width() - 1).toAnsi(terminal));
    }

    private void erase() {
        for (; drawn > 0; drawn--) {
            terminal.puts(Capability.cursor_up);
            terminal.writer().write("\r");
            terminal.puts(Capability.clr_eol);
        }
    }
}
