package dev.ast.login;

import dev.ast.domain.Secret;
import dev.ast.oauth.CodeAuthorization;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The answer of a browser on another machine, pasted into the terminal by the user: asked for while the listener waits
 * for a browser as well. What cannot be used is told, and asked for again.
 */
final class PastedAnswer implements Supplier<Optional<BrowserAnswer>>, AutoCloseable {
    private static final String QUESTION = "Final address of the browser, or the code";

    private final CodeAuthorization asked;
    private final SignInScreen screen;
    private SignInScreen.@Nullable Question question;

    /**
     * Asks.
     *
     * @param wanted whether anything is asked at all
     */
    PastedAnswer(CodeAuthorization asked, boolean wanted, SignInScreen screen) {
        this.asked = asked;
        this.screen = screen;
        question = wanted ? screen.pasting(QUESTION) : null;
    }

    /** Whether the question stands on the terminal. */
    boolean isAsked() {
        return question != null;
    }

    @Override
    public Optional<BrowserAnswer> get() {
        SignInScreen.Question open = question;
        Optional<Secret> pasted = open == null ? Optional.empty() : open.answer();
        if (pasted.isEmpty()) {
            return Optional.empty();
        }
        close();
        BrowserAnswer read = BrowserAnswer.pasted(pasted.get().reveal(), asked);
        Optional<String> why = why(read);
        if (why.isEmpty()) {
            return Optional.of(read);
        }
        screen.warn("this cannot be used: " + why.get());
        question = screen.pasting(QUESTION);
        return Optional.empty();
    }

    private static Optional<String> why(BrowserAnswer read) {
        if (read instanceof BrowserAnswer.Foreign foreign) {
            return Optional.of(foreign.why());
        }
        return read instanceof BrowserAnswer.Unusable unusable ? Optional.of(unusable.why()) : Optional.empty();
    }

    @Override
    public void close() {
        SignInScreen.Question open = question;
        if (open != null) {
            open.close();
        }
        question = null;
    }
}
