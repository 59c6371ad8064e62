package dev.ast.protocol;

import java.util.List;
import java.util.Optional;

/**
 * A protocol in which another program asks for a credential: {@code ast credential WORD OPERATION}. A new one is a class
 * that implements this, and a line in {@link HelperProtocols}.
 */
public interface HelperProtocol {

    /**
     * How the command is described.
     *
     * @param word names the protocol
     * @param summary one line without a full stop
     * @param text more, for its page of help
     * @param operations the words that the program calls it with; empty where it gives none
     * @param place what follows them, {@code HOST} or {@code URL}; empty for nothing
     * @param parameters its options
     * @param local whether it needs no server but that of the session
     */
    record Description(
            String word,
            String summary,
            String text,
            List<String> operations,
            Optional<String> place,
            List<Parameter> parameters,
            boolean local) {
        /** Copies the lists. */
        public Description {
            operations = List.copyOf(operations);
            parameters = List.copyOf(parameters);
        }

        /** A protocol without options that needs no other server. */
        Description(String word, String summary, String text, List<String> operations, Optional<String> place) {
            this(word, summary, text, operations, place, List.of(), true);
        }
    }

    /**
     * An option of a protocol.
     *
     * @param value what help calls its value; empty for one without
     */
    record Parameter(String name, String value, String summary) {}

    /** How the command is described. */
    Description description();

    /** Whether operations that are not known are passed on, as a protocol wants that may get more of them. */
    default boolean open() {
        return false;
    }

    /** Whether the user may be asked something on the terminal meanwhile, for example to unlock the keyring. */
    default boolean mayAsk() {
        return true;
    }

    /**
     * Answers a question. Nothing is printed yet.
     *
     * @throws dev.ast.domain.FailureException what the program is to be told as an error, by standard error and exit code
     */
    HelperAnswer answer(HelperQuestion question);

    /** How the other program is set up to ask. */
    Setup setup();
}
