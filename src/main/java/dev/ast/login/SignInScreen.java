package dev.ast.login;

import dev.ast.domain.ProfileName;
import dev.ast.domain.Secret;
import dev.ast.domain.ServerOrigin;
import dev.ast.host.Browser;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/** What the user sees while signing in. Implementations escape all texts of the server. */
public interface SignInScreen {

    /** Prints the server that the user signs in to. */
    void asking(String platform, ServerOrigin server, ProfileName profile);

    /**
     * Shows the code to compare and the address to open.
     *
     * @param picture whether to draw the address as a QR code
     */
    void code(String userCode, String address, boolean picture);

    /**
     * Shows the address to open in a browser on this machine.
     *
     * @param picture whether to draw it as a QR code
     */
    void address(String address, boolean picture);

    /** Prints something that did not work, or that must be watched. */
    void warn(String why);

    /**
     * Tells how a browser on another machine reaches this sign-in.
     *
     * @param redirect the address that it comes back to
     * @param port the port of this machine that waits for it
     * @param place where this machine is
     * @param paste whether its final address can be pasted
     */
    void elsewhere(URI redirect, int port, Browser.Place place, boolean paste);

    /** Prints that the browser is being opened. */
    void opening();

    /** Warns against approving a sign-in that somebody else started. */
    void warnOfStrangers();

    /** Shows that the program waits until a code ends, while it does. */
    <T> T waiting(Instant until, Supplier<T> work);

    /** Shows that the program waits for the browser on this machine until some time, while it does. */
    <T> T waitingForBrowser(Instant until, Supplier<T> work);

    /** A question that stands on the terminal while something else may answer it. */
    interface Question extends AutoCloseable {
        /**
         * What was typed, once it is there, and only once. Empty before, and where the user has ended the input.
         *
         * @throws dev.ast.domain.FailureException (interrupted) at Ctrl-C, where that is typed as a character
         */
        Optional<Secret> answer();

        /** Takes the question back, and leaves the terminal as it was before. */
        @Override
        void close();
    }

    /** Asks for a line that is not shown, without waiting for it. Only where a question can be asked. */
    Question pasting(String question);

    /** Whether a question can be asked. */
    boolean canAsk();

    /** Whether a user may be there: standard input or standard error is a terminal. */
    boolean attended();

    /**
     * Makes sure that a question can be asked, before anything is done that only makes sense then.
     *
     * @throws dev.ast.domain.FailureException (usage) when nobody can be asked
     */
    void requireUser(String question);

    /**
     * Asks for a line.
     *
     * @return empty when nobody can be asked, or the answer is empty
     */
    Optional<String> ask(String question);

    /**
     * Offers another way; nobody is asked and nothing is printed where there is no terminal.
     *
     * @param why what happened to the way before; may be empty
     * @return whether the user accepts
     */
    boolean offer(String why, String way);

    /**
     * Asks for a password, token or client secret, without showing it.
     *
     * @param instead how to give it beforehand
     * @throws dev.ast.domain.FailureException (usage) when nobody can be asked, or nothing was answered
     */
    Secret askSecret(String question, String instead);

    /** Prints a line on the way. */
    void say(String line);
}
