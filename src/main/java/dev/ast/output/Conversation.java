package dev.ast.output;

import dev.ast.domain.Secret;
import java.util.List;
import java.util.function.Supplier;

/**
 * What is printed for, and asked of, the user at the keyboard, all on standard error. A question without a terminal, or
 * with {@code --no-input}, is a usage failure that names the option to use instead; nothing ever waits for input.
 */
public interface Conversation {

    /**
     * One of several to choose from.
     *
     * @param name what is chosen, and what is typed to find it
     * @param detail more about it; may be empty
     * @param active whether it is in force now
     */
    record Choice(String name, String detail, boolean active) {}

    /** Prints something useful; left out by {@code --quiet}. */
    void say(String line);

    /** Shows what the user needs to go on, such as a code; also with {@code --quiet}. */
    void show(String line);

    /** Shows an address as {@link #show} does, as a link where the terminal knows links. */
    void showAddress(String before, String address);

    /** Puts a text that is on the screen into the clipboard, where the terminal can. @return whether it was sent */
    boolean copy(String text);

    /** Prints something that the user must know, also with {@code --quiet}: {@code warning: LINE}. */
    void warn(String line);

    /** How wide a line may be, in columns. */
    int columns();

    /** Whether questions can be asked: a terminal is there, and {@code --no-input} is not given. */
    boolean canAsk();

    /** Whether a user may be there: standard input or standard error is a terminal. */
    boolean attended();

    /**
     * Asks yes or no; the answer to plain Enter is no.
     *
     * @param instead the option that answers beforehand
     */
    boolean confirm(String question, String instead);

    /**
     * Asks for a line.
     *
     * @param instead the option that answers beforehand
     */
    String ask(String question, String instead);

    /**
     * Asks for a line without showing it; never in history.
     *
     * @param instead the way to give it beforehand
     */
    Secret askSecret(String question, String instead);

    /** Asks for a line without showing it, and does not wait for it. Only where questions can be asked. */
    Typing typing(String question);

    /**
     * Lets the user choose one of several. A user who chooses none ends the command without a message.
     *
     * @param instead the way to name it beforehand
     * @return the index
     */
    int choose(String question, List<Choice> choices, String instead);

    /**
     * Shows a line that is renewed about every 100 ms while the work runs (on a terminal; elsewhere it is printed once).
     *
     * @param line asked again at each renewal
     */
    <T> T during(Supplier<String> line, Supplier<T> work);

    /**
     * A key that does something while work runs.
     *
     * @param pressed called in another thread, once
     */
    record Key(char typed, Runnable pressed) {}

    /** Whether single keys can be read while work runs: a user sits at a terminal that this process may read. */
    default boolean readsKeys() {
        return false;
    }

    /** {@link #during(Supplier, Supplier)}; meanwhile the key is watched for, where keys can be read. */
    default <T> T during(Supplier<String> line, Key key, Supplier<T> work) {
        return during(line, work);
    }

    /**
     * Shows that a command is at work, and for how long, once that has taken 300 ms; until it is closed, something is
     * asked, or {@link #during} shows more. Only where a line can be renewed, and not with {@code --quiet}.
     *
     * @param what the command
     */
    Waiting waiting(String what);

    /**
     * The same with a line that is asked for at each renewal, once it has taken a second.
     *
     * @param line what has been done so far
     */
    Waiting progress(Supplier<String> line);

    /** A line that says that a command is at work. */
    interface Waiting extends AutoCloseable {
        /** Takes the line away; again, does nothing. */
        @Override
        void close();
    }
}
