package dev.ast.shell.interactive;

import dev.ast.output.Conversation.Choice;
import java.io.IOError;
import java.io.InterruptedIOException;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.jline.keymap.BindingReader;
import org.jline.keymap.KeyMap;
import org.jline.reader.EndOfFileException;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Attributes;
import org.jline.terminal.Terminal;
import org.jline.terminal.Terminal.Signal;
import org.jline.terminal.Terminal.SignalHandler;
import org.jline.utils.InfoCmp.Capability;
import org.jline.utils.Status;

/**
 * A list that is narrowed by typing, in which the arrow keys choose and Enter takes. It has a screen of its own where
 * the terminal can; when it ends, one line remains.
 */
final class Selector {
    private enum Key {
        UP,
        DOWN,
        PAGE_UP,
        PAGE_DOWN,
        FIRST,
        LAST,
        TAKE,
        TYPE,
        BACK,
        CLEAR,
        ESCAPE,
        LEAVE,
        CANCEL,
        NOTHING
    }

    private static final long ESCAPE_MILLIS = 100; // Escape alone, or the beginning of another key

    private final Terminal terminal;
    private final SelectorScreen screen;
    private final Narrowed list;
    private volatile boolean trace = true;
    private final KeyMap<Key> keys = new KeyMap<>();

    /**
     * A list to choose from.
     *
     * @param choices at least one; texts that are safe to show
     * @param rank how recently and often a name was used
     */
    Selector(ShellTerminal shell, String question, List<Choice> choices, ToDoubleFunction<String> rank) {
        this.terminal = shell.jline();
        this.list = new Narrowed(choices, rank);
        this.screen = new SelectorScreen(shell, question, list);
        bind(Key.UP, KeySequences.UP, KeySequences.BACK_TAB);
        bind(Key.DOWN, KeySequences.DOWN);
        bind(Key.PAGE_UP, KeySequences.PAGE_UP);
        bind(Key.PAGE_DOWN, KeySequences.PAGE_DOWN);
        bind(Key.FIRST, KeySequences.HOME);
        bind(Key.LAST, KeySequences.END);
        bind(
                Key.NOTHING,
                KeySequences.LEFT,
                KeySequences.RIGHT,
                KeySequences.WORD_LEFT,
                KeySequences.WORD_RIGHT,
                KeySequences.INSERT,
                KeySequences.DELETE,
                KeySequences.DELETE_WORD);
        keys.bind(Key.UP, KeyMap.ctrl('P'));
        keys.bind(Key.DOWN, KeyMap.ctrl('N'), "\t");
        keys.bind(Key.TAKE, "\r", "\n", "\u001bOM");
        keys.bind(Key.TYPE, KeyMap.range(" -~"));
        keys.bind(Key.BACK, KeyMap.del(), KeyMap.ctrl('H'));
        keys.bind(Key.CLEAR, KeyMap.ctrl('U'), KeyMap.ctrl('W'));
        keys.bind(Key.ESCAPE, KeySequences.ESCAPE);
        keys.bind(Key.LEAVE, KeyMap.ctrl('D'));
        keys.bind(Key.CANCEL, KeyMap.ctrl('C')); // in raw mode it is not a signal
        keys.setUnicode(Key.TYPE);
        keys.setNomatch(Key.NOTHING);
        keys.setAmbiguousTimeout(ESCAPE_MILLIS);
    }

    private void bind(Key key, KeySequences... all) {
        for (KeySequences sequences : all) {
            keys.bind(key, sequences.array());
        }
    }

    /** Begins with this text typed. */
    Selector typed(String text) {
        list.narrow(text);
        return this;
    }

    /** Leaves no line when it ends. */
    Selector withoutTrace() {
        trace = false;
        return this;
    }

    /**
     * Lets the user choose.
     *
     * @return the index; empty when the user left the list
     * @throws UserInterruptException at Ctrl-C
     */
    Optional<Integer> choose() {
        Thread choosing = Thread.currentThread();
        SignalHandler interrupt = terminal.handle(Signal.INT, signal -> choosing.interrupt());
        SignalHandler resize = terminal.handle(Signal.WINCH, signal -> screen.draw());
        Attributes attributes = terminal.enterRawMode();
        Status status = Status.getStatus(terminal, false);
        if (status != null) {
            status.suspend();
        }
        Optional<Integer> chosen = Optional.empty();
        try {
            screen.begin();
            chosen = read();
            return chosen;
        } catch (EndOfFileException e) {
            return chosen;
        } catch (IOError e) {
            if (e.getCause() instanceof InterruptedIOException) {
                throw new UserInterruptException("");
            }
            throw e;
        } finally {
            screen.end(trace ? chosen : Optional.empty());
            terminal.puts(Capability.cursor_normal);
            terminal.setAttributes(attributes);
            terminal.handle(Signal.INT, interrupt);
            terminal.handle(Signal.WINCH, resize);
            if (status != null) {
                status.restore();
            }
            terminal.flush();
        }
    }

    private Optional<Integer> read() {
        BindingReader reader = new BindingReader(terminal.reader());
        UnknownKeys unknown = new UnknownKeys(reader);
        int ends = 0;
        while (true) {
            screen.draw();
            Key key = reader.readBinding(keys);
            if (key == null && ++ends <= PatientReader.PATIENCE) {
                continue;
            }
            ends = 0;
            if (key == Key.ESCAPE || (key == Key.NOTHING && KeySequences.ESCAPE.equals(reader.getLastBinding()))) {
                key = unknown.skip() ? Key.NOTHING : list.typed().isEmpty() ? Key.LEAVE : Key.CLEAR;
            }
            if (key == Key.TAKE && list.chosen().isPresent()) {
                return list.chosen();
            }
            if (key == null || key == Key.LEAVE) {
                return Optional.empty();
            }
            if (key == Key.CANCEL) {
                throw new UserInterruptException("");
            }
            act(key, reader.getLastBinding());
        }
    }

    private void act(Key key, String pressed) {
        synchronized (list) {
            switch (key) {
                case UP -> list.move(-1, true);
                case DOWN -> list.move(1, true);
                case PAGE_UP -> list.move(-screen.page(), false);
                case PAGE_DOWN -> list.move(screen.page(), false);
                case FIRST -> list.move(-list.size(), false);
                case LAST -> list.move(list.size(), false);
                case TYPE -> list.narrow(list.typed() + pressed);
                case BACK -> list.narrow(withoutLast(list.typed()));
                case CLEAR -> list.narrow("");
                default -> {
                    // Enter where nothing matches, and keys without a meaning here.
                }
            }
        }
    }

    private static String withoutLast(String text) {
        return text.isEmpty() ? "" : text.substring(0, text.offsetByCodePoints(text.length(), -1));
    }
}
